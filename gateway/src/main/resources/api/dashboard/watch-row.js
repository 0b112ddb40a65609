// One symbol of the watch list. Its numbers are written into the row directly, not through the component, as they change often.

import {html, useEffect, useLayoutEffect, useRef, useState} from '../assets/preact.js';
import {pathOf} from './api.js';
import {Badges} from './badges.js';
import {direction} from './format.js';
import {showAge, showRow} from './numbers.js';
import {Sparkline, sparkPath} from './sparkline.js';

const SPARK_MILLIS = 5_000;

/** Fewer ticks without a history make no line. */
const FEWEST_TICKS = 20;
const AGE_MILLIS = 1_000;

const nameOf = (symbol) => symbol.slice(symbol.indexOf(':') + 1);
const providerOf = (symbol) => symbol.slice(0, symbol.indexOf(':'));

const namesOf = (entry) => entry?.badges.join(' ') ?? '';

/** Prices of the last day followed by the latest ones. */
const sparkPrices = (history, entry) =>
  history.length ? [...history, ...entry.ticks.slice(-1)] : entry.ticks.length < FEWEST_TICKS ? [] : entry.ticks;

/** Keeps the numbers of a row up to date. */
function useNumbers(quotes, symbol, history, parts) {
  const [labels, setLabels] = useState(() => namesOf(quotes.find(symbol)));
  const spark = useRef({history, drawn: -Infinity});
  const draw = (entry) => {
    const now = performance.now();
    if (entry?.quote && now - spark.current.drawn > SPARK_MILLIS) {
      spark.current.drawn = now;
      const prices = sparkPrices(spark.current.history, entry);
      parts.spark.current?.setAttribute('d', sparkPath(prices));
      setAttribute(parts.spark.current, prices.length ? direction(prices.at(-1), prices[0]) : 'flat');
    }
  };
  useLayoutEffect(() => {
    const elements = Object.fromEntries(Object.entries(parts).map(([name, ref]) => [name, ref.current]));
    let entry = null;
    let shown = labels;
    const stop = quotes.watch(symbol, (latest) => {
      entry = latest;
      const names = namesOf(latest);
      if (names !== shown) {
        shown = names;
        setLabels(names);
      }
      showRow(elements, latest);
      draw(latest);
    });
    const timer = setInterval(() => showAge(elements.age, entry?.quote), AGE_MILLIS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [quotes, symbol]);
  useEffect(() => {
    spark.current = {history, drawn: -Infinity};
    draw(quotes.find(symbol));
  }, [history]);
  return labels ? labels.split(' ') : [];
}

function setAttribute(path, name) {
  if (path && path.getAttribute('class') !== name) {
    path.setAttribute('class', name);
  }
}

/** The buttons that change a row's place, for touch and keyboard. */
const EditButtons = ({symbol, onMove, onRemove}) => html`
  <span class="edit">
    <button type="button" title="Move up" aria-label=${`Move ${symbol} up`} onClick=${() => onMove(-1)}>\u2191</button>
    <button type="button" title="Move down" aria-label=${`Move ${symbol} down`} onClick=${() => onMove(1)}>\u2193</button>
    <button type="button" title="Remove" aria-label=${`Remove ${symbol}`} onClick=${onRemove}>\u00d7</button>
  </span>`;

/** A row: name, provider and labels on the left; price, change and age on the right. */
export function WatchRow({quotes, symbol, history, selected, editing, actions}) {
  const parts = {price: useRef(), change: useRef(), age: useRef(), spark: useRef()};
  const names = useNumbers(quotes, symbol, history, parts);
  const explain = pathOf('data', symbol);
  const {onSelect, onMove, onRemove, onKey, drag} = actions;
  return html`
    <li class=${`row ${selected ? 'selected' : ''} ${editing ? 'editing' : ''} ${names.includes('stale') || names.includes('down') ? 'old' : ''}`}
        draggable="true" data-symbol=${symbol} ...${drag}>
      <button type="button" class="pick" aria-current=${selected ? 'true' : 'false'}
          onClick=${onSelect} onKeyDown=${onKey}>
        <span class="name" title=${nameOf(symbol)}>${nameOf(symbol)}</span>
        <${Sparkline} pathRef=${parts.spark} />
        <span class="price" ref=${parts.price} data-explain=${explain}></span>
        <span class="origin"><span class="from">${providerOf(symbol)}</span>
          <${Badges} names=${names} entry=${quotes.find(symbol)} /></span>
        <span class="figures"><span class="change flat" ref=${parts.change}></span>
          <span class="age" ref=${parts.age}></span></span>
      </button>
      ${editing && html`<${EditButtons} symbol=${symbol} onMove=${onMove} onRemove=${onRemove} />`}
    </li>`;
}
