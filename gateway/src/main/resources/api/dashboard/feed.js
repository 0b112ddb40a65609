// One connection for everything on the page: a WebSocket, or server-sent events where none gets through. Subscriptions are counted; after an interruption they continue where they stopped.

import {address, get, key} from './api.js';

const PING_MILLIS = 15_000;
const PONG_MILLIS = 10_000;
const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 8_000;

/** A page that nobody has seen for so long needs no prices. */
const HIDDEN_MILLIS = 60_000;

/** A connection that ends sooner counts as another failed attempt. */
const STEADY_MILLIS = 10_000;

/** Events that are kept until it is known which subscription they belong to. */
const MAX_EARLY = 200;

/** Closed by the gateway because the key is not valid any more. */
const KEY_REVOKED = 1008;

const OK = 200;
const LOCKED = 401;

const nameOf = (symbol, kind) => `${symbol}|${kind}`;

/**
 * States: `connecting`, `open`, `lost` (with the time of the next attempt), `locked` (a key is needed) and `paused` (the page was
 * hidden for a while). Listeners of a subscription get every event of it; `{type: 'problem'}` if the gateway rejects it.
 */
export class Feed {
  #listeners = new Map();
  #canonical = new Map();
  #requests = new Map();
  #early = [];
  #watchers = new Set();
  #socket = null;
  #fallback = null;
  #resume = null;
  #lastId = 0;
  #attempts = 0;
  #openedAt = 0;
  #timer = 0;
  #hidden = 0;
  #pong = 0;

  state = {name: 'connecting', since: Date.now(), retryAt: 0, interrupted: false};

  constructor() {
    addEventListener('online', () => this.state.name === 'paused' || this.retry());
    document.addEventListener('visibilitychange', () => this.#seen());
    setInterval(() => this.#ping(), PING_MILLIS);
  }

  /** Calls `watcher` now and whenever the state changes; returns how to stop that. */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher(this.state);
    return () => this.#watchers.delete(watcher);
  }

  /** Listens to a kind of events of a symbol; returns how to stop that. */
  subscribe(symbol, kind, listener) {
    const name = nameOf(symbol, kind);
    const set = this.#listeners.get(name);
    if (set) {
      set.add(listener);
    } else {
      this.#listeners.set(name, new Set([listener]));
      this.#request('subscribe', [symbol], kind);
    }
    return () => this.#unsubscribe(symbol, kind, listener);
  }

  #unsubscribe(symbol, kind, listener) {
    const name = nameOf(symbol, kind);
    const set = this.#listeners.get(name);
    if (set?.delete(listener) && set.size === 0) {
      this.#listeners.delete(name);
      this.#request('unsubscribe', [symbol], kind);
    }
  }

  #seen() {
    clearTimeout(this.#hidden);
    if (document.hidden) {
      this.#hidden = setTimeout(() => this.#pause(), HIDDEN_MILLIS);
    } else {
      this.retry();
    }
  }

  /** Disconnects until the page is seen again, and then continues as after an interruption. */
  #pause() {
    if (this.state.name === 'open') {
      const socket = this.#socket;
      this.#socket = null;
      this.#become('paused');
      socket.close();
    }
  }

  /** Connects at once unless connected. */
  retry() {
    if (this.state.name !== 'open' && this.#socket === null) {
      this.#connect();
    }
  }

  /** Connects anew, as after a change of the key. */
  restart() {
    this.#attempts = 0;
    this.#socket?.close();
    this.#socket = null;
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    const url = new URL(address('ws'));
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.search = 'throttle=100ms';
    const protocols = key.get() ? ['marketbrain', `bearer.${key.get()}`] : [];
    const socket = this.#fallback ? new this.#fallback() : new WebSocket(url, protocols);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (message) => this.#received(JSON.parse(message.data));
    socket.onclose = (event) => this.#socket === socket && this.#closed(event);
  }

  #opened() {
    const interrupted = this.state.name === 'lost' || this.state.interrupted;
    this.#openedAt = Date.now();
    this.#requests.clear();
    this.#early = [];
    this.#pong = Date.now();
    this.#become('open', {interrupted});
    const symbols = new Map();
    for (const name of this.#listeners.keys()) {
      const [symbol, kind] = name.split(/\|(?=[^|]*$)/);
      symbols.set(kind, [...(symbols.get(kind) ?? []), symbol]);
    }
    symbols.forEach((some, kind) => this.#request('subscribe', some, kind));
  }

  async #closed(event) {
    this.#socket = null;
    clearTimeout(this.#timer);
    const opened = this.#openedAt > 0;
    if (opened && Date.now() - this.#openedAt > STEADY_MILLIS) {
      this.#attempts = 0;
    }
    this.#openedAt = 0;
    const status = event.code === KEY_REVOKED ? LOCKED : await this.#healthStatus();
    if (this.#socket) { // connected again meanwhile
      return;
    }
    if (status === LOCKED) {
      this.#become('locked');
      return;
    }
    const blocked = status === OK && !opened && !this.#fallback;
    this.#fallback = blocked ? await import('./event-socket.js').then((it) => it.EventSocket, () => null) : null;
    if (this.#fallback) {
      this.#connect();
      return;
    }
    const longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** this.#attempts++);
    const wait = longest * (0.5 + Math.random() / 2);
    this.#become('lost', {retryAt: Date.now() + wait});
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  /** A WebSocket does not say why it was rejected; a request does. The status is 0 without a response. */
  async #healthStatus() {
    try {
      await get('health');
      return OK;
    } catch (problem) {
      return problem.status;
    }
  }

  #become(name, more = {}) {
    const since = this.state.name === name ? this.state.since : Date.now();
    this.state = {name, since, retryAt: 0, interrupted: false, ...more};
    for (const watcher of this.#watchers) {
      watcher(this.state);
    }
  }

  #request(op, symbols, kind) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return;
    }
    const id = ++this.#lastId;
    const request = {op, id, symbols, kinds: [kind]};
    if (op === 'subscribe') {
      this.#requests.set(id, {symbols, kind});
      if (this.#resume) {
        request.resume = this.#resume;
      }
    }
    this.#socket.send(JSON.stringify(request));
  }

  #ping() {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return;
    }
    if (Date.now() - this.#pong > PING_MILLIS + PONG_MILLIS) {
      this.#socket.close();
      return;
    }
    this.#socket.send('{"op":"ping"}');
  }

  #received(event) {
    this.#pong = Date.now();
    const request = event.id === undefined ? undefined : this.#requests.get(event.id);
    if (request) {
      this.#requests.delete(event.id);
      this.#answered(request, event);
      return;
    }
    if (event.resume) {
      this.#resume = event.resume;
    }
    if (event.provider) {
      this.#deliver(`${event.provider}:${event.instrument}`, event.kind, event);
    }
  }

  /**
   * The gateway names instruments in one form; a subscription may have used another one. Of several symbols one that is wrong
   * makes the request fail, and two names of one instrument are one subscription: each is requested alone then.
   */
  #answered({symbols, kind}, event) {
    const names = (event.subscriptions ?? []).map(({provider, instrument}) => `${provider}:${instrument}`);
    if (symbols.length > 1 && names.length !== symbols.length) {
      symbols.filter((one) => !names.includes(one)).forEach((one) => this.#request('subscribe', [one], kind));
    } else if (event.type === 'error') {
      this.#deliver(symbols[0], kind, {type: 'problem', problem: event.problem});
    } else {
      names.forEach((canonical, i) => this.#named(symbols[i], canonical));
    }
  }

  #named(symbol, canonical) {
    if (canonical !== symbol) {
      const others = this.#canonical.get(canonical) ?? new Set();
      this.#canonical.set(canonical, others.add(symbol));
      this.#deliverEarly(canonical);
    }
  }

  #deliverEarly(canonical) {
    const early = this.#early;
    this.#early = early.filter((one) => one.symbol !== canonical);
    for (const {symbol, kind, event} of early) {
      if (symbol === canonical) {
        this.#deliver(symbol, kind, event);
      }
    }
  }

  /** Events may overtake the response to their subscription, and their name is known only with that. */
  #deliver(symbol, kind, event) {
    let known = false;
    for (const name of [symbol, ...(this.#canonical.get(symbol) ?? [])]) {
      for (const listener of this.#listeners.get(nameOf(name, kind)) ?? []) {
        known = true;
        listener(event);
      }
    }
    if (!known && this.#requests.size > 0 && this.#early.length < MAX_EARLY) {
      this.#early.push({symbol, kind, event});
    }
  }

  /** Opens the connection. */
  start() {
    this.#connect();
  }
}
