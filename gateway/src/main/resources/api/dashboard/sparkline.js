// A small line of prices without axes. Its first price is the reference: above it is up, below it is down.

import {html} from '../assets/preact.js';

const WIDTH = 64;
const HEIGHT = 20;

/** The path of prices in a box of 64 by 20. */
export function sparkPath(prices) {
  if (prices.length < 2) {
    return '';
  }
  const low = Math.min(...prices);
  const span = Math.max(...prices) - low || 1;
  return prices
    .map((price, i) => {
      const x = 1 + (i * (WIDTH - 2)) / (prices.length - 1);
      const y = HEIGHT - 2 - ((price - low) * (HEIGHT - 4)) / span;
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** The element; its path is set from outside while prices change. */
export const Sparkline = ({pathRef}) => html`
  <svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
    <path ref=${pathRef} d="" />
  </svg>`;
