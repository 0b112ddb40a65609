// State that is read again and again while its page is visible.

import {useEffect, useState} from '../assets/preact.js';
import {get} from './api.js';

/** The JSON at a path, read now and every `millis`; the last one is kept while requests fail. */
export function usePolled(path, millis) {
  const [state, setState] = useState({body: null, before: null, problem: null, at: 0, beforeAt: 0});
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    const read = async () => {
      if (!document.hidden) {
        try {
          const body = await get(path, {signal: abort.signal});
          const at = performance.now();
          setState((old) => ({body, before: old.body, problem: null, at, beforeAt: old.at}));
        } catch (problem) {
          if (problem.name === 'AbortError') {
            return;
          }
          setState((old) => ({...old, problem}));
        }
      }
      timer = setTimeout(read, millis);
    };
    read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path, millis]);
  return state;
}
