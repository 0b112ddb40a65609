// The gateway's server-sent events behind the interface of a WebSocket, for networks that let no WebSocket through.

import {address, ownHeaders, Problem} from './api.js';
import {readEvents} from './server-events.js';

/** Changes of the subscriptions are collected for so long before streams are opened. */
const COLLECT_MILLIS = 50;

/** How long the first event of a symbol is waited for. */
const NAME_MILLIS = 5_000;

/** Reads server-sent events as the messages of a WebSocket; `listener` returns whether to go on. */
async function listen(query, {resume, signal}, listener) {
  const headers = {Accept: 'text/event-stream', ...ownHeaders(), ...(resume && {'Last-Event-ID': resume})};
  const response = await fetch(address(`api/v1/stream?throttle=100ms&${query}`), {headers, signal});
  if (!response.ok) {
    throw new Problem(response.status, await response.json().catch(() => ({})));
  }
  await readEvents(response, ({id, event, data}) => listener({type: event, resume: id, ...data}));
}

/**
 * Understands `subscribe`, `unsubscribe` and `ping`. The first event of a symbol tells how the gateway names it, so each is first
 * requested alone. Then all symbols with the same kinds share a stream, because browsers allow few connections.
 */
export class EventSocket {
  readyState = WebSocket.CONNECTING;
  onopen = null;
  onmessage = null;
  onclose = null;
  #names = new Map();
  #wanted = new Map();
  #streams = new Map();
  #queue = Promise.resolve();
  #resume = '';
  #timer = 0;

  constructor() {
    setTimeout(() => {
      if (this.readyState === WebSocket.CONNECTING) {
        this.readyState = WebSocket.OPEN;
        this.onopen?.();
      }
    });
  }

  send(text) {
    const message = JSON.parse(text);
    if (message.op === 'ping') {
      this.#receive({type: 'pong'});
    } else {
      this.#queue = this.#queue.then(() => this.#change(message));
    }
  }

  close() {
    if (this.readyState !== WebSocket.CLOSED) {
      this.readyState = WebSocket.CLOSED;
      clearTimeout(this.#timer);
      this.#streams.forEach((abort) => abort.abort());
      this.onclose?.({code: 1006});
    }
  }

  #receive(event) {
    if (this.readyState === WebSocket.OPEN) {
      this.onmessage?.({data: JSON.stringify(event)});
    }
  }

  async #change({op, id, symbols, kinds, resume}) {
    this.#resume ||= resume ?? '';
    const subscriptions = [];
    for (const symbol of symbols) {
      try {
        subscriptions.push(await this.#named(symbol, kinds));
      } catch (problem) {
        if (problem.status >= 400 && problem.status < 500) {
          this.#receive({type: 'error', id, problem: problem.document});
        } else {
          this.close();
        }
        return;
      }
    }
    for (const {provider, instrument} of subscriptions) {
      const name = `${provider}:${instrument}`;
      const wanted = this.#wanted.get(name) ?? new Set();
      this.#wanted.set(name, wanted);
      kinds.forEach((kind) => (op === 'subscribe' ? wanted.add(kind) : wanted.delete(kind)));
    }
    this.#receive({type: 'ack', id, subscriptions});
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), COLLECT_MILLIS);
  }

  /** How the gateway names a symbol; rejects with its problem. */
  async #named(symbol, kinds) {
    if (!this.#names.has(symbol)) {
      const [provider, instrument] = symbol.split(/:(.*)/s);
      let name = {provider, instrument};
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), NAME_MILLIS);
      try {
        await listen(new URLSearchParams({symbols: symbol, kinds}), {signal: abort.signal}, (event) => {
          name = {provider: event.provider, instrument: event.instrument};
          return false;
        });
      } catch (problem) {
        if (!abort.signal.aborted) {
          throw problem;
        }
      } finally {
        clearTimeout(timer);
        abort.abort();
      }
      this.#names.set(symbol, name);
    }
    return this.#names.get(symbol);
  }

  /** Opens the streams that are wanted now, and ends the others. */
  #open() {
    const groups = new Map();
    for (const [name, kinds] of this.#wanted) {
      const all = [...kinds].sort().join();
      groups.set(all, [...(groups.get(all) ?? []), name]);
    }
    groups.delete('');
    const queries = new Set([...groups].map(([kinds, names]) => `${new URLSearchParams({symbols: names.join(), kinds})}`));
    for (const [query, abort] of this.#streams) {
      if (!queries.has(query)) {
        abort.abort();
        this.#streams.delete(query);
      }
    }
    queries.forEach((query) => this.#streams.has(query) || this.#follow(query));
  }

  async #follow(query) {
    const abort = new AbortController();
    this.#streams.set(query, abort);
    try {
      await listen(query, {resume: this.#resume, signal: abort.signal}, (event) => {
        this.#resume = event.resume ?? this.#resume;
        this.#receive(event);
        return !abort.signal.aborted;
      });
    } catch {
      // Whatever the reason, the connection is made anew.
    }
    if (!abort.signal.aborted) {
      this.close();
    }
  }
}
