// Order book and trades of the selected symbol. Both write into rows that stay, as they change often.

import {html, useEffect, useRef, useState} from '../assets/preact.js';
import {pathOf} from './api.js';
import {Badge} from './badges.js';
import {clock, grouped, inWords, sizeText} from './format.js';
import {forget, nextFrame, setClass, setText} from './frames.js';
import {labelOf} from './labels.js';

const LEVELS = 10;
const TRADES = 40;
const TROUBLE = ['stale', 'down'];
const BOOK_KIND = `book:${LEVELS}`;
const NOTHING_YET = {badges: [], problem: null, empty: true};

/** The state of a subscription: the labels of its data, and what is wrong with it. */
function useEvents(feed, symbol, kind, draw) {
  const [status, setStatus] = useState(NOTHING_YET);
  useEffect(() => {
    let latest = null;
    const show = () => draw(latest);
    const stop = feed.subscribe(symbol, kind, (event) => {
      if (event.type === 'problem' || event.type === 'error') {
        setStatus({badges: [labelOf(event.problem)], problem: event.problem, empty: true});
      } else if (event.type === 'status') {
        setStatus((before) => ({badges: [event.mode, ...(TROUBLE.includes(event.state) ? [event.state] : [])], reason: event.reason, problem: null, empty: before.empty}));
      } else if (event.type === 'snapshot' || event.type === kind.split(':')[0]) {
        latest = accumulate(latest, event);
        setStatus((before) => withData(before, event));
        nextFrame(show);
      }
    });
    return () => {
      stop();
      forget(show);
      draw(null);
      setStatus(NOTHING_YET);
    };
  }, [feed, symbol, kind]);
  return status;
}

/** The state after an event with data; the same object if that changes nothing, so that nothing is drawn anew. */
function withData(status, {mock, trades, bids, asks}) {
  const labelled = mock && !status.badges.includes('mock');
  const filled = status.empty && [trades, bids, asks].some((some) => some?.length > 0);
  return labelled || filled ? {...status, empty: status.empty && !filled, badges: labelled ? ['mock', ...status.badges] : status.badges} : status;
}

/** A book is whole each time; trades are added to those before, once each. */
function accumulate(before, event) {
  if (!event.trades) {
    return event;
  }
  const known = new Set(event.trades.map((trade) => trade.id ?? `${trade.time} ${trade.price} ${trade.size}`));
  const older = event.type === 'snapshot' || !before ? [] : before.trades.filter((trade) => !known.has(trade.id ?? `${trade.time} ${trade.price} ${trade.size}`));
  return {...event, trades: [...older, ...event.trades].slice(-TRADES)};
}

function Head({title, status, path, unit}) {
  return html`
    <div class="panel-head">
      <h2>${title}</h2>
      ${status.badges.map((name) => html`<${Badge} key=${name} name=${name} title=${status.problem?.detail ?? status.reason} />`)}
      <span class="unit">${unit}</span>
      <button type="button" class="quiet explain-button" data-explain-now=${path} title="Where do these numbers come from?" aria-label=${`Explain ${title.toLowerCase()}`}>?</button>
    </div>`;
}

/** What part of the largest sum a level has, as the width of its bar. */
function sums(levels) {
  let sum = 0;
  return levels.map(([, size]) => (sum += Number(size)));
}

function drawSide(rows, levels, most) {
  const totals = sums(levels);
  rows.forEach((row, i) => {
    const [price, size] = row.children;
    const [bar, text] = price.children;
    const level = levels[i];
    setText(text, level ? grouped(level[0]) : '');
    setText(size, level ? sizeText(level[1], level[0]) : '');
    bar.style.transform = `scaleX(${level && most > 0 ? (totals[i] / most).toFixed(3) : 0})`;
  });
}

/** The distance between the best prices, exact to the digits that they have; in basis points unless they are around zero. */
function spread(bid, ask) {
  const digits = Math.max(...[bid, ask].map((price) => (price.split('.')[1] ?? '').length));
  const mid = Math.abs(Number(bid) + Number(ask)) / 2;
  const distance = Number(ask) - Number(bid);
  return `spread ${distance.toFixed(digits)}${mid > 0 ? ` (${((distance / mid) * 10_000).toFixed(1)} bp)` : ''}`;
}

const Level = ({side}) => html`<tr class=${side}><td class="price"><i class="bar" aria-hidden="true"></i><span></span></td><td class="size"></td></tr>`;

/** The ladder: asks above, bids below, sums as bars behind them. */
export function Book({feed, symbol}) {
  const body = useRef();
  const path = pathOf('book', symbol, {depth: LEVELS});
  const status = useEvents(feed, symbol, BOOK_KIND, (event) => {
    const table = body.current;
    if (!table) {
      return;
    }
    const {bids = [], asks = []} = event ?? {};
    const most = Math.max(sums(bids.slice(0, LEVELS)).at(-1) ?? 0, sums(asks.slice(0, LEVELS)).at(-1) ?? 0);
    drawSide([...table.querySelectorAll('.ask')].reverse(), asks.slice(0, LEVELS), most);
    drawSide([...table.querySelectorAll('.bid')], bids.slice(0, LEVELS), most);
    setText(table.querySelector('.spread td'), bids.length && asks.length ? spread(bids[0][0], asks[0][0]) : bids.length || asks.length ? 'one side is empty' : '\u2013');
  });
  const rows = Array.from({length: LEVELS});
  return html`
    <section class="panel book" aria-label="Order book">
      <${Head} title="Order book" status=${status} path=${path} />
      ${status.problem ? html`<p class="empty">${inWords(status.problem)}</p>` : html`
        ${status.empty && html`<p class="empty late">No order book yet.</p>`}
        <table class="ladder" data-explain=${path}>
          <thead><tr><th scope="col">Price</th><th scope="col">Size</th></tr></thead>
          <tbody ref=${body}>
            ${rows.map((_, i) => html`<${Level} key=${`a${i}`} side="ask" />`)}
            <tr class="spread"><td colspan="2"></td></tr>
            ${rows.map((_, i) => html`<${Level} key=${`b${i}`} side="bid" />`)}
          </tbody>
        </table>`}
    </section>`;
}

/** The latest trades, newest first; the sign says which side took the other. */
export function Trades({feed, symbol}) {
  const body = useRef();
  const path = pathOf('trades', symbol, {limit: TRADES});
  const status = useEvents(feed, symbol, 'trade', (event) => {
    const rows = body.current?.children ?? [];
    const trades = [...(event?.trades ?? [])].reverse();
    [...rows].forEach((row, i) => {
      const trade = trades[i];
      const [time, price, size] = row.children;
      setClass(row, trade?.side === 'buy' ? 'up' : trade?.side === 'sell' ? 'down' : '');
      setText(time, clock(trade?.time));
      setText(price, trade ? grouped(trade.price) : '');
      setText(size, trade ? sizeText(trade.size, trade.price) : '');
    });
  });
  return html`
    <section class="panel trades" aria-label="Trades">
      <${Head} title="Trades" status=${status} path=${path} unit="UTC" />
      ${status.problem ? html`<p class="empty">${inWords(status.problem)}</p>` : html`
        <div class="scroll" tabindex="0" role="group" aria-label="Latest trades">
          ${status.empty && html`<p class="empty late">No trade yet.</p>`}
          <table class="ladder" data-explain=${path}>
            <thead><tr><th scope="col">Time</th><th scope="col">Price</th><th scope="col">Size</th></tr></thead>
            <tbody ref=${body}>
              ${Array.from({length: TRADES}).map((_, i) => html`<tr key=${i}><td class="time"></td><td class="price"></td><td class="size"></td></tr>`)}
            </tbody>
          </table>
        </div>`}
    </section>`;
}
