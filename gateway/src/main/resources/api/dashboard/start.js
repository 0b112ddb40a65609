// The first module: connects and subscribes to the watch list while the rest of the page is still loading.

import {Feed} from './feed.js';
import {Quotes} from './quotes.js';
import {listFromText, watchList} from './settings.js';
import {readState} from './url-state.js';

/** The page's connection. */
export const feed = new Feed();

/** The quotes that anything on the page shows. */
export const quotes = new Quotes(feed);

const shared = readState().list;
const symbols = (shared ? listFromText(shared) : watchList()).flatMap(({items}) => items);
const releases = [...new Set([readState().symbol, ...symbols])].map((symbol) => quotes.watch(symbol, () => {}));
feed.start();

/** Ends the subscriptions that only this module holds; the rows of the page have their own by then. */
export function release() {
  releases.splice(0).forEach((one) => one());
}

import('./app.js');
