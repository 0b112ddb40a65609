// Alerts: a form for the selected symbol, the list, and the log.

import {html, useEffect, useState} from '../assets/preact.js';
import {alertFeed, onFiring} from './alert-notes.js';
import {get, send} from './api.js';
import {Badge} from './badges.js';
import {grouped, inWords} from './format.js';

const READ_MILLIS = 15_000;

const KINDS = [['crosses', 'price crosses'], ['moves', 'price moves by'], ['stale', 'feed has been stale for'], ['provider_down', 'provider is down'], ['budget', 'budget is spent to']];

const DIRECTIONS = [['either', 'in either direction'], ['up', 'upwards'], ['down', 'downwards']];

/** A condition in words. */
function conditionText({type, price, percent, window, after, direction}) {
  const way = direction && direction !== 'either' ? `, ${direction}` : '';
  switch (type) {
    case 'crosses':
      return `crosses ${grouped(price)}${way}`;
    case 'moves':
      return `moves ${percent} % in ${window}${way}`;
    case 'stale':
      return `stale for ${after}`;
    case 'budget':
      return `${percent} % spent`;
    default:
      return 'is down';
  }
}

/** The body of a request for what the form says. */
function bodyOf(form) {
  const value = (name) => form.elements[name]?.value.trim() ?? '';
  const type = value('type');
  const condition = {type};
  for (const name of ['price', 'percent', 'window', 'after', 'direction']) {
    if (value(name)) {
      condition[name] = value(name);
    }
  }
  const body = {condition, note: value('note')};
  body[{provider_down: 'provider', budget: 'budget'}[type] ?? 'symbol'] = value('subject');
  if (value('cooldown')) {
    body.cooldown = value('cooldown');
  }
  if (value('webhook')) {
    body.webhook = value('webhook');
  }
  return body;
}

/** The price of a symbol, to begin with. */
function usePrice(quotes, symbol) {
  const [price, setPrice] = useState('');
  useEffect(() => {
    setPrice('');
    return quotes.watch(symbol, ({quote}) => quote && setPrice((before) => before || quote.price));
  }, [symbol]);
  return price;
}

const Field = ({label, className = '', children}) => html`<label class=${`field ${className}`}><span>${label}</span>${children}</label>`;

const Options = ({of}) => of.map(([value, label]) => html`<option key=${value} value=${value}>${label}</option>`);

function Create({symbol, quotes, onDone}) {
  const [type, setType] = useState('crosses');
  const [problem, setProblem] = useState(null);
  const price = usePrice(quotes, symbol);
  const submit = async (event) => {
    event.preventDefault();
    try {
      await send('POST', 'api/v1/alerts', bodyOf(event.target));
      setProblem(null);
      event.target.elements.note.value = '';
      alertFeed.created();
      onDone();
    } catch (fault) {
      setProblem(fault);
    }
  };
  const subject = {provider_down: ['Provider', symbol.split(':')[0]], budget: ['Budget', '']}[type] ?? ['Symbol', symbol];
  return html`
    <form class="card alert-form" onSubmit=${submit} aria-label="New alert">
      <h2>New alert</h2>
      <div class="fields">
        <${Field} label=${subject[0]} className="wide"><input key=${subject[0]} name="subject" required defaultValue=${subject[1]} autocomplete="off" spellcheck="false" /><//>
        <${Field} label="Fires when"><select name="type" value=${type} onChange=${(event) => setType(event.target.value)}><${Options} of=${KINDS} /></select><//>
        ${type === 'crosses' && html`<${Field} label="Price"><input key=${`${symbol} ${price}`} name="price" required inputmode="decimal" defaultValue=${price} autocomplete="off" /><//>`}
        ${(type === 'moves' || type === 'budget') && html`<${Field} label="Percent" className="short"><input key=${type} name="percent" required inputmode="decimal" defaultValue=${type === 'budget' ? '80' : '2'} /><//>`}
        ${type === 'moves' && html`<${Field} label="Within" className="short"><input name="window" required defaultValue="15m" pattern="[0-9]+(ms|s|m|h|d)" title="Such as 90s, 15m or 4h" /><//>`}
        ${type === 'stale' && html`<${Field} label="For" className="short"><input name="after" required defaultValue="2m" pattern="[0-9]+(ms|s|m|h|d)" title="Such as 90s, 15m or 4h" /><//>`}
        ${(type === 'crosses' || type === 'moves') && html`<${Field} label="Direction"><select name="direction"><${Options} of=${DIRECTIONS} /></select><//>`}
        <${Field} label="Again after" className="short"><input name="cooldown" placeholder="once" pattern="[0-9]+(s|m|h|d)" title="Such as 15m; empty: it fires once" /><//>
        <${Field} label="Webhook" className="wide"><input name="webhook" type="url" placeholder="none" autocomplete="off" spellcheck="false" /><//>
        <${Field} label="Note" className="wide"><input name="note" maxlength="200" autocomplete="off" /><//>
        <button type="submit" class="primary">Create</button>
      </div>
      ${problem && html`<p class="problem" role="alert">${inWords(problem)}</p>`}
    </form>`;
}

function Row({alert, onChange}) {
  const [problem, setProblem] = useState(null);
  const act = async (method, body) => {
    try {
      await send(method, `api/v1/alerts/${encodeURIComponent(alert.id)}`, body);
      onChange();
    } catch (fault) {
      setProblem(fault);
    }
  };
  const name = `${alert.subject} ${conditionText(alert.condition)}`;
  return html`
    <tr class=${alert.state}>
      <th scope="row"><span class="name">${alert.subject}</span> ${alert.mode && html`<${Badge} name=${alert.mode} />`}
        ${alert.feed && alert.feed !== 'up' && html`<${Badge} name=${alert.feed === 'down' ? 'down' : 'stale'} words=${alert.feed} />`}
        ${alert.note && html`<span class="quiet note-text">${alert.note}</span>`}</th>
      <td>${conditionText(alert.condition)}<span class="quiet note-text">${alert.once ? 'once' : `again after ${alert.cooldown}`}</span></td>
      <td>${alert.state}</td>
      <td class="number">${alert.fired}${alert.last_fired_at && html`<span class="quiet note-text">${alert.last_fired_at.slice(0, 19).replace('T', ' ')}</span>`}</td>
      <td class="target">${alert.webhook ?? '\u2013'}</td>
      <td class="actions">
        <button type="button" onClick=${() => act('PATCH', {paused: alert.state === 'armed'})} aria-label=${`${alert.state === 'armed' ? 'Pause' : 'Arm'}: ${name}`}>${alert.state === 'armed' ? 'Pause' : 'Arm'}</button>
        <button type="button" onClick=${() => act('DELETE')} aria-label=${`Delete: ${name}`}>Delete</button>
        ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
      </td>
    </tr>`;
}

const LogRow = ({entry}) => html`
  <tr>
    <td class="quiet">${entry.at.slice(0, 19).replace('T', ' ')}</td>
    <td>${entry.event === 'fired' ? 'fired' : entry.outcome.replace('_', ' ')}</td>
    <td>${entry.firing?.mode && html`<${Badge} name=${entry.firing.mode} /> `}${entry.firing ? entry.firing.text : `webhook of ${entry.firing_id}, attempt ${entry.attempts}: ${entry.detail}`}${entry.firing?.after_gap ? ' (after a gap)' : ''}</td>
  </tr>`;

/** Asks the browser for its notifications. */
function Permission() {
  const [state, setState] = useState('Notification' in window ? Notification.permission : 'unsupported');
  if (state !== 'default') {
    return html`<p class="lead">${state === 'granted' ? 'This browser notifies you.' : ''}</p>`;
  }
  return html`<button type="button" onClick=${async () => setState(await Notification.requestPermission())}>Notify me in this browser</button>`;
}

/** The page. */
export function Alerts({state, quotes}) {
  const [known, setKnown] = useState({alerts: null, entries: [], problem: null});
  const read = async () => {
    const [alerts, log] = await Promise.allSettled([get('api/v1/alerts'), get('api/v1/alerts/log?limit=50')]);
    setKnown((before) => ({
      alerts: alerts.value?.alerts ?? before.alerts,
      entries: log.value?.entries ?? before.entries,
      problem: alerts.reason ?? null,
    }));
  };
  useEffect(() => {
    read();
    const timer = setInterval(() => !document.hidden && read(), READ_MILLIS);
    const stop = onFiring(read);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);
  return html`
    <section class="page" aria-label="Alerts">
      <div class="page-head">
        <h1>Alerts</h1>
        <p class="lead">This gateway keeps and evaluates them, also while this page is closed. Other gateways have alerts of their own.</p>
        <${Permission} />
      </div>
      ${known.problem && html`<p class="problem" role="status">${inWords(known.problem)}</p>`}
      <${Create} symbol=${state.symbol} quotes=${quotes} onDone=${read} />
      <div class="card scroll-x" tabindex="0" role="region" aria-label="List of alerts">
        ${known.alerts?.length > 0 ? html`
          <table class="alerts">
            <thead><tr><th scope="col">Subject</th><th scope="col">Condition</th><th scope="col">State</th><th scope="col" class="number">Fired</th><th scope="col">Webhook</th><th scope="col">Actions</th></tr></thead>
            <tbody>${known.alerts.map((alert) => html`<${Row} key=${alert.id} alert=${alert} onChange=${read} />`)}</tbody>
          </table>` : html`<p class="empty">${known.alerts ? 'There are no alerts yet.' : ''}</p>`}
      </div>
      <div class="card scroll-x" tabindex="0" role="region" aria-label="Log of alerts">
        <h2>Log</h2>
        ${known.entries.length > 0 ? html`
          <table class="alerts log">
            <thead><tr><th scope="col">Time (UTC)</th><th scope="col">Event</th><th scope="col">Detail</th></tr></thead>
            <tbody>${known.entries.map((entry) => html`<${LogRow} key=${entry.seq} entry=${entry} />`)}</tbody>
          </table>` : html`<p class="empty">Nothing has fired yet.</p>`}
      </div>
    </section>`;
}
