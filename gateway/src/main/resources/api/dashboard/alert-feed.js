// Firings of alerts, from the gateway's stream of them. It is open only while there are alerts, because a browser opens few
// connections to one host.

import {address, get, ownHeaders} from './api.js';
import {readEvents} from './server-events.js';

const NONE_MILLIS = 60_000;
const RETRY_MILLIS = 5_000;

/** The page's listener to firings. */
export class AlertFeed {
  constructor(onFiring) {
    this.onFiring = onFiring;
    this.last = '';
    this.none = false;
    this.wake = () => {};
  }

  /** Listens as long as the page is open. */
  async start() {
    for (;;) {
      await this.#wait(await this.#listen());
    }
  }

  /** There are alerts now: listens at once. */
  created() {
    this.wake();
  }

  #wait(millis) {
    return new Promise((done) => {
      const timer = setTimeout(done, millis);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  /** Listens until the stream ends; returns the pause after it. */
  async #listen() {
    try {
      const {alerts} = await get('api/v1/alerts');
      if (alerts.length === 0) {
        this.none = true;
        return NONE_MILLIS;
      }
      if (this.none && !this.last) {
        // They were created since this page was opened, and may have fired already. Events are numbered by microseconds at least.
        this.last = String(Math.min(...alerts.map((alert) => Date.parse(alert.created_at))) * 1000);
      }
      const query = this.last ? `?last_event_id=${this.last}` : '';
      const response = await fetch(address(`api/v1/alerts/stream${query}`), {headers: {Accept: 'text/event-stream', ...ownHeaders()}});
      if (response.ok) {
        await readEvents(response, ({id, event, data}) => {
          this.last = id ?? '';
          if (event === 'alert') {
            this.onFiring(data);
          }
        });
      }
      return RETRY_MILLIS;
    } catch (problem) {
      // The page says itself when the gateway is gone; one without alerts has no such path.
      return problem.status === 404 ? NONE_MILLIS : RETRY_MILLIS;
    }
  }
}
