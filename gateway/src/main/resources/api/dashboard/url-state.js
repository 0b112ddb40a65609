// The state of the page in the fragment of its address, which a browser never sends: #/market?s=binance:BTC/USDT&i=1h

const EVENT = 'brain-state';

const DEFAULTS = {
  view: 'market',
  symbol: 'binance:BTC/USDT',
  interval: '1h',
  range: '',
  log: false,
  studies: ['sma:20'],
  compare: [],
  list: '',
  panel: 'chart',
  provider: '',
  query: '',
};

const NAMES = {symbol: 's', interval: 'i', range: 'r', studies: 'ind', compare: 'c', list: 'w', panel: 'p', provider: 'on', query: 'q'};

/** The state that the address describes. */
export function readState() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const state = {...DEFAULTS, view: path || DEFAULTS.view, log: parameters.get('log') === '1'};
  for (const [name, short] of Object.entries(NAMES)) {
    const value = parameters.get(short);
    if (value !== null) {
      state[name] = Array.isArray(DEFAULTS[name]) ? value.split(',').filter(Boolean) : value;
    }
  }
  return state;
}

/** The fragment of a state; what is as by default is left out. */
export function fragment(state) {
  const parts = [];
  for (const [name, short] of Object.entries(NAMES)) {
    if (String(state[name]) !== String(DEFAULTS[name])) {
      // Colons, slashes and commas are allowed in a fragment and keep the address readable.
      parts.push(`${short}=${encodeURIComponent(state[name]).replace(/%(3A|2F|2C)/g, decodeURIComponent)}`);
    }
  }
  if (state.log) {
    parts.push('log=1');
  }
  return `#/${state.view}${parts.length ? `?${parts.join('&')}` : ''}`;
}

/** Changes a part of the state; with `step`, the browser's back button leads to the state before. */
export function change(changes, {step = false} = {}) {
  const next = fragment({...readState(), ...changes});
  if (next !== location.hash) {
    history[step ? 'pushState' : 'replaceState'](null, '', next);
    dispatchEvent(new Event(EVENT));
  }
}

/** Calls `listener` after every change of the state; returns how to stop that. */
export function onChange(listener) {
  for (const name of [EVENT, 'hashchange', 'popstate']) {
    addEventListener(name, listener);
  }
  return () => [EVENT, 'hashchange', 'popstate'].forEach((name) => removeEventListener(name, listener));
}
