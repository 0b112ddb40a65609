// Says so when the gateway cannot be reached, and when the numbers are live again.

import {html, useEffect, useState} from '../assets/preact.js';

const SHOWN_MILLIS = 4_000;

/** A line below the header; nothing while all is well. */
export function StreamState({connection, onRetry}) {
  const [now, setNow] = useState(Date.now());
  const [back, setBack] = useState(false);
  useEffect(() => {
    if (connection.name === 'lost') {
      const timer = setInterval(() => setNow(Date.now()), 500);
      return () => clearInterval(timer);
    }
    if (connection.name === 'open' && connection.interrupted) {
      setBack(true);
      const timer = setTimeout(() => setBack(false), SHOWN_MILLIS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [connection]);
  if (connection.name === 'lost') {
    const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1000));
    return html`
      <p class="notice lost" role="alert"><span>The gateway cannot be reached since ${new Date(connection.since).toLocaleTimeString()}. The numbers below are the last known.
        Next attempt in <span class="seconds">${seconds}</span> s.</span> <button type="button" onClick=${onRetry}>Try now</button></p>`;
  }
  return back && html`<p class="notice back" role="status">Connected again. The numbers are up to date.</p>`;
}
