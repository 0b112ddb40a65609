// Writes the numbers of quotes into their elements, which the page has several of. They change often, so that no component does.

import {age, compact, direction, grouped, percent} from './format.js';
import {setClass, setText} from './frames.js';
import {ageOf} from './quotes.js';

function showChange(element, {price, open}) {
  setText(element, open === null ? '\u2013' : percent(price, open));
  setClass(element, `change ${open === null ? 'flat' : direction(price, open)}`);
}

/** The age of a quote; `missing` where it has none. */
export const showAge = (element, quote, missing = '') => setText(element, quote?.as_of ? age(ageOf(quote.as_of)) : missing);

/** A row of the watch list. */
export function showRow({price, change, age: old}, {quote, problem}) {
  if (!quote) {
    setText(price, problem ? '\u2013' : '\u00b7\u00b7\u00b7');
    return;
  }
  setText(price, grouped(quote.price));
  showChange(change, quote);
  showAge(old, quote);
}

/** The head of the selected symbol. */
export function showHead({price, change, bid, ask, high, low, volume, age: old}, {quote}) {
  if (!quote) {
    return;
  }
  setText(price, grouped(quote.price));
  showChange(change, quote);
  setText(bid, grouped(quote.bid));
  setText(ask, grouped(quote.ask));
  setText(high, grouped(quote.high));
  setText(low, grouped(quote.low));
  setText(volume, compact(quote.volume));
  showAge(old, quote, '\u2013');
}
