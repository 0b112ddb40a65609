// Labels that say what a number is: mock, live, replay, stale, flagged, down. Each has a word, none is a color alone.

const MEANING = {
  mock: 'Simulated data: not a price of any market',
  live: 'From the provider',
  replay: 'Played back from a recording',
  stale: 'Older than usual; the last value that is known',
  flagged: 'The gateway found something doubtful',
  down: 'The provider delivers nothing at present',
};

/** What a label says about any number. */
export const meaning = (name) => MEANING[name] ?? '';

/** What a label says about an entry of the watch list. */
export function detail(name, entry) {
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
