// The first page: watch list, the selected symbol with its chart, order book and trades.

import {html, useLayoutEffect, useRef, useState} from '../assets/preact.js';
import {pathOf} from './api.js';
import {Badges} from './badges.js';
import {Book, Trades} from './depth.js';
import {setText} from './frames.js';
import {lazy, usePainted} from './lazy.js';
import {showHead} from './numbers.js';
import {change} from './url-state.js';
import {WatchList} from './watch-list.js';

const Chart = lazy(() => import('./chart.js'), 'Chart');

const ALL_INTERVALS = ['1m', '5m', '15m', '1h', '4h', '1d'];
const ALL = ['quote', 'candles', 'book', 'trades'];

/** The selected symbol's name, price and day, above the chart. */
function SymbolHead({quotes, symbol, provider}) {
  const parts = {price: useRef(), change: useRef(), bid: useRef(), ask: useRef(), high: useRef(), low: useRef(), volume: useRef(), age: useRef()};
  const [names, setNames] = useState('');
  const [fixed, setFixed] = useState({unit: '', problem: null});
  useLayoutEffect(() => {
    const elements = Object.fromEntries(Object.entries(parts).map(([name, ref]) => [name, ref.current]));
    Object.values(elements).forEach((element) => setText(element, '\u2013'));
    return quotes.watch(symbol, (entry) => {
      setNames(entry.badges.join(' '));
      const {quote} = entry;
      setFixed((before) => (before.unit === (quote?.price_unit ?? '') && before.problem === entry.problem ? before : {unit: quote?.price_unit ?? '', problem: entry.problem}));
      showHead(elements, entry);
    });
  }, [quotes, symbol]);
  const path = pathOf('data', symbol);
  const figure = (label, part) => html`<div><dt>${label}</dt><dd ref=${part} data-explain=${path}></dd></div>`;
  return html`
    <div class="symbol-head">
      <div class="title">
        <h1>${symbol.slice(symbol.indexOf(':') + 1)}</h1>
        <span class="from">${provider?.name ?? symbol.split(':')[0]}</span>
        <${Badges} names=${names ? names.split(' ') : []} entry=${quotes.find(symbol)} />
      </div>
      <div class="last" data-explain=${path}>
        <span class="price" ref=${parts.price}></span> <span class="unit">${fixed.unit}</span>
        <span class="change flat" ref=${parts.change}></span>
      </div>
      <dl class="figures">
        ${figure('Bid', parts.bid)}${figure('Ask', parts.ask)}${figure('High', parts.high)}${figure('Low', parts.low)}${figure('Volume', parts.volume)}${figure('Age', parts.age)}
      </dl>
      <button type="button" class="explain-button" data-explain-now=${path} title="Where does this price come from? ( e )">Explain</button>
      ${fixed.problem && html`<p class="problem" role="status">${fixed.problem.title}: ${fixed.problem.detail}</p>`}
    </div>`;
}

/** On a narrow screen one of the parts is visible at a time. */
const PANELS = [['watch', 'Watch list'], ['chart', 'Chart'], ['depth', 'Book and trades']];

/** The page. */
export function Market({feed, quotes, state, providers, list, onList, onExplain, onSearch, mayRequest}) {
  const id = state.symbol.split(':')[0];
  const provider = providers?.find((one) => one.id === id);
  const painted = usePainted();
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
        <${SymbolHead} key=${state.symbol} quotes=${quotes} symbol=${state.symbol} provider=${provider} />
        ${!painted ? '' : offers('candles')
          ? html`<${Chart} feed=${feed} state=${state} intervals=${provider?.intervals ?? ALL_INTERVALS} onCompare=${() => onSearch('compare')} />`
          : html`<p class="empty">${provider.name} has no candles. It offers: ${provider.capabilities.join(', ')}.</p>`}
      </section>
      <div class="depth">
        ${!painted ? html`<section class="panel book waiting"></section>` : offers('book') ? html`<${Book} feed=${feed} symbol=${state.symbol} />` : html`<section class="panel"><div class="panel-head"><h2>Order book</h2></div><p class="empty">${provider.name} has no order books.</p></section>`}
        ${!painted ? html`<section class="panel trades"></section>` : offers('trades') ? html`<${Trades} feed=${feed} symbol=${state.symbol} />` : html`<section class="panel"><div class="panel-head"><h2>Trades</h2></div><p class="empty">${provider.name} has no trades.</p></section>`}
      </div>
    </div>`;
}
