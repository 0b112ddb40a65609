// A drawn chart: its panes, what part of the bars they show, and how they are moved with wheel, pointer and keys.

import {axisWidth, createPane, hiddenSeries, lineSeries} from './panes.js';
import {paintCandles, paintHistogram, paintLast, paintTitle, palette} from './candle-paint.js';
import {grouped} from './format.js';
import {rebased} from './indicators.js';
import {valuesAt} from './studies.js';

const FIRST_PLACES = 120;
const FEWEST_PLACES = 10;
const SPACE_RIGHT = 2;
const OLDER_WITHIN = 20;
const PANE_SHARE = 0.2;
const LEAST_PANE = 84;
const COLORS = ['study1', 'study2', 'study3', 'study4', 'study5', 'study6'];

const RSI_BOUNDS = [0, 100];
const RSI_MARKS = [30, 50, 70];

/** The chart in a host element. `onCursor(index or null)` and `onOlder()` tell what the user does. */
export class ChartView {
  #plots = [];
  #host;
  #uPlot;
  #options = null;
  #range = null;
  #following = true;
  #slots = [];
  #times = [];
  #lines = [];
  #colors = palette();
  #axes = {log: false, width: 0};
  #observer;
  #pointers = new Map();
  cursor = null;

  constructor(uPlot, host, {onCursor, onOlder}) {
    this.#uPlot = uPlot;
    this.#host = host;
    this.onCursor = onCursor;
    this.onOlder = onOlder;
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(host);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.recolor = () => {
      this.#colors = palette();
      this.rebuild();
    };
    this.scheme.addEventListener('change', this.recolor);
    this.#listen();
  }

  destroy() {
    this.#observer.disconnect();
    this.scheme.removeEventListener('change', this.recolor);
    this.#plots.forEach((plot) => plot.destroy());
    this.#plots = [];
  }

  /** What is to be drawn: `data` is of the class Bars, `studies` and `compare` (also Bars) on top of it. */
  set({data, studies, compare, log}) {
    const shape = JSON.stringify([data.symbol, data.interval, studies.map((one) => one.text), compare.map((one) => one.symbol), log]);
    const same = shape === this.shape;
    const other = this.#options?.data !== data;
    this.shape = shape;
    this.#options = {data, studies, compare, log};
    this.#compute();
    if (other) {
      this.#range = null;
      this.#following = true;
    }
    this.#range ??= this.#latest(FIRST_PLACES);
    if (same && this.#plots.length) {
      this.#redraw();
    } else {
      this.rebuild();
    }
  }

  /** New or changed bars at the end. */
  update() {
    const before = this.#slots.length;
    this.#compute();
    const added = this.#slots.length - before;
    if (this.#following && added > 0) {
      this.#range = this.#range.map((place) => place + added);
    }
    this.#redraw();
  }

  /** Older bars were added at the front: what is visible stays. */
  prepended() {
    const before = this.#slots.length;
    this.#compute();
    const added = this.#slots.length - before;
    this.#range = this.#range.map((place) => place + added);
    this.#redraw();
  }

  /** The legend's values at a place: of the studies, by label. */
  valuesAt(index) {
    return this.#lines.map(({study, label, values, base, color}) => ({name: study.name, study: study.label, text: study.text, label, value: values[index], base, color: this.#colors[color]}));
  }

  slot(index) {
    return this.#slots[index];
  }

  get places() {
    return this.#slots.length;
  }

  /** The part of the bars that is visible, as times, or null if there are none. */
  get visibleBars() {
    const bars = this.#slots.slice(Math.max(0, Math.ceil(this.#range[0])), Math.floor(this.#range[1]) + 1).filter(({bar}) => bar);
    return bars.map(({bar}) => bar);
  }

  /** Shows the bars since a time. */
  showSince(time) {
    const first = this.#times.findIndex((one) => one !== null && one >= time);
    this.#following = true;
    this.#show(first < 0 ? -0.5 : first - 0.5, this.#slots.length - 1 + SPACE_RIGHT);
  }

  /** Makes the visible part larger or smaller around a place, by default its right end. */
  zoom(factor, around = this.#range[1]) {
    const [from, to] = this.#range;
    const size = Math.min(Math.max((to - from) * factor, FEWEST_PLACES), Math.max(FEWEST_PLACES, this.#slots.length + 2 * SPACE_RIGHT));
    const share = (around - from) / (to - from);
    this.#show(around - size * share, around + size * (1 - share));
  }

  /** Moves the visible part by places. */
  pan(places) {
    const [from, to] = this.#range;
    this.#show(from + places, to + places);
  }

  /** Back to the latest bars. */
  reset() {
    this.#range = this.#latest(FIRST_PLACES);
    this.#following = true;
    this.#apply();
  }

  /** Moves the cross-hair by bars; returns its place. */
  step(by) {
    const last = this.#slots.length - 1;
    const start = this.cursor ?? Math.min(last, Math.floor(this.#range[1]));
    const place = Math.min(last, Math.max(0, start + by));
    const [from, to] = this.#range;
    if (place < from || place > to) {
      this.pan(place < from ? place - from - 1 : place - to + 1);
    }
    const plot = this.#plots[0];
    plot?.setCursor({left: plot.valToPos(place, 'x'), top: plot.valToPos(this.#slots[place].bar?.close ?? 0, 'y')});
    this.cursor = place;
    return place;
  }

  #latest(count) {
    const end = this.#slots.length - 1 + SPACE_RIGHT;
    return [Math.max(-0.5, end - count), end];
  }

  #show(from, to) {
    const end = this.#slots.length - 1 + SPACE_RIGHT;
    const size = to - from;
    const right = Math.min(to, end + size / 2);
    this.#range = [Math.max(right - size, -size / 2), Math.max(right, size / 2)];
    this.#following = this.#range[1] >= this.#slots.length - 1;
    this.#apply();
    if (this.#range[0] < OLDER_WITHIN) {
      this.onOlder();
    }
  }

  #apply() {
    const [min, max] = this.#range;
    if (this.#options.compare.length) {
      this.#compute();
      this.#redraw();
      return;
    }
    for (const plot of this.#plots) {
      plot.setScale('x', {min, max});
    }
  }

  #compute() {
    const {data, studies, compare} = this.#options;
    this.#slots = data.slots();
    this.#times = this.#slots.map(({bar}) => bar?.time ?? null);
    this.#lines = [];
    let color = 0;
    for (const study of studies) {
      for (const line of valuesAt(this.#slots, data.bars, study, data.interval)) {
        this.#lines.push({study, ...line, color: study.name === 'boll' ? COLORS[color] : COLORS[color++ % COLORS.length]});
      }
      color += study.name === 'boll' ? 1 : 0;
    }
    for (const other of compare) {
      const {values, base} = rebased(this.#slots, other.bars, Math.max(0, Math.ceil(this.#range?.[0] ?? 0)));
      this.#lines.push({study: {pane: 'price', name: 'compare', label: other.symbol, text: other.symbol, mock: other.mock}, label: other.symbol, values, base, color: COLORS.at(-2 - (compare.indexOf(other) % COLORS.length))});
    }
  }

  #data(pane) {
    const places = this.#slots.map((_, i) => i);
    const lines = this.#lines.filter(({study}) => study.pane === pane).map(({values}) => values);
    if (pane !== 'price') {
      return [places, ...lines];
    }
    const of = (name) => this.#slots.map(({bar}) => bar?.[name] ?? null);
    return [places, of('high'), of('low'), ...lines];
  }

  #paneNames() {
    return ['price', ...['rsi', 'macd'].filter((name) => this.#options.studies.some((one) => one.pane === name))];
  }

  /** Creates all panes anew, as after a change of the indicators or of the colors. */
  rebuild() {
    if (!this.#options) {
      return;
    }
    this.#plots.forEach((plot) => plot.destroy());
    const names = this.#paneNames();
    const heights = this.#heights(names.length);
    this.#axes = this.#wantedAxes();
    const {log, width} = this.#axes;
    this.#plots = names.map((name, i) => createPane(this.#uPlot, this.#host, {
      times: () => this.#times,
      data: this.#data(name),
      series: this.#series(name),
      paint: (u) => this.#paint(u, name),
      over: (u) => this.#paintOver(u, name),
      colors: this.#colors,
      log: name === 'price' && log,
      fixed: name === 'rsi' ? RSI_BOUNDS : null,
      marks: name === 'rsi' ? RSI_MARKS : null,
      last: i === names.length - 1,
      height: heights[i],
      width,
      range: this.#range,
      onCursor: (index) => i === 0 && this.#moved(index),
    }));
  }

  /** Whether a logarithmic scale was chosen that the prices do not allow. */
  get linear() {
    return Boolean(this.#options?.log) && !this.#axes.log;
  }

  /** What the bars allow and need: a logarithmic scale has no place for prices of zero and less; the axis is as wide as the longest price. */
  #wantedAxes() {
    const bars = this.#slots.flatMap(({bar}) => bar ?? []);
    const longest = bars.reduce((text, bar) => (bar.text.high.length > text.length ? bar.text.high : text), '');
    return {
      log: this.#options.log && bars.every((bar) => bar.low > 0),
      width: axisWidth([longest, bars.at(-1)?.text.close ?? ''].map(grouped)),
    };
  }

  #moved(index) {
    this.cursor = index ?? null;
    this.onCursor(index !== null && this.#slots[index] ? index : null);
  }

  #series(pane) {
    const lines = this.#lines.filter(({study}) => study.pane === pane);
    const series = lines.map(({label, color, study}) =>
      label === 'histogram' ? hiddenSeries(label) : lineSeries(label, this.#colors[color], study.name === 'boll' ? [4, 3] : undefined));
    return pane === 'price' ? [hiddenSeries('high'), hiddenSeries('low'), ...series] : series;
  }

  #paint(u, pane) {
    if (pane === 'price') {
      const {data, compare} = this.#options;
      const mock = data.mock || compare.some((one) => one.mock);
      paintCandles(u, {slots: this.#slots, colors: this.#colors, flagged: (bar) => data.quality.length > 0 && data.flagsAt(bar).length > 0, mock});
      return;
    }
    const {study} = this.#lines.find((line) => line.study.pane === pane);
    paintTitle(u, study.title, this.#colors);
    if (pane === 'macd') {
      paintHistogram(u, this.#lines.find(({label}) => label === 'histogram').values, this.#colors);
    }
  }

  #paintOver(u, pane) {
    const last = this.#slots.at(-1)?.bar;
    if (pane === 'price' && last) {
      paintLast(u, last, grouped(last.text.close), this.#colors);
    }
  }

  #heights(count) {
    const whole = Math.max(160, this.#host.clientHeight);
    const small = Math.max(LEAST_PANE, Math.round(whole * PANE_SHARE));
    return [whole - small * (count - 1), ...new Array(count - 1).fill(small)];
  }

  #resize() {
    const heights = this.#heights(this.#plots.length);
    const width = Math.max(50, this.#host.clientWidth);
    this.#plots.forEach((plot, i) => {
      if (plot.width !== width || plot.height !== heights[i]) {
        plot.setSize({width, height: heights[i]});
      }
    });
  }

  /** Draws the bars as they are now; the panes are created anew if their axes do not fit any more. An axis does not become narrower by itself. */
  #redraw() {
    const {log, width} = this.#wantedAxes();
    if (log !== this.#axes.log || width > this.#axes.width) {
      this.rebuild();
      return;
    }
    const names = this.#paneNames();
    const [min, max] = this.#range;
    this.#plots.forEach((plot, i) => plot.batch(() => {
      plot.setData(this.#data(names[i]), false);
      plot.setScale('x', {min, max});
    }));
  }

  #placeAt(clientX) {
    const plot = this.#plots[0];
    const box = plot.over.getBoundingClientRect();
    return plot.posToVal(clientX - box.left, 'x');
  }

  #listen() {
    const host = this.#host;
    host.addEventListener('wheel', (event) => {
      if (!this.#plots.length || event.ctrlKey) {
        return;
      }
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        this.pan((event.deltaX / host.clientWidth) * (this.#range[1] - this.#range[0]));
      } else {
        this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, this.#placeAt(event.clientX));
      }
    }, {passive: false});
    host.addEventListener('pointerdown', (event) => {
      if (event.button === 0 && this.#plots.length) {
        this.#pointers.set(event.pointerId, event.clientX);
      }
    });
    host.addEventListener('pointermove', (event) => this.#dragged(event));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
      host.addEventListener(end, (event) => this.#pointers.delete(event.pointerId));
    }
    host.addEventListener('dblclick', () => this.reset());
  }

  /** One pointer moves the bars, two change their size. */
  #dragged(event) {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) {
      return;
    }
    const plot = this.#plots[0];
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId);
    this.#pointers.set(event.pointerId, event.clientX);
    if (others.length === 0) {
      this.pan(plot.posToVal(before, 'x') - plot.posToVal(event.clientX, 'x'));
    } else {
      const fixed = others[0][1];
      const factor = Math.abs(before - fixed) / Math.max(1, Math.abs(event.clientX - fixed));
      this.zoom(factor, this.#placeAt(fixed));
    }
  }
}
