// Where a number comes from: the same request once more, with what each layer did and how long it took.

import {html, useEffect, useState} from '../assets/preact.js';
import {get} from './api.js';
import {Badge} from './badges.js';
import {Dialog} from './dialog.js';
import {duration, inWords, moment} from './format.js';

const MEANING = {
  caller: 'who asks, and whether it may',
  qos: 'waits for a free place; important requests first',
  budget: 'is the call within the budgets',
  cache: 'is there a fresh enough answer already',
  orchestration: 'which provider is asked, and which one next if it fails',
  quality: 'can the data be right',
  normalisation: 'the provider\u2019s names and units become common ones',
  retry: 'tries again where that is safe',
  circuit: 'spares a provider that is failing',
  provider: 'the provider itself',
};

const withExplain = (path) => `${path}${path.includes('?') ? '&' : '?'}explain=true`;

/** A note's value; fractions are durations in seconds. */
const noteText = (value) => (typeof value === 'number' && !Number.isInteger(value) ? duration(value) : value);

/** The layers as bars on one time axis. */
function Waterfall({explain}) {
  const total = Number(explain.total) || 1;
  return html`
    <table class="waterfall">
      <thead><tr><th scope="col">Layer</th><th scope="col">Outcome</th><th scope="col" class="wide">When</th><th scope="col">Took</th></tr></thead>
      <tbody>
        ${explain.layers.map((layer, i) => html`
          <tr key=${i}>
            <th scope="row" style=${{paddingLeft: `${layer.depth * 14}px`}} title=${MEANING[layer.layer] ?? ''}>${layer.layer}</th>
            <td class=${layer.outcome === 'ok' ? '' : 'bad'}>${layer.outcome}</td>
            <td class="wide"><span class="track"><span class=${`bar ${layer.outcome === 'ok' ? '' : 'bad'}`}
              style=${{left: `${(layer.start / total) * 100}%`, width: `max(2px, ${(layer.took / total) * 100}%)`}}></span></span>
              <span class="notes">${Object.entries(layer.notes).map(([name, value]) => `${name.replaceAll('_', ' ')}: ${noteText(value)}`).join(' \u00b7 ')}</span></td>
            <td class="took">${duration(layer.took)}</td>
          </tr>`)}
      </tbody>
    </table>`;
}

/** The facts of a response that are beside its numbers. */
function Facts({body}) {
  const facts = [
    ['Provider', body.provider],
    ['Source', body.data?.source],
    ['As of', moment(body.data?.as_of)],
    ['Received', moment(body.data?.received_at)],
    ['Freshness', body.data?.freshness],
    ['Cache', body.metadata?.cache_status],
    ['Call', body.call_id],
  ].filter(([, value]) => value);
  return html`
    <dl class="facts">${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${body.mock && html`<p class="why"><${Badge} name="mock" /> ${body.mock_reason}</p>`}
    ${body.data?.quality?.map((flag, i) => html`<p class="why" key=${i}><${Badge} name="flagged" /> ${flag.code}: ${flag.detail}</p>`)}
    ${body.attempts?.length > 1 && html`<p class="why">Attempts: ${body.attempts.map((one) => `${one.provider} (${one.outcome})`).join(', ')}</p>`}`;
}

/** The dialog for the number at a path. */
export function Explain({path, onClose}) {
  const [result, setResult] = useState(null);
  useEffect(() => {
    const abort = new AbortController();
    get(withExplain(path), {signal: abort.signal}).then(setResult, (problem) => problem.name !== 'AbortError' && setResult({problem, ...problem.document}));
    return () => abort.abort();
  }, [path]);
  return html`
    <${Dialog} label="Where this number comes from" className="drawer" onClose=${onClose}>
      <div class="panel-head"><h2>Where does this number come from?</h2><button type="button" class="quiet" onClick=${onClose} aria-label="Close">\u00d7</button></div>
      <div class="drawer-body">
        <p class="lead">This is the same request, made just now. A later number takes the same way.</p>
        <pre class="command"><code>GET /${decodeURIComponent(withExplain(path))}</code></pre>
        ${!result && html`<p class="empty">Asking the gateway\u2026</p>`}
        ${result?.problem && html`<p class="problem">${inWords(result.problem)}</p>`}
        ${result && !result.problem && html`<${Facts} body=${result} />`}
        ${result?.explain && html`<h3>${duration(result.explain.total)} in ${result.explain.layers.length} layers</h3><${Waterfall} explain=${result.explain} />`}
      </div>
    </${Dialog}>`;
}
