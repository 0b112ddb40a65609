// The latest quote of every symbol that something on the page shows.

import {nextFrame} from './frames.js';
import {labelOf} from './labels.js';

const MAX_TICKS = 120;

/** How far this browser's clock is ahead of the gateway's, at least. */
let ahead = Infinity;

/** The age of what was true at an RFC 3339 time, in milliseconds. */
export const ageOf = (time) => Date.now() - Date.parse(time) - (Number.isFinite(ahead) ? ahead : 0);

/** What is known of one symbol. `quote` has the members of the stream's events; null until there is one. */
class Entry {
  quote = null;
  state = 'connecting';
  problem = null;
  ticks = [];

  /** The labels that must stand beside the number, worst first. */
  get badges() {
    const badges = [];
    if (this.problem) {
      badges.push(labelOf(this.problem));
    } else if (this.state === 'down') {
      badges.push('down');
    }
    const quote = this.quote;
    if (quote) {
      badges.push(quote.mock ? 'mock' : (this.mode ?? 'live'));
      if (quote.freshness === 'stale' || this.state === 'stale' || this.state === 'down') {
        badges.push('stale');
      }
      if (quote.quality?.length) {
        badges.push('flagged');
      }
    }
    return badges;
  }

  receive(event) {
    switch (event.type) {
      case 'snapshot':
      case 'quote':
        this.quote = event;
        this.problem = null;
        this.state = this.state === 'connecting' ? 'up' : this.state;
        ahead = Math.min(ahead, Date.now() - Date.parse(event.received_at));
        this.#tick(Number(event.price));
        break;
      case 'status':
        this.state = event.state;
        this.mode = event.mode;
        this.reason = event.reason;
        this.transport = event.transport;
        break;
      case 'error':
      case 'problem':
        this.problem = event.problem;
        break;
      default: // a gap or resync is followed by a snapshot
    }
  }

  #tick(price) {
    this.ticks.push(price);
    if (this.ticks.length > MAX_TICKS) {
      this.ticks.shift();
    }
  }
}

/** Quotes by symbol, shared by all parts of the page. */
export class Quotes {
  #feed;
  #entries = new Map();
  #known;

  /** @param known events that came with the page */
  constructor(feed, known) {
    this.#feed = feed;
    this.#known = new Map(known.map((event) => [`${event.provider}:${event.instrument}`, event]));
  }

  /** What is known of a symbol, if something watches it. */
  find(symbol) {
    return this.#entries.get(symbol)?.entry;
  }

  /** Calls `update(entry)` in a frame after each change; returns how to stop that. */
  watch(symbol, update) {
    let shared = this.#entries.get(symbol);
    if (!shared) {
      shared = {entry: new Entry(), updates: new Set(), stop: null};
      this.#entries.set(symbol, shared);
      if (this.#known.has(symbol)) {
        shared.entry.receive(this.#known.get(symbol));
        this.#known.delete(symbol);
      }
      const flush = () => shared.updates.forEach((one) => one(shared.entry));
      shared.stop = this.#feed.subscribe(symbol, 'quote', (event) => {
        shared.entry.receive(event);
        nextFrame(flush);
      });
    }
    shared.updates.add(update);
    update(shared.entry);
    return () => {
      shared.updates.delete(update);
      if (shared.updates.size === 0) {
        shared.stop();
        this.#entries.delete(symbol);
      }
    };
  }
}
