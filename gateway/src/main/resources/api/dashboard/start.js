// The first module that is evaluated: connects and subscribes to the watch list before the rest of the page is built.

import {Feed} from './feed.js';
import {Quotes} from './quotes.js';
import {listFromText, watchList} from './settings.js';
import {readState} from './url-state.js';

/** Without a quote the page is built after so long. */
const LONGEST_WAIT_MILLIS = 250;

/** The page's connection. */
export const feed = new Feed();

/** The quotes that anything on the page shows. */
export const quotes = new Quotes(feed);

const state = readState();
const symbols = (state.list ? listFromText(state.list) : watchList()).flatMap(({items}) => items);
const releases = [];

/**
 * Resolves in the frame in which the first quotes are known, so that the page is built with prices, not twice. Pages without
 * prices do not wait.
 */
export const firstQuotes = new Promise((done) => {
  for (const symbol of new Set([...symbols, state.symbol])) {
    releases.push(quotes.watch(symbol, (entry) => entry.quote && done()));
  }
  releases.push(feed.watch(({name}) => (name === 'locked' || name === 'lost') && done()));
  setTimeout(done, state.view === 'market' ? LONGEST_WAIT_MILLIS : 0);
});
feed.start();

/** Ends the subscriptions that only this module holds; the rows of the page have their own by then. */
export function release() {
  releases.splice(0).forEach((one) => one());
}
