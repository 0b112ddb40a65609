// Labels that say what a number is, or why there is none. Each has a word, none is a color alone.

const MEANING = {
  mock: 'Simulated data: not a price of any market',
  live: 'From the provider',
  replay: 'Played back from a recording',
  stale: 'Older than usual; the last value that is known',
  flagged: 'The gateway found something doubtful',
  down: 'The provider delivers nothing at present',
  unknown: 'The gateway does not know this symbol',
  ambiguous: 'Several instruments have this symbol',
};

/** The labels of problems with the symbol; any other is the provider's. */
const CAUSES = {
  'unknown-instrument': 'unknown',
  'unknown-provider': 'unknown',
  'ambiguous-instrument': 'ambiguous',
};

/** The label of a problem document. */
export const labelOf = (problem) => CAUSES[problem.type?.split('/').at(-1)] ?? 'down';

/** What a label says about any number. */
export const meaning = (name) => MEANING[name] ?? '';

/** What a label says about an entry of the watch list. */
export function detail(name, entry) {
  switch (name) {
    case 'mock':
      return `${MEANING.mock}${entry?.reason ? ` (${entry.reason})` : ''}`;
    case 'flagged':
      return entry?.quote?.quality.map((flag) => `${flag.code}: ${flag.detail}`).join('\n');
    default:
      return entry?.problem && labelOf(entry.problem) === name ? entry.problem.detail : MEANING[name];
  }
}
