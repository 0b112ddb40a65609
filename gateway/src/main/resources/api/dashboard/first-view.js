// The market page as it is painted first, without components: the same elements as theirs, so that they take them over where they are.

import {pathOf} from './api.js';
import {escaped} from './format.js';
import {showHead, showRow} from './numbers.js';

const DASH = '\u2013';

const nameOf = (symbol) => escaped(symbol.slice(symbol.indexOf(':') + 1));
const providerOf = (symbol) => escaped(symbol.slice(0, symbol.indexOf(':')));
const explain = (symbol) => escaped(pathOf('data', symbol));

const row = (symbol, selected) => `<li class="row ${selected ? 'selected' : ''}" draggable="true" data-symbol="${escaped(symbol)}"
    ><button type="button" class="pick" aria-current="${selected}"><span class="name">${nameOf(symbol)}</span
    ><svg class="spark" viewBox="0 0 64 20" width="64" height="20" aria-hidden="true"><path d=""></path></svg
    ><span class="price" data-explain="${explain(symbol)}"></span
    ><span class="origin"><span class="from">${providerOf(symbol)}</span></span
    ><span class="figures"><span class="change flat"></span><span class="age"></span></span></button></li>`;

const group = ({group: name, items}, selected) =>
  `<div class="group"><h3 class="group-head">${escaped(name)}</h3><ul>${items.map((symbol) => row(symbol, symbol === selected)).join('')}</ul></div>`;

const figure = (label, part, path) => `<div><dt>${label}</dt><dd data-part="${part}" data-explain="${path}">${DASH}</dd></div>`;

function head(symbol) {
  const path = explain(symbol);
  return `<div class="symbol-head"><div class="title"><h1>${nameOf(symbol)}</h1><span class="from">${providerOf(symbol)}</span></div
    ><div class="last" data-explain="${path}"><span class="price" data-part="price">${DASH}</span> <span class="unit"></span> <span class="change flat" data-part="change">${DASH}</span></div
    ><dl class="figures">${[['Bid', 'bid'], ['Ask', 'ask'], ['High', 'high'], ['Low', 'low'], ['Volume', 'volume'], ['Age', 'age']].map(([label, part]) => figure(label, part, path)).join('')}</dl
    ><button type="button" class="explain-button" title="Where does this price come from? ( e )">Explain</button></div>`;
}

/** Elements are created one by one here: HTML would start a parser for each row. */
function showLabels(after, names) {
  const known = after.parentElement.querySelectorAll('.badge');
  if ([...known].map((badge) => badge.textContent).join() !== names.join()) {
    known.forEach((badge) => badge.remove());
    after.after(...names.map((name) => {
      const badge = document.createElement('span');
      badge.className = `badge ${name}`;
      badge.textContent = name;
      return badge;
    }));
  }
}

/** Puts the elements into the page; returns `show(symbol, entry)`, which writes what is known of a symbol into them. */
export function drawFirstView(list, {symbol: selected, panel, list: linked}) {
  const market = document.querySelector('.market');
  market.className = `market show-${panel}`;
  document.querySelectorAll('.panels button').forEach((one) => one.setAttribute('aria-pressed', one.dataset.panel === panel));
  market.querySelector('.groups').innerHTML = list.map((one) => group(one, selected)).join('');
  market.querySelector('.main').innerHTML = head(selected);
  if (linked) {
    document.querySelector('main').insertAdjacentHTML('beforebegin',
      '<p class="notice">This is the watch list of a link. <button type="button">Keep it as mine</button> <button type="button">Show mine</button></p>');
  }
  const rows = new Map();
  for (const element of market.querySelectorAll('.row')) {
    rows.set(element.dataset.symbol, {element, price: element.querySelector('.price'), change: element.querySelector('.change'), age: element.querySelector('.age')});
  }
  const parts = Object.fromEntries([...market.querySelectorAll('[data-part]')].map((part) => [part.dataset.part, part]));
  return (symbol, entry) => {
    const shown = rows.get(symbol);
    if (shown) {
      showRow(shown, entry);
      showLabels(shown.element.querySelector('.from'), entry.badges);
    }
    if (symbol === selected) {
      showHead(parts, entry);
      market.querySelector('.symbol-head .unit').textContent = entry.quote?.price_unit ?? '';
      showLabels(market.querySelector('.symbol-head .from'), entry.badges);
    }
  };
}
