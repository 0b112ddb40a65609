// Labels that say what a number is: mock, live, replay, stale, flagged, down. Each has a word, none is a color alone.

import {html} from '../assets/preact.js';

const MEANING = {
  mock: 'Simulated data: not a price of any market',
  live: 'From the provider',
  replay: 'Played back from a recording',
  stale: 'Older than usual; the last value that is known',
  flagged: 'The gateway found something doubtful',
  down: 'The provider delivers nothing at present',
};

/** One label. */
export const Badge = ({name, title, words}) =>
  html`<span class=${`badge ${name}`} title=${title ?? MEANING[name] ?? ''}>${words ?? name}</span>`;

/** The labels of an entry of the watch list, and what the flags say. */
export const Badges = ({names, entry}) =>
  names.map((name) => html`<${Badge} key=${name} name=${name} title=${detail(name, entry)} />`);

function detail(name, entry) {
  switch (name) {
    case 'mock':
      return `${MEANING.mock}${entry?.reason ? ` (${entry.reason})` : ''}`;
    case 'flagged':
      return entry?.quote?.quality.map((flag) => `${flag.code}: ${flag.detail}`).join('\n');
    case 'down':
      return entry?.problem?.detail ?? MEANING.down;
    default:
      return MEANING[name];
  }
}
