// Every provider: its mode and why, how to go live, health, quotas and budgets, and what has been wrong with its data.

import {html, useEffect, useMemo, useState} from '../assets/preact.js';
import {get} from './api.js';
import {Badge} from './badges.js';
import {compact, inWords, moment, period} from './format.js';
import {usePolled} from './polled.js';
import {change} from './url-state.js';

const POLL_MILLIS = 10_000;
const LAYERS_MILLIS = 10_000;

/** What the head of the page says of all providers. */
const UNTIL_ASKED = 'nothing leaves this machine until asked: ';

/** A bar for what is used of a limit. Above 80 % it has a word besides its color. */
const Usage = ({label, used, allowed, left, words}) => {
  const share = allowed > 0 ? Math.min(1, used / allowed) : 0;
  return html`
    <div class="usage">
      <span>${label}</span>
      <span class="meter" role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax=${allowed} aria-valuenow=${used}>
        <span class=${share > 0.8 ? 'nearly' : ''} style=${{transform: `scaleX(${share})`}}></span></span>
      <span class="left">${left}${share > 0.8 ? ' \u2014 nearly used up' : ''}${words ? ` \u00b7 ${words}` : ''}</span>
    </div>`;
};

const quotaLabel = (quota) => `${quota.counts} per ${period(quota.per_seconds)}`;

/** The leading number of an amount such as "100 calls" or "$5". */
const amount = (text) => Number(String(text).replace(/^[^0-9]*/, '').match(/[0-9.]+/)?.[0] ?? NaN);

const Quotas = ({provider}) => html`
  ${provider.quota.map((quota, i) => html`<${Usage} key=${`q${i}`} label=${quotaLabel(quota)} used=${quota.used} allowed=${quota.allowed}
    left=${`${compact(quota.left)} of ${compact(quota.allowed)} left`} />`)}
  ${provider.budgets.map((budget) => html`<${Usage} key=${budget.name} label=${`budget ${budget.name}`} used=${amount(budget.used)} allowed=${amount(budget.limit)}
    left=${`${budget.left} of ${budget.limit} left`} words=${budget.state === 'ok' ? '' : budget.state} />`)}`;

/** The part of a reason that says what to set, as a command. */
function howToGoLive(provider) {
  const setting = provider.reason.match(/set ([A-Z0-9_]+=live)/)?.[1];
  const credentials = provider.reason.match(/\bor ([A-Z0-9_]+(?: and [A-Z0-9_]+)*)/)?.[1];
  return provider.mode === 'live' || !setting ? null : {setting, credentials: credentials?.split(' and ') ?? []};
}

const GoLive = ({provider}) => {
  const way = howToGoLive(provider);
  return way && html`
    <h3>How to go live</h3>
    <p>Put this into <code>.env</code> and restart the gateway. Until then nothing is sent to ${provider.name}.</p>
    <pre class="command"><code>${way.credentials.length ? way.credentials.map((name) => `${name}=\u2026`).join('\n') : way.setting}</code></pre>`;
};

/** Counters of a provider's layers that tell of trouble. */
function incidents(layers, id) {
  const own = (layers?.layers ?? []).filter((layer) => layer.stack === id || layer.stack.startsWith(`${id} (`));
  return own.flatMap((layer) => {
    const rows = layer.failed > 0 ? [[layer.name, 'failed', layer.failed]] : [];
    if (layer.name === 'quality') {
      rows.push(...Object.entries(layer.counters).filter(([name, count]) => count > 0 && name !== 'instruments').map(([name, count]) => ['quality', name.replaceAll('_', ' '), count]));
    }
    return rows;
  });
}

function Incidents({detail, layers, id}) {
  const rows = incidents(layers, id);
  const drift = detail?.drift;
  return html`
    <h3>Incidents since the start</h3>
    ${rows.length === 0 && !drift?.refused && html`<p class="calm">None: no failed call, no doubtful data, no change of the interface.</p>`}
    ${drift?.refused > 0 && html`<p class="problem">${drift.refused} responses did not have the documented form (drift).</p>`}
    ${drift?.payloads?.map((payload, i) => html`<p class="why" key=${i}><code>${payload.operation}</code> ${payload.times} times, last ${payload.last}: ${payload.differences.join('; ')}</p>`)}
    ${rows.length > 0 && html`<table class="plain"><tbody>${rows.map(([layer, what, count], i) => html`<tr key=${i}><th scope="row">${layer}</th><td>${what}</td><td class="number">${compact(count)}</td></tr>`)}</tbody></table>`}`;
}

function Detail({provider, layers}) {
  const [detail, setDetail] = useState(null);
  useEffect(() => {
    const abort = new AbortController();
    get(`api/v1/providers/${provider.id}`, {signal: abort.signal}).then((body) => setDetail(body.provider), () => {});
    return () => abort.abort();
  }, [provider.id]);
  const quotes = provider.capabilities.includes('quote') || provider.capabilities.includes('candles');
  return html`
    <div class="detail">
      <div>
        <${GoLive} provider=${provider} />
        <h3>What it offers</h3>
        <p>${provider.capabilities.join(', ')} of ${provider.asset_types.join(', ')}</p>
        ${provider.intervals.length > 0 && html`<p class="calm">Intervals: ${provider.intervals.join(' ')}</p>`}
        ${provider.series_kinds.length > 0 && html`<p class="calm">Series of instruments: ${provider.series_kinds.join(' ')}</p>`}
        ${quotes && html`<p>${provider.examples.map((example) => html`<button type="button" class="chip" key=${example}
          onClick=${() => change({view: 'market', symbol: `${provider.id}:${example}`, panel: 'chart'}, {step: true})}>${example}</button>`)}</p>`}
      </div>
      <div>
        <h3>What it costs</h3>
        ${provider.quota.length || provider.budgets.length
          ? html`<${Quotas} provider=${provider} />`
          : html`<p class="calm">${provider.mode === 'mock' ? 'Nothing: mock data is made here.' : 'No quota and no budget is set for it.'}</p>`}
        <${Incidents} detail=${detail} layers=${layers} id=${provider.id} />
      </div>
    </div>`;
}

const Row = ({provider, open, layers}) => html`
  <li class=${`provider ${open ? 'open' : ''}`}>
    <button type="button" class="provider-head" aria-expanded=${open} onClick=${() => change({provider: open ? '' : provider.id})}>
      <span class="name">${provider.name} <span class="from">${provider.id}</span></span>
      <span class="modes"><${Badge} name=${provider.mode} />${provider.health.status !== 'ok' && html`<${Badge} name="down" title=${provider.health.reason} />`}</span>
      <span class="reason">${provider.health.reason ?? provider.reason.replace(UNTIL_ASKED, '')}</span>
      <span class="offers">${provider.capabilities.join(' \u00b7 ')}</span>
      <span class="quota">${provider.quota[0] ? `${compact(provider.quota[0].left)} of ${compact(provider.quota[0].allowed)} ${quotaLabel(provider.quota[0])}` : ''}</span>
    </button>
    ${open && html`<${Detail} provider=${provider} layers=${layers} />`}
  </li>`;

/** The page. */
export function Providers({state}) {
  const {body, problem} = usePolled('api/v1/providers', POLL_MILLIS);
  const layers = usePolled('api/v1/layers', LAYERS_MILLIS);
  const budget = usePolled('api/v1/budget', POLL_MILLIS);
  const wanted = state.query.toLowerCase();
  const shown = useMemo(() => {
    const matches = (one) => [one.id, one.name, one.mode, ...one.capabilities, ...one.asset_types].some((text) => text.toLowerCase().includes(wanted));
    const order = {live: 0, replay: 1, mock: 2};
    return (body?.providers ?? []).filter(matches).sort((a, b) => order[a.mode] - order[b.mode]);
  }, [body, wanted]);
  const count = (mode) => (body?.providers ?? []).filter((one) => one.mode === mode).length;
  return html`
    <section class="page" aria-label="Providers">
      <div class="page-head">
        <h1>Providers</h1>
        ${body && html`<p class="lead">${count('live')} live, ${count('mock')} mock${count('replay') ? `, ${count('replay')} replayed` : ''}. Nothing is sent to a provider until you say so.</p>`}
        <input type="search" placeholder="Filter: live, news, stock \u2026" aria-label="Filter providers" value=${state.query} onInput=${(event) => change({query: event.target.value})} />
      </div>
      ${problem && html`<p class="problem" role="status">${inWords(problem)}</p>`}
      ${budget.body?.budgets?.length > 0 && html`<div class="card"><h2>Budgets</h2>${budget.body.budgets.map((one) => html`
        <${Usage} key=${one.name} label=${`${one.name} (${one.covers})`} used=${amount(one.used)} allowed=${amount(one.limit)} left=${`${one.left} of ${one.limit} left`} words=${one.resets ? `resets ${moment(one.resets)}` : ''} />`)}</div>`}
      <ul class="providers">${shown.map((one) => html`<${Row} key=${one.id} provider=${one} open=${one.id === state.provider} layers=${layers.body} />`)}</ul>
      ${body && shown.length === 0 && html`<p class="empty">No provider matches \u201c${state.query}\u201d.</p>`}
    </section>`;
}
