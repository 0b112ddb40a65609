// The panes of a chart, each a uPlot instance with the same places on its time axis: prices, and below them RSI and MACD.

import {grouped, utc} from './format.js';
import {address} from './api.js';
import {labelPlaces, roundNumbers, timeLabel} from './time-axis.js';

const LEAST_AXIS_WIDTH = 72;
const AXIS_PADDING = 12;
const TIME_HEIGHT = 24;
const LABEL_WIDTH = 78;
const LABEL_HEIGHT = 44;

/** A label nearer to the left edge would be cut. */
const LABEL_EDGE = 24;
const FONT = '11px system-ui, sans-serif';
const LAST_FONT = `600 ${FONT}`;
const PADDING = 0.06;

let loading = null;

/** Loads uPlot and its style, once; the page paints before. */
export function loadPlot() {
  loading ??= new Promise((resolve, reject) => {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = address('assets/uplot.css');
    const script = document.createElement('script');
    script.src = address('assets/uplot.js');
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => reject(new Error('uplot.js could not be loaded'));
    document.head.append(style, script);
  });
  return loading;
}

/** Digits after the point that tell a chart's prices apart. */
function digits(low, high) {
  const step = (high - low) / 8;
  return step > 0 ? Math.min(8, Math.max(0, Math.ceil(-Math.log10(step)))) : 2;
}

/** The scale's bounds around the values in sight. */
function bounds(log, fixed) {
  return (_, low, high) => {
    if (fixed) {
      return fixed;
    }
    if (!Number.isFinite(low) || !Number.isFinite(high)) {
      return [0, 1];
    }
    if (log && low > 0) {
      const factor = (high / low) ** PADDING * 1.0001;
      return [low / factor, high * factor];
    }
    const pad = (high - low || Math.abs(high) * 0.01 || 1) * PADDING;
    return [low - pad, high + pad];
  };
}

/** The width that the texts of prices need beside a chart, in pixels. */
export function axisWidth(texts) {
  const context = document.createElement('canvas').getContext('2d');
  context.font = LAST_FONT;
  return Math.max(LEAST_AXIS_WIDTH, ...texts.map((text) => Math.ceil(context.measureText(text).width) + AXIS_PADDING));
}

const priceText = (u, value) => grouped(value.toFixed(digits(u.scales.y.min, u.scales.y.max)));

/** The price, in the pane that the cross-hair is in, and the time, in the pane with the time axis, on the axes. */
function cursorLabels(times, last) {
  const price = document.createElement('div');
  const time = document.createElement('div');
  price.className = 'at-cursor price-at';
  time.className = 'at-cursor time-at';
  price.hidden = true;
  time.hidden = true;
  return {
    ready: (u) => u.over.parentElement.append(price, ...(last ? [time] : [])),
    moved: (u) => {
      const {left, top, idx} = u.cursor;
      const {offsetLeft, offsetTop, clientWidth, clientHeight} = u.over;
      price.hidden = !(top >= 0 && top <= clientHeight);
      time.hidden = !(left >= 0) || !times()[idx];
      if (!price.hidden) {
        price.textContent = priceText(u, u.posToVal(top, 'y'));
        price.style.transform = `translate(${offsetLeft + clientWidth}px, ${offsetTop + top}px) translateY(-50%)`;
      }
      if (!time.hidden) {
        time.textContent = utc(times()[idx]);
        time.style.transform = `translate(${Math.max(time.offsetWidth / 2, offsetLeft + left)}px, ${offsetTop + clientHeight}px) translateX(-50%)`;
      }
    },
  };
}

function axes({times, colors, last, fixed, width}) {
  const common = {font: FONT, stroke: colors.quiet, grid: {stroke: colors.line, width: 1}, ticks: {show: false}};
  return [
    {
      ...common,
      show: last,
      size: TIME_HEIGHT,
      gap: 4,
      splits: (u, _, from, to) => labelPlaces(times(), from, to, Math.max(2, u.width / LABEL_WIDTH)),
      values: (u, places) => places.map((i) => (u.valToPos(i, 'x') < LABEL_EDGE ? '' : timeLabel(times()[i], times()[i - 1]))),
    },
    {
      ...common,
      side: 1,
      size: width,
      gap: 6,
      splits: (u, _, low, high) => fixed ?? roundNumbers(low, high, u.height / LABEL_HEIGHT),
      filter: (_, splits) => splits,
      values: (u, splits) => splits.map((value) => priceText(u, value)),
    },
  ];
}

/**
 * Creates a pane.
 *
 * @param options `times()` the times of the places, `series` uPlot's without the first, `paint(u)` what stands behind
 *     them, `over(u)` what stands before them, `log`, `fixed` and `marks` for bounds and labels that do not follow the data, `last` for the one with the time axis,
 *     `width` of the axis with prices
 */
export function createPane(uPlot, host, options) {
  const {times, series, data, paint, over, colors, log = false, fixed = null, marks = null, last = true, height, width, onCursor, range} = options;
  const labels = cursorLabels(times, last);
  const plot = new uPlot(
    {
      width: Math.max(50, host.clientWidth),
      height,
      pxAlign: 1,
      legend: {show: false},
      padding: [8, 0, last ? 0 : 8, 0],
      scales: {
        x: {time: false, auto: false, min: range[0], max: range[1], range: (u, from, to) => [from ?? u.scales.x.min, to ?? u.scales.x.max]},
        y: {distr: log ? 3 : 1, range: bounds(log, fixed)},
      },
      axes: axes({times, colors, last, fixed: marks, width}),
      series: [{}, ...series],
      cursor: {sync: {key: 'chart', setSeries: false, match: [(one, other) => one === other, () => false]}, drag: {x: false, y: false}, points: {show: false}, y: true},
      hooks: {ready: [labels.ready], drawAxes: [paint], draw: [over], setCursor: [labels.moved, (u) => onCursor(u.cursor.idx)]},
    },
    data,
    host,
  );
  return plot;
}

/** A line of an indicator. */
export const lineSeries = (label, color, dash) => ({
  label,
  stroke: color,
  width: 1.5,
  dash,
  points: {show: false},
  spanGaps: true,
});

/** Values that set the bounds of the scale and are drawn otherwise. */
export const hiddenSeries = (label) => ({label, stroke: 'transparent', width: 0, points: {show: false}, paths: () => null});
