// The dashboard: header, pages, dialogs, keyboard. Everything comes from the gateway that serves this page.

import {feed, firstList, quotes, takeOver} from './start.js';
import {html, render, useEffect, useMemo, useState} from '../assets/preact.js';
import {get, key, pathOf} from './api.js';
import {Badge} from './badges.js';
import {lazy} from './lazy.js';
import {Market} from './market.js';
import {Search} from './search.js';
import {keepWatchList, listAsText, watchList} from './settings.js';
import {StreamState} from './stream-state.js';
import {change, fragment, onChange, readState} from './url-state.js';

const VIEWS = [['market', 'Market'], ['news', 'News and series'], ['providers', 'Providers'], ['layers', 'Layers'], ['alerts', 'Alerts']];
const HEALTH_MILLIS = 15_000;

/** Below so many calls a day a provider is not asked for the small charts of the watch list. */
const SCARCE_PER_DAY = 5_000;

const AlertNotes = lazy(() => import('./alert-notes.js'), 'AlertNotes');
const Alerts = lazy(() => import('./alerts.js'), 'Alerts');
const Explain = lazy(() => import('./explain.js'), 'Explain');
const Layers = lazy(() => import('./layers.js'), 'Layers');
const NewsAndSeries = lazy(() => import('./news.js'), 'NewsAndSeries');
const Providers = lazy(() => import('./providers.js'), 'Providers');

/** Alerts are listened to once the first prices are there. */
const SETTLED_MILLIS = 2_000;

/** Longer than the first paint takes on a slow machine. */
const RELEASE_MILLIS = 5_000;

function useUrl() {
  const [state, setState] = useState(readState());
  useEffect(() => onChange(() => setState(readState())), []);
  return state;
}

function useFeedState() {
  const [state, setState] = useState(feed.state);
  useEffect(() => feed.watch(setState), []);
  return state;
}

/** Health and providers, read again when the connection changes. */
function useGateway(connection) {
  const [known, setKnown] = useState({health: null, providers: null});
  useEffect(() => {
    let timer = 0;
    const read = async () => {
      const [health, listed] = await Promise.allSettled([get('health'), get('api/v1/providers')]);
      setKnown((before) => ({health: health.value ?? null, providers: listed.value?.providers ?? before.providers}));
      timer = setTimeout(read, HEALTH_MILLIS);
    };
    read();
    return () => clearTimeout(timer);
  }, [connection.name]);
  return known;
}

function Health({health, connection, providers}) {
  const allMock = providers?.length > 0 && providers.every((one) => one.mode === 'mock');
  const status = connection.name === 'lost' ? 'unreachable' : (health?.status ?? '');
  return html`
    <p class="gateway" role="status">
      ${allMock && html`<${Badge} name="mock" words="mock data only" title="Every provider is simulated: no number on this page is a price of any market." />`}
      ${status && html`<span class=${`dot ${status}`} title=${health?.reasons?.join('\n') ?? ''}>${status}</span>`}
      ${health && html`<span class="version">${health.version}</span>`}
    </p>`;
}

/** Asks for the key of a gateway that needs one. */
function KeyForm({onDone}) {
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState('');
  const submit = async (event) => {
    event.preventDefault();
    key.set(value.trim());
    try {
      await get('api/v1/providers');
      onDone();
    } catch (fault) {
      key.clear();
      setProblem(fault.message);
    }
  };
  return html`
    <form class="card key-form" id="access" onSubmit=${submit}>
      <h1>This gateway requires an API key</h1>
      <p>It is kept in this tab until you close it, and sent to this gateway only. <code>brain keys create</code> makes one.</p>
      <label for="key">API key</label>
      <input id="key" type="password" autocomplete="off" required value=${value} onInput=${(event) => setValue(event.target.value)} />
      <button type="submit">Use this key</button>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </form>`;
}

const HELP = [['/', 'Search'], ['1 \u2013 5', 'Pages'], ['\u2191 \u2193', 'Move in the watch list'], ['Alt \u2191 \u2193', 'Move the symbol'], ['Delete', 'Remove the symbol'], ['e', 'Explain the price'],
  ['x', 'Explain any number: then click it'], ['\u2190 \u2192 + \u2212', 'In the chart: move and zoom']];

const Shortcuts = () => html`<p class="shortcuts">${HELP.map(([keys, what]) => html`<span key=${keys}><kbd>${keys}</kbd> ${what}</span>`)}</p>`;

function Header({view, health, connection, providers, explaining, onExplaining, onSearch, onShare}) {
  return html`
    <header class="top">
      <a class="home" href="#/market" aria-label="Market Intel Brain"><span>Market Intel Brain</span></a>
      <nav aria-label="Pages">${VIEWS.map(([name, label]) => html`<a key=${name} href=${`#/${name}`} aria-current=${view === name ? 'page' : undefined}>${label}</a>`)}</nav>
      <button type="button" class="find" onClick=${onSearch}><span>Search</span> <kbd>/</kbd></button>
      <button type="button" aria-pressed=${explaining} onClick=${onExplaining} title="Then click any number ( x )">Explain</button>
      <button type="button" onClick=${onShare} title="Copy a link to what you see, with your watch list">Link</button>
      <${Health} health=${health} connection=${connection} providers=${providers} />
      <a class="docs" href="docs">API</a>
    </header>`;
}

function App() {
  const state = useUrl();
  const connection = useFeedState();
  const {health, providers} = useGateway(connection);
  const [list, setList] = useState(firstList());
  const [search, setSearch] = useState(null);
  const [explained, setExplained] = useState(null);
  const [explaining, setExplaining] = useState(false);
  const [note, setNote] = useState('');
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLED_MILLIS);
    return () => clearTimeout(timer);
  }, []);

  const onList = (changed) => {
    setList(changed);
    if (!state.list) {
      keepWatchList(changed);
    }
  };
  const mayRequest = useMemo(() => {
    const scarce = new Set((providers ?? []).filter((one) => one.mode === 'live' && one.quota.some((quota) => quota.allowed * (86_400 / quota.per_seconds) < SCARCE_PER_DAY)).map((one) => one.id));
    const charts = new Set((providers ?? []).filter((one) => one.capabilities.includes('candles')).map((one) => one.id));
    return (symbol) => charts.has(symbol.split(':')[0]) && !scarce.has(symbol.split(':')[0]);
  }, [providers === null]);
  const share = async () => {
    const link = new URL(fragment({...state, list: listAsText(list)}), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      setNote('Link copied: it holds your watch list and this view.');
    } catch { // not allowed, or not a secure origin
      change({list: listAsText(list)});
      setNote('The address of this page now holds your watch list and this view.');
    }
    setTimeout(() => setNote(''), 4000);
  };

  useEffect(() => {
    const onKey = (event) => {
      const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
        return;
      }
      if (event.key === '/') {
        event.preventDefault();
        setSearch('add');
      } else if (event.key === 'x') {
        setExplaining((before) => !before);
      } else if (event.key === 'e' && !event.defaultPrevented && !event.target.closest?.('.pick')) {
        setExplained(pathOf('data', readState().symbol));
      } else if (event.key === 'Escape') {
        setExplaining(false);
      } else if (/^[1-5]$/.test(event.key)) {
        change({view: VIEWS[event.key - 1][0]}, {step: true});
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    const onClick = (event) => {
      const now = event.target.closest('[data-explain-now]')?.dataset.explainNow;
      const any = explaining ? event.target.closest('[data-explain]')?.dataset.explain : undefined;
      if (now ?? any) {
        event.preventDefault();
        event.stopPropagation();
        setExplaining(false);
        setExplained(now ?? any);
      }
    };
    addEventListener('click', onClick, true);
    document.body.classList.toggle('explaining', explaining);
    return () => removeEventListener('click', onClick, true);
  }, [explaining]);

  /** Puts the other symbol in the place of this one, or of its own entry if that comes first; the list has it once. */
  const replace = (symbol, other) => {
    const isEither = (one) => one === symbol || one === other;
    const first = list.findIndex(({items}) => items.some(isEither));
    onList(list.map(({group, items}, i) => {
      const place = i === first ? items.findIndex(isEither) : -1;
      return {group, items: items.flatMap((one, at) => (at === place ? [other] : isEither(one) ? [] : [one]))};
    }));
    change({symbol: other, compare: []}, {step: true});
  };
  const choose = (symbol) => {
    if (search === 'compare') {
      change({compare: [...new Set([...state.compare, symbol])].filter((one) => one !== state.symbol)});
    } else {
      if (!list.some(({items}) => items.includes(symbol))) {
        const groups = list.length ? list : [{group: 'Watch list', items: []}];
        onList(groups.map((one, i) => (i === groups.length - 1 ? {...one, items: [...one.items, symbol]} : one)));
      }
      change({view: 'market', symbol, panel: 'chart', compare: []}, {step: true});
    }
    setSearch(null);
  };

  if (connection.name === 'locked') {
    return html`<${Header} view="" health=${null} connection=${connection} /><main class="locked"><${KeyForm} onDone=${() => feed.restart()} /></main>`;
  }
  const common = {state, providers, connection};
  return html`
    <${Header} view=${state.view} health=${health} connection=${connection} providers=${providers} explaining=${explaining}
      onExplaining=${() => setExplaining(!explaining)} onSearch=${() => setSearch('add')} onShare=${share} />
    <${StreamState} connection=${connection} onRetry=${() => feed.retry()} />
    ${connection.name !== 'lost' && health?.reasons?.length > 0 && html`<p class="notice degraded" role="status"><strong>${health.status}</strong>
      ${health.reasons[0]}${health.reasons.length > 1 ? ` (and ${health.reasons.length - 1} more)` : ''}</p>`}
    ${state.list && html`<p class="notice">This is the watch list of a link.
      <button type="button" onClick=${() => {
        keepWatchList(list);
        change({list: ''});
      }}>Keep it as mine</button>
      <button type="button" onClick=${() => {
        setList(watchList());
        change({list: ''});
      }}>Show mine</button></p>`}
    ${explaining && html`<p class="notice">Click any number to see where it comes from. Escape ends this.</p>`}
    ${note && html`<p class="notice" role="status">${note}</p>`}
    <main class=${connection.name === 'lost' ? 'offline' : ''}>
      ${state.view === 'providers' ? html`<${Providers} ...${common} />`
        : state.view === 'layers' ? html`<${Layers} />`
        : state.view === 'alerts' ? html`<${Alerts} ...${common} quotes=${quotes} />`
        : state.view === 'news' ? html`<${NewsAndSeries} ...${common} />`
        : html`<${Market} ...${common} feed=${feed} quotes=${quotes} list=${list} onList=${onList} onReplace=${replace} mayRequest=${mayRequest}
            onExplain=${setExplained} onSearch=${(what) => setSearch(what === 'compare' ? 'compare' : 'add')} />`}
    </main>
    <footer><${Shortcuts} /></footer>
    ${settled && html`<${AlertNotes} />`}
    ${search && html`<${Search} title=${search === 'compare' ? 'Compare with' : 'Find a symbol'} providers=${providers} onChoose=${choose} onClose=${() => setSearch(null)} />`}
    ${explained && html`<${Explain} path=${explained} onClose=${() => setExplained(null)} />`}`;
}

render(html`<${App} />`, document.getElementById('app')); // the elements that are there are kept where they are the same
takeOver(RELEASE_MILLIS); // after that, so that the effects of the components come before the first key
