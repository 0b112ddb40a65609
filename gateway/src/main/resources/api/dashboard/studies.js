// The indicators that a chart can show, by the text that stands for them in the address: sma:20, boll:20:2, rsi:14.

import {bollinger, ema, macd, rsi, sma, vwap} from './indicators.js';

const DAY_MILLIS = 86_400_000;

/** Sessions begin at midnight UTC; bars of days and longer are averaged by month. */
const sessionOf = (interval) => (/[dwM]$/.test(interval)
  ? (time) => new Date(time).toISOString().slice(0, 7)
  : (time) => Math.floor(time / DAY_MILLIS));

const closes = (bars) => bars.map((bar) => bar.close);

/** Each: its label, its numbers, its pane, and its lines from bars. */
export const STUDIES = {
  sma: {label: 'SMA', defaults: [20], pane: 'price', lines: (bars, [n]) => ({SMA: sma(closes(bars), n)})},
  ema: {label: 'EMA', defaults: [50], pane: 'price', lines: (bars, [n]) => ({EMA: ema(closes(bars), n)})},
  boll: {
    label: 'Bollinger',
    defaults: [20, 2],
    pane: 'price',
    lines: (bars, [n, width]) => {
      const {middle, upper, lower} = bollinger(closes(bars), n, width);
      return {upper, middle, lower};
    },
  },
  vwap: {label: 'VWAP', defaults: [], pane: 'price', lines: (bars, _, interval) => ({VWAP: vwap(bars, sessionOf(interval))})},
  rsi: {label: 'RSI', defaults: [14], pane: 'rsi', lines: (bars, [n]) => ({RSI: rsi(closes(bars), n)})},
  macd: {
    label: 'MACD',
    defaults: [12, 26, 9],
    pane: 'macd',
    lines: (bars, [fast, slow, smoothing]) => {
      const {line, signal, histogram} = macd(closes(bars), fast, slow, smoothing);
      return {MACD: line, signal, histogram};
    },
  },
};

/** The longest length of an indicator. */
const MAX_LENGTH = 500;

/** A study from its text, or null if there is none of that name. */
export function study(text) {
  const [name, ...given] = text.split(':');
  const kind = STUDIES[name];
  if (!kind) {
    return null;
  }
  const numbers = kind.defaults.map((number, i) => {
    const wanted = Number(given[i]);
    return wanted >= 1 && wanted <= MAX_LENGTH ? wanted : number;
  });
  return {text: [name, ...numbers].join(':'), name, numbers, label: kind.label, title: [kind.label, ...numbers].join(' '), lines: kind.lines, pane: kind.pane};
}

/** The values of a study at the places of a chart, with null at places without a bar. */
export function valuesAt(slots, bars, one, interval) {
  const lines = one.lines(bars, one.numbers, interval);
  return Object.entries(lines).map(([label, values]) => {
    let next = 0;
    return {label, values: slots.map(({bar}) => (bar ? values[next++] : null))};
  });
}
