// The bars of a chart: loaded by page, kept in order, with the gaps that the gateway reported. Nothing is filled in.

import {get, pathOf} from './api.js';

const PAGE = 500;

/** No chart shows more: one bar is less than a pixel then. */
export const MAX_BARS = 5_000;

/** At most so many empty places stand for a gap, so that a long one does not push the bars apart. */
const MAX_EMPTY = 3;

const barOf = (candle) => ({
  time: Date.parse(candle.open_time),
  date: candle.session_date ?? null,
  open: Number(candle.open),
  high: Number(candle.high),
  low: Number(candle.low),
  close: Number(candle.close),
  volume: candle.volume === null ? 0 : Number(candle.volume),
  complete: candle.complete,
  text: candle,
});

/** The bars of one symbol and interval. */
export class Bars {
  bars = [];
  gaps = [];
  quality = [];
  mock = false;
  mode = 'live';
  source = '';
  more = true;
  #loading = null;

  constructor(symbol, interval) {
    this.symbol = symbol;
    this.interval = interval;
  }

  /** The request for the latest bars, also the one to explain. */
  path(parameters = {}) {
    return pathOf('candles', this.symbol, {interval: this.interval, limit: PAGE, ...parameters});
  }

  /** Loads the latest bars, or with `older` those before the first one; false if there are none. */
  async load({older = false, signal} = {}) {
    if (this.#loading) {
      return this.#loading;
    }
    const to = older && this.bars.length ? {to: new Date(this.bars[0].time).toISOString()} : {};
    this.#loading = this.#request(to, signal);
    try {
      return await this.#loading;
    } finally {
      this.#loading = null;
    }
  }

  async #request(to, signal) {
    const body = await get(this.path(to), {signal});
    const before = this.bars.length;
    this.#describe(body);
    this.merge(body.data.candles);
    this.gaps = [...new Map([...this.gaps, ...body.data.gaps].map((gap) => [gap.from, gap])).values()];
    this.more = this.bars.length > before && this.bars.length < MAX_BARS && body.data.candles.length > 0;
    return this.bars.length > before;
  }

  #describe(body) {
    this.mock = body.mock;
    this.mode = body.mock ? 'mock' : (body.mode ?? 'live');
    this.reason = body.mock_reason;
    this.source = body.data.source;
    this.unit = body.data.price_unit;
    this.quality = [...this.quality, ...body.data.quality];
    this.stale = body.data.freshness === 'stale';
  }

  /** Takes bars from a response or an event: those of a known time are replaced. */
  merge(candles) {
    for (const candle of candles) {
      const bar = barOf(candle);
      const at = this.#place(bar.time);
      const same = this.bars[at]?.time === bar.time;
      this.bars.splice(at, same ? 1 : 0, bar);
    }
  }

  #place(time) {
    let at = this.bars.length;
    while (at > 0 && this.bars[at - 1].time >= time) {
      at--;
    }
    return at;
  }

  /** Takes the bars of an event of the stream. */
  follow(event) {
    this.stale = event.freshness === 'stale';
    this.mock = event.mock;
    this.merge(event.candles);
  }

  /** Flags of the bars whose time a flag names. */
  flagsAt(bar) {
    return this.quality.filter((flag) => flag.detail?.includes(bar.text.open_time) || (bar.date && flag.detail?.includes(bar.date)));
  }

  /**
   * The places on the time axis: one for each bar, and up to three empty ones where bars are missing.
   *
   * @returns [{bar}, {gap}, …]
   */
  slots() {
    const gaps = [...this.gaps].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
    const slots = [];
    let next = 0;
    for (const bar of this.bars) {
      while (next < gaps.length && Date.parse(gaps[next].from) < bar.time) {
        const inside = slots.length > 0;
        for (let i = 0; inside && i < Math.min(MAX_EMPTY, gaps[next].missing); i++) {
          slots.push({gap: gaps[next]});
        }
        next++;
      }
      slots.push({bar});
    }
    return slots;
  }
}
