// Technical indicators. Pure: arrays in, arrays of the same length out, with null where there is no value yet.

/** The arithmetic mean of the last `length` values. */
export function sma(values, length) {
  let sum = 0;
  return values.map((value, i) => {
    sum += value - (i >= length ? values[i - length] : 0);
    return i < length - 1 ? null : sum / length;
  });
}

/** Exponential moving average with the factor 2 / (length + 1), begun with the mean of the first `length` values. */
export function ema(values, length) {
  const factor = 2 / (length + 1);
  const result = new Array(values.length).fill(null);
  let average = 0;
  for (let i = 0; i < values.length; i++) {
    if (i < length) {
      average += values[i] / length;
    } else {
      average += factor * (values[i] - average);
    }
    if (i >= length - 1) {
      result[i] = average;
    }
  }
  return result;
}

/** Relative strength index by Wilder's smoothing, 0 to 100. */
export function rsi(values, length) {
  const result = new Array(values.length).fill(null);
  let gain = 0;
  let loss = 0;
  for (let i = 1; i < values.length; i++) {
    const change = values[i] - values[i - 1];
    const up = Math.max(0, change);
    const down = Math.max(0, -change);
    if (i <= length) {
      gain += up / length;
      loss += down / length;
    } else {
      gain += (up - gain) / length;
      loss += (down - loss) / length;
    }
    if (i >= length) {
      result[i] = loss === 0 ? (gain === 0 ? 50 : 100) : 100 - 100 / (1 + gain / loss);
    }
  }
  return result;
}

/** MACD: the difference of two EMAs, its own EMA as the signal, and the difference of both. */
export function macd(values, fast = 12, slow = 26, smoothing = 9) {
  const quick = ema(values, fast);
  const slower = ema(values, slow);
  const line = values.map((_, i) => (slower[i] === null ? null : quick[i] - slower[i]));
  const first = line.findIndex((value) => value !== null);
  const signal = new Array(values.length).fill(null);
  if (first >= 0) {
    ema(line.slice(first), smoothing).forEach((value, i) => {
      signal[first + i] = value;
    });
  }
  const histogram = line.map((value, i) => (signal[i] === null ? null : value - signal[i]));
  return {line, signal, histogram};
}

/** Bollinger bands: the mean of `length` values, and `width` standard deviations (of the population) around it. */
export function bollinger(values, length = 20, width = 2) {
  const middle = sma(values, length);
  const spread = values.map((_, i) => {
    if (middle[i] === null) {
      return null;
    }
    let squares = 0;
    for (let j = i - length + 1; j <= i; j++) {
      squares += (values[j] - middle[i]) ** 2;
    }
    return width * Math.sqrt(squares / length);
  });
  return {
    middle,
    upper: middle.map((value, i) => (value === null ? null : value + spread[i])),
    lower: middle.map((value, i) => (value === null ? null : value - spread[i])),
  };
}

/**
 * Volume-weighted average of the typical price (high + low + close) / 3, begun anew with each session.
 *
 * @param bars with `time`, `high`, `low`, `close` and `volume`
 * @param sessionOf the session of a time, compared by ===
 */
export function vwap(bars, sessionOf) {
  let session = null;
  let value = 0;
  let volume = 0;
  return bars.map((bar) => {
    const current = sessionOf(bar.time);
    if (current !== session) {
      session = current;
      value = 0;
      volume = 0;
    }
    value += ((bar.high + bar.low + bar.close) / 3) * bar.volume;
    volume += bar.volume;
    return volume > 0 ? value / volume : null;
  });
}

/**
 * The closes of other bars at the times of the slots' bars, so that both begin at the same place, at `from` or after it, and a
 * change is as large in percent as the other symbol's. Prices may be negative. `base` is where both begin.
 */
export function rebased(slots, others, from) {
  const byTime = new Map(others.map((bar) => [bar.time, bar.close]));
  const start = slots.findIndex(({bar}, i) => i >= from && bar && byTime.get(bar.time)); // not from zero, of which nothing is a percentage
  if (start < 0) {
    return {values: slots.map(() => null), base: 1};
  }
  const base = slots[start].bar.close;
  const first = byTime.get(slots[start].bar.time);
  const values = slots.map(({bar}) => (bar && byTime.has(bar.time) ? base + (Math.abs(base) * (byTime.get(bar.time) - first)) / Math.abs(first) : null));
  return {values, base};
}
