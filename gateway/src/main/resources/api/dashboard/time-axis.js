// Labels of a time axis whose places are bars, not hours: a label stands where a new hour, day, month or year begins.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const monthsOf = (time) => {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

const KEYS = [
  ...STEPS.map((step) => (time) => Math.floor(time / step)),
  (time) => monthsOf(time),
  (time) => Math.floor(monthsOf(time) / 3),
  (time) => Math.floor(monthsOf(time) / 12),
  (time) => Math.floor(monthsOf(time) / 60),
];

/** Of the distance between labels that fill the axis evenly, the part that must lie between any two. */
const LEAST_DISTANCE = 0.6;

/** The places without those that follow another one too closely, as where days are without bars. */
function spaced(places, least) {
  let last = -Infinity;
  return places.filter((place) => {
    const far = place - last >= least;
    last = far ? place : last;
    return far;
  });
}

/** The places between `from` and `to` at which labels stand, at most `most` of them. */
export function labelPlaces(times, from, to, most) {
  const first = Math.max(0, Math.ceil(from));
  const last = Math.min(times.length - 1, Math.floor(to));
  for (const key of KEYS) {
    const places = [];
    for (let i = Math.max(1, first); i <= last && places.length <= most; i++) {
      if (times[i] !== null && times[i - 1] !== null && key(times[i]) !== key(times[i - 1])) {
        places.push(i);
      }
    }
    if (places.length <= most) {
      return spaced(places, ((to - from) / most) * LEAST_DISTANCE);
    }
  }
  return [];
}

/** The label of a time: its year, month, day or clock time, whichever begins with it. */
export function timeLabel(time, before) {
  const date = new Date(time);
  const old = new Date(before);
  if (date.getUTCFullYear() !== old.getUTCFullYear()) {
    return String(date.getUTCFullYear());
  }
  if (date.getUTCMonth() !== old.getUTCMonth()) {
    return MONTHS[date.getUTCMonth()];
  }
  if (date.getUTCDate() !== old.getUTCDate()) {
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  }
  return date.toISOString().slice(11, 16);
}

/** Round numbers between two prices, about `count` of them. */
export function roundNumbers(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) {
    return [];
  }
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5, 10].find((factor) => unit * factor >= rough) ?? 10);
  const numbers = [];
  for (let i = Math.ceil(low / step); i * step <= high && numbers.length < 50; i++) {
    numbers.push(Number((i * step).toPrecision(12)));
  }
  return numbers;
}
