// Draws what uPlot has no series for: candles, volume, gaps, flags and the watermark of mock data. Onto its canvas, in its pixels.

const BODY = 0.7;
const VOLUME_SHARE = 0.18;
const HATCH = 6;

/** The colors of the page's style sheet, which follow the system's scheme. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(
    ['ground', 'line', 'ink', 'quiet', 'up', 'down', 'accent', 'mock', 'flag', 'study1', 'study2', 'study3', 'study4', 'study5', 'study6']
      .map((name) => [name, color(name)]),
  );
}

/** The bar's color; rising bars are hollow besides, so that color is not all that tells. */
const colorOf = (bar, colors) => (bar.close >= bar.open ? colors.up : colors.down);

/** Width of a place in canvas pixels. */
const placeWidth = (u) => Math.abs(u.valToPos(1, 'x', true) - u.valToPos(0, 'x', true));

function visible(u, slots) {
  const from = Math.max(0, Math.floor(u.scales.x.min));
  const to = Math.min(slots.length - 1, Math.ceil(u.scales.x.max));
  return [from, to];
}

/** All of a price pane that stands behind the lines of indicators. */
export function paintCandles(u, {slots, colors, flagged, mock}) {
  const {ctx} = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  if (mock) {
    paintWatermark(u, colors);
  }
  const [from, to] = visible(u, slots);
  const width = placeWidth(u);
  const most = slots.slice(from, to + 1).reduce((max, {bar}) => Math.max(max, bar?.volume ?? 0), 0);
  for (let i = from; i <= to; i++) {
    const x = u.valToPos(i, 'x', true);
    const {bar} = slots[i];
    if (!bar) {
      paintGap(u, x, width, colors);
    } else {
      paintVolume(u, bar, x, width, most, colors);
      paintCandle(u, bar, x, width, colors);
      if (flagged(bar)) {
        paintFlag(u, bar, x, colors);
      }
    }
  }
  ctx.restore();
}

function paintCandle(u, bar, x, width, colors) {
  const {ctx} = u;
  const y = (value) => u.valToPos(value, 'y', true);
  const body = Math.max(1, Math.floor(width * BODY));
  const left = Math.round(x - body / 2);
  const top = y(Math.max(bar.open, bar.close));
  const height = Math.max(1, y(Math.min(bar.open, bar.close)) - top);
  const ratio = devicePixelRatio || 1;
  const wick = Math.max(1, Math.round(ratio));
  ctx.globalAlpha = bar.complete ? 1 : 0.55;
  ctx.fillStyle = colorOf(bar, colors);
  const middle = Math.round(x - wick / 2);
  ctx.fillRect(middle, y(bar.high), wick, top - y(bar.high));
  ctx.fillRect(middle, top + height, wick, y(bar.low) - top - height);
  ctx.fillRect(left, top, body, height);
  const hollow = bar.close >= bar.open && body >= 4 * ratio && height > 2 * wick;
  if (hollow) {
    ctx.fillStyle = colors.ground;
    ctx.globalAlpha = 1;
    ctx.fillRect(left + wick, top + wick, body - 2 * wick, height - 2 * wick);
  }
  ctx.globalAlpha = 1;
}

function paintVolume(u, bar, x, width, most, colors) {
  if (!(most > 0) || !bar.volume) {
    return;
  }
  const {ctx, bbox} = u;
  const body = Math.max(1, Math.floor(width * BODY));
  const height = Math.max(1, (bar.volume / most) * bbox.height * VOLUME_SHARE);
  ctx.globalAlpha = 0.28;
  ctx.fillStyle = colorOf(bar, colors);
  ctx.fillRect(Math.round(x - body / 2), bbox.top + bbox.height - height, body, height);
  ctx.globalAlpha = 1;
}

/** A hatched place: bars are missing here. */
function paintGap(u, x, width, colors) {
  const {ctx, bbox} = u;
  const left = x - width / 2;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = 0.5;
  ctx.strokeStyle = colors.quiet;
  ctx.lineWidth = 1;
  ctx.beginPath();
  const first = Math.floor((left + bbox.top) / HATCH) * HATCH;
  for (let sum = first; sum < left + width + bbox.top + bbox.height; sum += HATCH) {
    ctx.moveTo(left, sum - left);
    ctx.lineTo(left + width, sum - left - width);
  }
  ctx.stroke();
  ctx.restore();
}

/** A mark above a bar that the gateway finds doubtful. */
function paintFlag(u, bar, x, colors) {
  const {ctx} = u;
  const size = 5 * (devicePixelRatio || 1);
  const y = u.valToPos(bar.high, 'y', true) - size;
  ctx.fillStyle = colors.flag;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x - size, y - size * 1.6);
  ctx.lineTo(x + size, y - size * 1.6);
  ctx.fill();
}

function paintWatermark(u, colors) {
  const {ctx, bbox} = u;
  const size = Math.round(Math.min(bbox.width / 8, bbox.height / 4));
  ctx.save();
  ctx.globalAlpha = 0.11;
  ctx.fillStyle = colors.mock;
  ctx.font = `700 ${size}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText('MOCK DATA', bbox.left + bbox.width / 2, bbox.top + bbox.height * 0.45);
  ctx.restore();
}

/** The last price as a dashed line, with its text on the axis. */
export function paintLast(u, bar, text, colors) {
  const {ctx, bbox} = u;
  const ratio = devicePixelRatio || 1;
  const y = Math.round(u.valToPos(bar.close, 'y', true));
  if (y < bbox.top || y > bbox.top + bbox.height) {
    return;
  }
  ctx.save();
  ctx.strokeStyle = colorOf(bar, colors);
  ctx.fillStyle = colorOf(bar, colors);
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y + 0.5);
  ctx.lineTo(bbox.left + bbox.width, y + 0.5);
  ctx.stroke();
  const height = 18 * ratio;
  const left = bbox.left + bbox.width;
  ctx.fillRect(left, y - height / 2, ctx.canvas.width - left, height);
  ctx.fillStyle = colors.ground;
  ctx.font = `600 ${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, left + 6 * ratio, y + ratio);
  ctx.restore();
}

/** The name of a pane, at its left. */
export function paintTitle(u, text, colors) {
  const {ctx, bbox} = u;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.fillStyle = colors.quiet;
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.fillText(text, bbox.left + 12 * ratio, bbox.top + ratio);
  ctx.restore();
}

/** Bars around zero, as of MACD. */
export function paintHistogram(u, values, colors) {
  const {ctx, bbox} = u;
  const zero = u.valToPos(0, 'y', true);
  const width = Math.max(1, Math.floor(placeWidth(u) * BODY));
  const [from, to] = visible(u, values);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = 0.5;
  for (let i = from; i <= to; i++) {
    if (values[i] !== null) {
      const y = u.valToPos(values[i], 'y', true);
      ctx.fillStyle = values[i] >= 0 ? colors.up : colors.down;
      ctx.fillRect(Math.round(u.valToPos(i, 'x', true) - width / 2), Math.min(y, zero), width, Math.max(1, Math.abs(zero - y)));
    }
  }
  ctx.restore();
}
