// News and macro series, of the providers that have them.

import {html, useEffect, useRef, useState} from '../assets/preact.js';
import {get, pathOf} from './api.js';
import {Badge} from './badges.js';
import {palette} from './candle-paint.js';
import {grouped, inWords, utc} from './format.js';
import {loadPlot, lineSeries} from './panes.js';
import {change} from './url-state.js';

const HEIGHT = 420;

/** A provider's link, only if it is one to a web page. */
const safeLink = (url) => (/^https?:\/\//.test(url ?? '') ? url : null);

/** The JSON at a path, or what went wrong; null while it is loading. */
function useJson(path) {
  const [result, setResult] = useState(null);
  useEffect(() => {
    setResult(null);
    if (!path) {
      return undefined;
    }
    const abort = new AbortController();
    get(path, {signal: abort.signal}).then((body) => setResult({body}), (problem) => problem.name !== 'AbortError' && setResult({problem}));
    return () => abort.abort();
  }, [path]);
  return result;
}

const Labels = ({body}) => html`<${Badge} name=${body.mock ? 'mock' : (body.mode ?? 'live')} title=${body.mock_reason} />
  ${body.data.freshness === 'stale' && html`<${Badge} name="stale" />`}
  ${body.data.quality.length > 0 && html`<${Badge} name="flagged" title=${body.data.quality.map((flag) => flag.detail).join('\n')} />`}`;

const Story = ({item}) => html`
  <li>
    <time datetime=${item.published}>${utc(Date.parse(item.published))}</time>
    ${safeLink(item.url) ? html`<a href=${item.url} rel="noopener noreferrer" target="_blank">${item.title}</a>` : html`<strong>${item.title}</strong>`}
    ${item.summary && html`<p>${item.summary}</p>`}
  </li>`;

function News({provider, words}) {
  const path = `api/v1/news/${provider}${words ? `?${new URLSearchParams({q: words})}` : ''}`;
  const result = useJson(path);
  return html`
    <div class="panel-head"><h2>News from ${provider}</h2>${result?.body && html`<${Labels} body=${result.body} />`}
      <button type="button" class="quiet explain-button" data-explain-now=${path} aria-label="Explain news">?</button></div>
    ${result?.problem && html`<p class="problem">${inWords(result.problem)}</p>`}
    ${!result && html`<p class="empty">Loading\u2026</p>`}
    ${result?.body && html`<ul class="stories">${result.body.data.items.map((item) => html`<${Story} key=${item.id} item=${item} />`)}</ul>`}
    ${result?.body?.data.items.length === 0 && html`<p class="empty">No news${words ? ` about \u201c${words}\u201d` : ''}.</p>`}`;
}

/** A line of observations; `onCursor` gets the one at the cross-hair, or null. */
function SeriesPlot({data, onCursor}) {
  const host = useRef();
  useEffect(() => {
    let plot = null;
    let gone = false;
    const draw = () => loadPlot().then((uPlot) => {
      if (gone) {
        return;
      }
      plot?.destroy();
      const colors = palette();
      const axis = {stroke: colors.quiet, grid: {stroke: colors.line, width: 1}, ticks: {show: false}, font: '11px system-ui, sans-serif'};
      plot = new uPlot({
        width: host.current.clientWidth, height: HEIGHT, legend: {show: false}, cursor: {drag: {x: false, y: false}, y: false},
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
        axes: [axis, {...axis, side: 1, size: 84, values: (_, ticks) => ticks.map((tick) => grouped(tick))}],
        series: [{}, lineSeries(data.unit ?? 'value', colors.accent)],
        hooks: {setCursor: [(u) => onCursor(data.observations[u.cursor.idx] ?? null)]},
      }, [data.observations.map((one) => Date.parse(one.time) / 1000), data.observations.map((one) => (one.value === null ? null : Number(one.value)))], host.current);
    });
    draw();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    const observer = new ResizeObserver(() => plot?.setSize({width: host.current.clientWidth, height: HEIGHT}));
    observer.observe(host.current);
    return () => {
      gone = true;
      observer.disconnect();
      scheme.removeEventListener('change', draw);
      plot?.destroy();
    };
  }, [data]);
  return html`<div class="series-plot" ref=${host} role="img" aria-label=${`${data.title ?? data.id}, ${data.observations.length} values`}></div>`;
}

function Series({provider, id}) {
  const path = id ? pathOf('series', `${provider}:${id}`) : null;
  const result = useJson(path);
  const [pointed, setPointed] = useState(null);
  useEffect(() => setPointed(null), [path]);
  const observations = result?.body?.data.observations ?? [];
  const shown = pointed ?? observations.at(-1);
  return html`
    <div class="panel-head"><h2>${result?.body?.data.title ?? id}</h2>${result?.body && html`<${Labels} body=${result.body} />`}
      <button type="button" class="quiet explain-button" data-explain-now=${path} aria-label="Explain the series">?</button></div>
    ${result?.problem && html`<p class="problem">${inWords(result.problem)}</p>`}
    ${!result && id && html`<p class="empty">Loading\u2026</p>`}
    ${shown && html`<p class="last" data-explain=${path}><span class="price">${shown.value === null && shown.ratio ? shown.ratio : grouped(shown.value)}</span> <span class="unit">${result.body.data.unit} \u00b7 ${shown.time.slice(0, 10)}</span></p>`}
    ${result?.body && observations.length === 0 && html`<p class="empty">The provider has no values of this series.</p>`}
    ${observations.length > 0 && html`<div class=${result.body.mock ? 'mock-frame' : ''}><${SeriesPlot} data=${result.body.data} onCursor=${setPointed} /></div>`}`;
}

/** The page. */
export function NewsAndSeries({state, providers}) {
  const able = (operation) => (providers ?? []).filter((one) => one.capabilities.includes(operation));
  const [kind, id] = state.provider.includes('/') ? state.provider.split(/\/(.*)/s) : ['news', state.provider || 'mock'];
  const series = able('series');
  const provider = series.find((one) => one.id === id) ?? series[0];
  const examples = provider?.capabilities.includes('quote') ? [] : (provider?.examples ?? []);
  const chosen = kind === 'series' ? state.query || examples[0] || '' : '';
  const seriesOnly = [...series].sort((a, b) => Number(a.capabilities.includes('quote')) - Number(b.capabilities.includes('quote')));
  return html`
    <section class="page news" aria-label="News and series">
      <div class="page-head">
        <h1>News and series</h1>
        <div class="choices" role="group" aria-label="Kind">
          <button type="button" aria-pressed=${kind === 'news'} onClick=${() => change({provider: 'mock', query: ''}, {step: true})}>News</button>
          <button type="button" aria-pressed=${kind === 'series'} onClick=${() => change({provider: 'series/fred', query: 'GDP'}, {step: true})}>Series</button>
        </div>
        <select aria-label="Provider" value=${id} onChange=${(event) => change({provider: kind === 'series' ? `series/${event.target.value}` : event.target.value, query: ''})}>
          ${(kind === 'series' ? seriesOnly : able('news')).map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === id}>${one.name} (${one.mode})</option>`)}
        </select>
        ${kind === 'series' && examples.map((one) => html`<button type="button" class="chip" key=${one} aria-pressed=${one === chosen} onClick=${() => change({query: one})}>${one}</button>`)}
        <input type="search" aria-label=${kind === 'series' ? 'Id of the series' : 'Words in the news'} placeholder=${kind === 'series' ? 'Id of a series' : 'Words'} value=${state.query} onChange=${(event) => change({query: event.target.value.trim()})} />
      </div>
      <div class="card">
        ${kind === 'news' ? html`<${News} provider=${id} words=${state.query} />` : chosen ? html`<${Series} provider=${id} id=${chosen} />` : html`<p class="empty">Enter the id of a series, such as those in the provider\u2019s own catalogue.</p>`}
      </div>
    </section>`;
}
