// Search over symbols: a word, a code, or a symbol in any provider's spelling. Opened with / from anywhere.

import {html, useEffect, useRef, useState} from '../assets/preact.js';
import {get} from './api.js';
import {Dialog} from './dialog.js';

const WAIT_MILLIS = 120;
const LIMIT = 12;

const KNOWN_FROM = {list: 'listed by the provider', built_in: 'well known', rules: 'by its spelling only'};

/** Results as rows, one for each provider of an instrument; live providers first. */
function rowsOf(symbols) {
  return symbols.flatMap((match) => {
    const providers = [...match.providers].sort((a, b) => (a.mode === 'live' ? 0 : 1) - (b.mode === 'live' ? 0 : 1));
    return providers.map(({provider, mode, symbol}, i) => ({match, provider, mode, symbol, first: i === 0, name: `${provider}:${match.instrument}`}));
  });
}

/** A symbol that is written as provider:symbol is accepted without a search. */
const direct = (text, providers) => {
  const [provider, symbol] = text.split(/:(.+)/);
  return symbol && providers?.some((one) => one.id === provider.toLowerCase())
    ? [{match: {instrument: symbol, name: 'as written'}, provider: provider.toLowerCase(), mode: '', symbol, first: true, name: `${provider.toLowerCase()}:${symbol}`}]
    : [];
};

/** The dialog. `onChoose(symbol)` gets provider:instrument. */
export function Search({title, providers, onChoose, onClose}) {
  const [text, setText] = useState('');
  const [found, setFound] = useState({rows: [], words: ''});
  const [active, setActive] = useState(0);
  const list = useRef();
  useEffect(() => {
    if (!text.trim()) {
      setFound({rows: [], words: ''});
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const query = new URLSearchParams({q: text.trim(), limit: LIMIT});
      get(`api/v1/symbols?${query}`, {signal: abort.signal}).then(
        (body) => setFound({rows: [...direct(text.trim(), providers), ...rowsOf(body.symbols)], words: body.count ? '' : 'Nothing has this in its name.'}),
        (problem) => problem.name !== 'AbortError' && setFound({rows: direct(text.trim(), providers), words: problem.message}),
      );
      setActive(0);
    }, WAIT_MILLIS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, providers === null]);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({block: 'nearest'}), [active]);
  const choose = (row) => row && onChoose(row.name);
  const onKey = (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) {
      event.preventDefault();
      setActive(Math.min(found.rows.length - 1, Math.max(0, active + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(found.rows[active]);
    }
  };
  return html`
    <${Dialog} label=${title} className="search" onClose=${onClose}>
      <input type="search" placeholder="bitcoin, AAPL, VOD.L, kraken:XBTUSD" aria-label=${title} autofocus autocomplete="off" spellcheck="false"
        role="combobox" aria-expanded=${found.rows.length > 0} aria-controls="found" aria-activedescendant=${found.rows.length ? `found-${active}` : undefined}
        value=${text} onInput=${(event) => setText(event.target.value)} onKeyDown=${onKey} />
      <ul id="found" role="listbox" aria-label="Symbols" ref=${list}>
        ${found.rows.map((row, i) => html`
          <li id=${`found-${i}`} key=${`${row.name} ${row.symbol}`} role="option" aria-selected=${i === active} class=${row.first ? 'first' : ''}
              onClick=${() => choose(row)} onMouseMove=${() => setActive(i)}>
            <span class="name">${row.match.instrument}</span>
            <span class="words">${row.match.name ?? row.match.asset_type ?? ''}</span>
            <span class="from">${row.provider}</span>
            <span class="native">${row.symbol}</span>
            ${row.mode && html`<span class=${`badge ${row.mode}`}>${row.mode}</span>`}
          </li>`)}
      </ul>
      <p class="hint">${found.words || (found.rows.length ? ['Enter to choose', KNOWN_FROM[found.rows[active]?.match.known_from]].filter(Boolean).join(' \u00b7 ') : 'By a part of the code or name. Nothing is requested from providers.')}</p>
    </${Dialog}>`;
}
