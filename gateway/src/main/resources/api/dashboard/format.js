// Text for numbers and times. Prices stay the decimal strings that the gateway sent: only geometry and percentages are computed.

const MINUS = '\u2212';

/** A decimal string with its whole part in groups of three, every digit kept. */
export function grouped(text) {
  if (text === null || text === undefined) {
    return '\u2013';
  }
  const [whole, fraction] = String(text).split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', MINUS);
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/** A change as a signed percentage, or a dash where there is nothing to compare with. Prices may be negative. */
export function percent(now, before) {
  const ratio = (Number(now) - Number(before)) / Math.abs(Number(before));
  if (!Number.isFinite(ratio)) {
    return '\u2013';
  }
  const text = Math.abs(ratio * 100).toFixed(2);
  return text === '0.00' ? '0.00 %' : `${ratio > 0 ? '+' : MINUS}${text} %`;
}

/** How long ago, in one unit: 4s, 12m, 3h, 2d. */
export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) {
    return `${seconds}s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)}m`;
  }
  return seconds < 172800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86400)}d`;
}

/** A quantity in at most four digits: 1.25K, 42.6M. */
export function compact(value) {
  const number = Number(value);
  if (value === null || value === undefined || !Number.isFinite(number)) {
    return '\u2013';
  }
  for (const [limit, unit] of [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'K']]) {
    if (Math.abs(number) >= limit) {
      return `${(number / limit).toPrecision(3)}${unit}`;
    }
  }
  return number >= 100 ? number.toFixed(0) : String(Number(number.toPrecision(3)));
}

/** A size in as many decimals as others at such a price have, so that they align below each other. */
export function sizeText(value, price) {
  const digits = Math.min(8, Math.max(0, Math.floor(Math.log10(Math.abs(price))) - 1));
  const number = Number(value);
  const text = number.toFixed(digits);
  return number >= 100_000 || Number(text) === 0 ? compact(value) : text;
}

/** An RFC 3339 time with milliseconds at most, in which lines can break. */
export const moment = (text) => text?.replace('T', ' ').replace(/(\.\d{1,3})\d*Z$|Z$/, (_, fraction = '') => `${fraction} UTC`);

/** A duration in seconds as µs, ms or s. */
export function duration(seconds) {
  const number = Number(seconds);
  if (number < 0.001) {
    return `${Math.round(number * 1e6)} \u00b5s`;
  }
  return number < 1 ? `${(number * 1000).toFixed(number < 0.1 ? 1 : 0)} ms` : `${number.toFixed(2)} s`;
}

/** The whole seconds of a period as words: 1 min, 24 h. */
export function period(seconds) {
  if (seconds % 86400 === 0) {
    return seconds === 86400 ? 'day' : `${seconds / 86400} days`;
  }
  if (seconds % 3600 === 0) {
    return seconds === 3600 ? 'hour' : `${seconds / 3600} h`;
  }
  if (seconds % 60 === 0) {
    return seconds === 60 ? 'minute' : `${seconds / 60} min`;
  }
  return seconds === 1 ? 'second' : `${seconds} s`;
}

/** A time in UTC, to the minute or, with `seconds`, to the second. */
export function utc(millis, seconds = false) {
  return new Date(millis).toISOString().slice(0, seconds ? 19 : 16).replace('T', ' ');
}

/** The clock time of an RFC 3339 text, in UTC. */
export const clock = (text) => (text ? text.slice(11, 19) : '');

/** The direction of a change, as the name of a style. */
export function direction(now, before) {
  const difference = Number(now) - Number(before);
  return difference > 0 ? 'up' : difference < 0 ? 'down' : 'flat';
}

/** A problem document, or any other error, as a sentence; its title only if the detail does not say the same. */
export function inWords({title, detail, message}) {
  if (!detail) {
    return title ?? message;
  }
  return detail.toLowerCase().startsWith(title.toLowerCase()) ? detail[0].toUpperCase() + detail.slice(1) : `${title}: ${detail}`;
}

/** A text as it is written in HTML. */
export const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
