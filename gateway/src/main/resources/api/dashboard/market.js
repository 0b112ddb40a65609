// The first page: watch list, the selected symbol with its chart, order book and trades.

import {html, useEffect, useLayoutEffect, useRef, useState} from '../assets/preact.js';
import {pathOf} from './api.js';
import {Badges} from './badges.js';
import {Book, Trades} from './depth.js';
import {grouped, inWords} from './format.js';
import {setText} from './frames.js';
import {labelOf} from './labels.js';
import {lazy, usePainted} from './lazy.js';
import {showAge, showHead} from './numbers.js';
import {showInTitle} from './page-title.js';
import {change} from './url-state.js';
import {WatchList} from './watch-list.js';

const Chart = lazy(() => import('./chart.js'), 'Chart');

const ALL_INTERVALS = ['1m', '5m', '15m', '1h', '4h', '1d'];
const ALL = ['quote', 'candles', 'book', 'trades'];
const NONE = '\u2013';
const AGE_MILLIS = 1_000;
const MOST_MEANT = 8;

/** The selected symbol's price for the title of the page, with its labels unless it is live. No price without a connection: it would stay. */
function titleOf(symbol, {quote, badges}) {
  const labels = badges.filter((name) => name !== 'live').join(', ');
  return quote ? `${grouped(quote.price)} ${symbol.slice(symbol.indexOf(':') + 1)}${labels ? ` (${labels})` : ''}` : '';
}

/** The selected symbol's name, price and day, above the chart. */
function SymbolHead({feed, quotes, symbol, provider, problem}) {
  const parts = {price: useRef(), change: useRef(), bid: useRef(), ask: useRef(), high: useRef(), low: useRef(), volume: useRef(), age: useRef()};
  const [names, setNames] = useState('');
  const [unit, setUnit] = useState('');
  useLayoutEffect(() => {
    const elements = Object.fromEntries(Object.entries(parts).map(([name, ref]) => [name, ref.current]));
    Object.values(elements).forEach((element) => setText(element, NONE));
    let entry = null;
    const stop = quotes.watch(symbol, (latest) => {
      entry = latest;
      setNames(entry.badges.join(' '));
      setUnit(entry.quote?.price_unit ?? '');
      showHead(elements, entry);
    });
    const title = () => showInTitle({price: feed.state.name === 'open' ? titleOf(symbol, entry) : ''});
    const stopTitle = feed.watch(title);
    const timer = setInterval(() => {
      showAge(elements.age, entry.quote, NONE);
      title();
    }, AGE_MILLIS);
    return () => {
      stop();
      stopTitle();
      clearInterval(timer);
      showInTitle({price: ''});
    };
  }, [feed, quotes, symbol]);
  const path = pathOf('data', symbol);
  const figure = (label, part) => html`<div><dt>${label}</dt><dd ref=${part} data-explain=${path}></dd></div>`;
  return html`
    <div class="symbol-head">
      <div class="title">
        <h1 tabindex="-1">${symbol.slice(symbol.indexOf(':') + 1)}</h1>
        <span class="from">${provider?.name ?? symbol.split(':')[0]}</span>
        <${Badges} names=${names ? names.split(' ') : []} entry=${quotes.find(symbol)} />
      </div>
      <div class="last" data-explain=${path}>
        <span class="price" ref=${parts.price}></span> <span class="unit">${unit}</span>
        <span class="change flat" ref=${parts.change}></span>
      </div>
      <dl class="figures">
        ${figure('Bid', parts.bid)}${figure('Ask', parts.ask)}${figure('High', parts.high)}${figure('Low', parts.low)}${figure('Volume', parts.volume)}${figure('Age', parts.age)}
      </dl>
      <button type="button" class="explain-button" data-explain-now=${path} title="Where does this price come from? ( e )">Explain</button>
      ${problem && html`<p class="problem" role="status">${inWords(problem)}</p>`}
    </div>`;
}

/** What is wrong with a symbol's quotes, or null. */
function useProblem(quotes, symbol) {
  const [known, setKnown] = useState({symbol: '', problem: null});
  useEffect(() => quotes.watch(symbol, ({problem}) =>
    setKnown((before) => (before.symbol === symbol && before.problem === problem ? before : {symbol, problem}))), [quotes, symbol]);
  return known.symbol === symbol ? known.problem : null;
}

/** In place of the chart: a symbol that the gateway does not know, or that several instruments have, with those that may be meant. */
function Unknown({problem, onReplace, onSearch}) {
  const meant = problem.type.endsWith('provider') ? [] : (problem.candidates ?? []).slice(0, MOST_MEANT);
  return html`
    <div class="unknown">
      <strong>${problem.title}</strong>
      <p role="status">${problem.detail.replace(/; (did you mean|use one of|known providers)\b.*/s, '')}</p>
      ${meant.length > 0 && html`<p class="meant"><span class="quiet">Did you mean</span>
        ${meant.map((one) => html`<button type="button" class="chip" key=${one} onClick=${() => onReplace(one)}>${one}</button>`)}</p>`}
      <button type="button" onClick=${onSearch}>Search for a symbol</button>
    </div>`;
}

/** A part of the page that has nothing to show, and why. */
const Nothing = ({title, className = '', words}) => html`
  <section class=${`panel ${className}`} aria-label=${title}><div class="panel-head"><h2>${title}</h2></div><p class="empty">${words}</p></section>`;

/** On a narrow screen one of the parts is visible at a time. */
const PANELS = [['watch', 'Watch list'], ['chart', 'Chart'], ['depth', 'Book and trades']];

/** The page. */
export function Market({feed, quotes, state, providers, list, onList, onReplace, onExplain, onSearch, mayRequest}) {
  const id = state.symbol.split(':')[0];
  const provider = providers?.find((one) => one.id === id);
  const painted = usePainted();
  const problem = useProblem(quotes, state.symbol);
  const [onChart, setOnChart] = useState('');
  const chosen = useRef('');
  useEffect(() => {
    if (chosen.current === state.symbol) {
      document.querySelector('.symbol-head h1').focus();
    }
    chosen.current = '';
  }, [state.symbol]);
  const replace = (symbol) => {
    chosen.current = symbol;
    onReplace(state.symbol, symbol);
  };
  const unknown = problem !== null && ['unknown', 'ambiguous'].includes(labelOf(problem));
  const offers = (operation) => (provider ? provider.capabilities : ALL).includes(operation);
  return html`
    <nav class="panels" aria-label="Parts of this page">
      ${PANELS.map(([name, label]) => html`<button type="button" key=${name} aria-pressed=${state.panel === name} onClick=${() => change({panel: name})}>${label}</button>`)}
    </nav>
    <div class=${`market show-${state.panel}`}>
      <${WatchList} quotes=${quotes} list=${list} selected=${state.symbol} mayRequest=${mayRequest} onList=${onList}
        onExplain=${(symbol) => onExplain(pathOf('data', symbol))} onSearch=${onSearch}
        onSelect=${(symbol) => change({symbol, panel: 'chart', compare: []}, {step: true})} />
      <section class="panel main" aria-label="Chart">
        <${SymbolHead} key=${state.symbol} feed=${feed} quotes=${quotes} symbol=${state.symbol} provider=${provider}
          problem=${unknown || (problem && inWords(problem) === onChart) ? null : problem} />
        ${!painted ? ''
          : unknown ? html`<${Unknown} problem=${problem} onReplace=${(symbol) => replace(`${id}:${symbol}`)} onSearch=${onSearch} />`
          : offers('candles') ? html`<${Chart} feed=${feed} state=${state} intervals=${provider?.intervals ?? ALL_INTERVALS} onCompare=${() => onSearch('compare')} onProblem=${setOnChart} />`
          : html`<p class="empty">${provider.name} has no candles. It offers: ${provider.capabilities.join(', ')}.</p>`}
      </section>
      <div class="depth">
        ${!painted ? html`<section class="panel book"></section>`
          : unknown ? html`<${Nothing} title="Order book" className="book" words=${NONE} />`
          : offers('book') ? html`<${Book} feed=${feed} symbol=${state.symbol} />`
          : html`<${Nothing} title="Order book" words=${`${provider.name} has no order books.`} />`}
        ${!painted ? html`<section class="panel trades"></section>`
          : unknown ? html`<${Nothing} title="Trades" className="trades" words=${NONE} />`
          : offers('trades') ? html`<${Trades} feed=${feed} symbol=${state.symbol} />`
          : html`<${Nothing} title="Trades" words=${`${provider.name} has no trades.`} />`}
      </div>
    </div>`;
}
