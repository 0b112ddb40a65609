// Parts of the page that are loaded when they are shown for the first time, so that the first prices need not wait for them.

import {html, useEffect, useState} from '../assets/preact.js';

let painted = false;

/** False while a component is built for the first paint of the page: what costs time and is not needed for prices follows after that. */
export function usePainted() {
  const [known, setKnown] = useState(painted);
  useEffect(() => {
    painted = true;
    setKnown(true);
  }, []);
  return known;
}

/** A component from another module: `load()` imports it, `name` is its export. Empty until it is there. */
export function lazy(load, name) {
  let loaded = null;
  return function Lazy(props) {
    const [state, setState] = useState('loading');
    useEffect(() => {
      if (!loaded) {
        load().then((module) => {
          loaded = module[name];
          setState('loaded');
        }, () => setState('failed'));
      }
    }, []);
    // The gateway may have been replaced by another version, which has other files.
    return state === 'failed'
      ? html`<p class="empty">This part could not be loaded. <button type="button" onClick=${() => location.reload()}>Load the page again</button></p>`
      : loaded && html`<${loaded} ...${props} />`;
  };
}
