// The script within the page. First the browser paints what the page has without it; then this draws the market page with the prices
// that came with the page; then it connects and loads the rest.

import {Feed} from './feed.js';
import {drawFirstView} from './first-view.js';
import {Quotes} from './quotes.js';
import {listFromText, watchList, writtenQuotes} from './settings.js';
import {readState} from './url-state.js';

/** Without a quote the rest is loaded so long after the connection was opened, or after the start. */
const LONGEST_WAIT_MILLIS = 250;
const LONGEST_START_MILLIS = 1_000;

/** The page's connection. */
export const feed = new Feed();

/** The quotes that anything on the page shows. */
export const quotes = new Quotes(feed, writtenQuotes());

const state = readState();

let list = null;

/** The watch list at the start. */
export function firstList() {
  list ??= state.list ? listFromText(state.list) : watchList();
  return list;
}

const releases = [];
let show = null;

/** The first key or click before there are components: it is repeated when they are there. */
let early = null;
const keepEarly = (event) => {
  early ??= event;
};
const USES = ['keydown', 'click'];

function repeatEarly() {
  USES.forEach((type) => removeEventListener(type, keepEarly));
  if (early) {
    (early.target.isConnected ? early.target : document.body).dispatchEvent(new early.constructor(early.type, early));
  }
}

/** Ends the drawing by this module; the subscriptions that it holds end a while later, when the components have theirs. */
export function takeOver(releaseMillis) {
  show = null;
  painted().then(repeatEarly);
  setTimeout(() => releases.splice(0).forEach((one) => one()), releaseMillis);
}

/** Resolves in the frame that shows the first quotes. Pages without prices do not wait for them. */
function firstQuotes() {
  return new Promise((done) => {
    for (const symbol of new Set([...firstList().flatMap(({items}) => items), state.symbol])) {
      releases.push(quotes.watch(symbol, (entry) => {
        show?.(symbol, entry);
        if (entry.quote) {
          done();
        }
      }));
    }
    releases.push(feed.watch(({name}) => {
      if (name !== 'connecting') {
        setTimeout(done, name === 'open' ? LONGEST_WAIT_MILLIS : 0);
      }
    }));
    setTimeout(done, show ? LONGEST_START_MILLIS : 0);
  });
}

/** Resolves after the next frame, or at once in a tab that is not visible, of which nothing is painted. */
const painted = () => new Promise((done) => {
  if (document.hidden) {
    done();
  } else {
    requestAnimationFrame(() => setTimeout(done));
  }
});

function begin() {
  if (state.view === 'market') {
    show = drawFirstView(firstList(), state);
  }
  painted().then(() => feed.start());
  firstQuotes().then(painted).then(() => import('./app.js'));
}

USES.forEach((type) => addEventListener(type, keepEarly));
if (state.view !== 'market') {
  document.querySelector('main').replaceChildren();
}
document.querySelectorAll('.top nav a').forEach((one) => one.hash === `#/${state.view}` ? one.setAttribute('aria-current', 'page') : one.removeAttribute('aria-current'));
painted().then(begin);
