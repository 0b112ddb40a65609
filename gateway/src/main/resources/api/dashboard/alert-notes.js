// What the page does when an alert fires: a note on the page, the number of unseen ones in its title, and the browser's own
// notification if the user has allowed it.

import {html, useEffect, useState} from '../assets/preact.js';
import {AlertFeed} from './alert-feed.js';
import {Badge} from './badges.js';
import {clock} from './format.js';
import {showInTitle} from './page-title.js';

const MOST = 4;

const listeners = new Set();
let shown = [];

function tell(firings) {
  shown = firings;
  showInTitle({alerts: shown.length});
  listeners.forEach((listener) => listener(shown));
}

const dismiss = (id) => tell(shown.filter((firing) => firing.id !== id));

function notify(firing) {
  if ('Notification' in window && Notification.permission === 'granted') {
    new Notification(firing.text, {body: firing.note, tag: firing.id, icon: 'assets/mark.svg'});
  }
}

/** Calls `listener` after each firing; returns how to stop that. */
export function onFiring(listener) {
  const after = () => listener();
  listeners.add(after);
  return () => listeners.delete(after);
}

export const alertFeed = new AlertFeed((firing) => {
  if (!shown.some((one) => one.id === firing.id)) {
    tell([firing, ...shown]);
    notify(firing);
  }
});
alertFeed.start();

/** The firings that the user has not dismissed. */
export function AlertNotes() {
  const [firings, setFirings] = useState(shown);
  useEffect(() => {
    listeners.add(setFirings);
    return () => listeners.delete(setFirings);
  }, []);
  return html`
    <div class="toasts" role="log" aria-live="assertive" aria-label="Alerts that have fired">
      ${firings.slice(0, MOST).map((firing) => html`
        <div class="toast" key=${firing.id}>
          <p><time>${clock(firing.at)}</time> ${firing.mode && html`<${Badge} name=${firing.mode} />`} <strong>${firing.text}</strong>${firing.note && html` <span class="quiet">${firing.note}</span>`}</p>
          <button type="button" class="quiet" aria-label=${`Dismiss: ${firing.text}`} onClick=${() => dismiss(firing.id)}>Dismiss</button>
        </div>`)}
      ${firings.length > MOST && html`<div class="toast"><p>and ${firings.length - MOST} more</p></div>`}
      ${firings.length > 1 && html`<button type="button" onClick=${() => tell([])}>Dismiss all</button>`}
    </div>`;
}
