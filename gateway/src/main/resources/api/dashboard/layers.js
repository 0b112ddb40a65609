// The stack as a diagram: the layers of a request below each other, then a branch for each provider, with rates and states.

import {html, useState} from '../assets/preact.js';
import {compact, inWords} from './format.js';
import {usePolled} from './polled.js';

const POLL_MILLIS = 2_000;
const GOOD = ['ok', 'keyless', 'keys-needed', 'closed', 'on'];
const IDLE = ['off', 'unused'];

const keyOf = (layer) => `${layer.stack}/${layer.name}`;

/** Requests a second of each layer since the reading before. */
function rates(now, before, seconds) {
  const entered = new Map((before?.layers ?? []).map((layer) => [keyOf(layer), layer.entered]));
  return (layer) => {
    const old = entered.get(keyOf(layer));
    return old === undefined || !(seconds > 0) ? 0 : Math.max(0, layer.entered - old) / seconds;
  };
}

const rateText = (rate) => (rate === 0 ? '0 /s' : `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)} /s`);

const toneOf = (layer) => (IDLE.includes(layer.state) ? 'idle' : GOOD.includes(layer.state) ? 'good' : 'bad');

/** The counters that are not zero, the largest first. */
const notable = (layer) => Object.entries(layer.counters).filter(([, count]) => count !== 0);

/** A layer: its name, state, rate; the counters when it is opened. */
function Box({layer, rate, open, onOpen}) {
  return html`
    <div class=${`layer ${toneOf(layer)} ${rate > 0 ? 'busy' : ''}`}>
      <button type="button" aria-expanded=${open} onClick=${onOpen}>
        <span class="name">${layer.name}</span>
        <span class="state">${layer.state}</span>
        <span class="rate">${rateText(rate)}</span>
        <span class="total">${compact(layer.entered)} in all${layer.failed ? html`, <strong>${compact(layer.failed)} failed</strong>` : ''}</span>
      </button>
      ${open && html`<dl class="counters">${notable(layer).map(([name, count]) => html`<div key=${name}><dt>${name.replaceAll('_', ' ')}</dt><dd>${compact(count)}</dd></div>`)}
        ${notable(layer).length === 0 && html`<p class="calm">All counters are zero.</p>`}</dl>`}
    </div>`;
}

/** The connection to a layer: it moves while requests pass, faster for more of them. */
const Flow = ({rate, across = false}) => {
  const seconds = rate > 0 ? Math.max(0.25, Math.min(2, 4 / (1 + rate))) : 0;
  return html`<div class=${`flow ${across ? 'across' : ''} ${rate > 0 ? 'busy' : ''}`} aria-hidden="true" style=${{'--pace': `${seconds}s`}}></div>`;
};

function grouped(layers) {
  const stacks = new Map();
  for (const layer of layers) {
    stacks.set(layer.stack, [...(stacks.get(layer.stack) ?? []), layer]);
  }
  return stacks;
}

/** The page. */
export function Layers() {
  const {body, before, problem, at, beforeAt} = usePolled('api/v1/layers', POLL_MILLIS);
  const [open, setOpen] = useState('');
  const [all, setAll] = useState(false);
  const rate = rates(body, before, (at - beforeAt) / 1000);
  const stacks = grouped(body?.layers ?? []);
  const request = stacks.get('request') ?? [];
  const rest = [...stacks].filter(([name]) => name !== 'request');
  const used = rest.filter(([, layers]) => layers.some((layer) => layer.entered > 0));
  const shown = all ? rest : used;
  const box = (layer) => html`<${Box} layer=${layer} rate=${rate(layer)} open=${open === keyOf(layer)} onOpen=${() => setOpen(open === keyOf(layer) ? '' : keyOf(layer))} />`;
  return html`
    <section class="page" aria-label="Layers">
      <div class="page-head">
        <h1>Layers</h1>
        <p class="lead">Every request passes these from above, and its response comes back the same way. Rates are of the last two seconds.</p>
        <button type="button" aria-pressed=${all} onClick=${() => setAll(!all)}>${all ? 'Only stacks in use' : `All ${rest.length} stacks`}</button>
      </div>
      ${problem && html`<p class="problem" role="status">${inWords(problem)}</p>`}
      <div class="stack request">
        ${request.map((layer, i) => html`${i > 0 && html`<${Flow} rate=${rate(layer)} />`}${box(layer)}`)}
      </div>
      <ul class="branches">
        ${shown.map(([name, layers]) => html`
          <li class="branch" key=${name}>
            <${Flow} across rate=${rate(layers[0])} />
            <h2>${name}</h2>
            <div class="chain">${layers.map((layer, i) => html`<div class="link" key=${layer.name}>${i > 0 && html`<${Flow} across rate=${rate(layer)} />`}${box(layer)}</div>`)}</div>
          </li>`)}
      </ul>
      ${body && shown.length === 0 && html`<p class="empty">No provider was asked yet.</p>`}
    </section>`;
}
