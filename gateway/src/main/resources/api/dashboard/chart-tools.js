// The controls above a chart: interval, range, scale, indicators and what to compare with.

import {html, useState} from '../assets/preact.js';
import {STUDIES, study} from './studies.js';

const DAY = 86_400_000;

/** The ranges that can be chosen, in days. */
export const RANGES = {'1D': DAY, '5D': 5 * DAY, '1M': 30 * DAY, '3M': 91 * DAY, '1Y': 365 * DAY};

/** The intervals that stand beside each other; others are in the list behind them. */
const COMMON = ['1m', '5m', '15m', '1h', '4h', '1d', '1w'];

const Choice = ({value, chosen, onChoose, label = value}) => html`
  <button type="button" aria-pressed=${chosen} onClick=${() => onChoose(value)}>${label}</button>`;

function Intervals({intervals, interval, onChange}) {
  const shown = COMMON.filter((one) => intervals.includes(one));
  const others = intervals.filter((one) => !shown.includes(one));
  return html`
    <div class="choices" role="group" aria-label="Interval">
      ${shown.map((one) => html`<${Choice} key=${one} value=${one} chosen=${one === interval} onChoose=${onChange} />`)}
      ${others.length > 0 && html`
        <select aria-label="Other intervals" class=${others.includes(interval) ? 'chosen' : ''} value=${others.includes(interval) ? interval : ''}
            onChange=${(event) => event.target.value && onChange(event.target.value)}>
          <option value="">more</option>
          ${others.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
        </select>`}
    </div>`;
}

/** The chosen indicators with their lengths, which can be changed, and the others to add. */
function Studies({studies, onChange}) {
  const [open, setOpen] = useState(false);
  const chosen = studies.map((text) => study(text)).filter(Boolean);
  const add = (name) => onChange([...studies, study(name).text]);
  const drop = (text) => onChange(studies.filter((one) => one !== text));
  const replace = (one, index, number) => {
    const numbers = one.numbers.map((old, i) => (i === index ? number : old));
    onChange(studies.map((text) => (study(text)?.text === one.text ? [one.name, ...numbers].join(':') : text)));
  };
  return html`
    <div class="menu" onKeyDown=${(event) => event.key === 'Escape' && setOpen(false)}>
      <button type="button" aria-expanded=${open} onClick=${() => setOpen(!open)}>Indicators${chosen.length ? ` (${chosen.length})` : ''}</button>
      ${open && html`
        <div class="menu-body" role="group" aria-label="Indicators">
          ${chosen.map((one) => html`
            <div class="menu-row" key=${one.text}>
              <span>${one.label}</span>
              ${one.numbers.map((number, i) => html`
                <input type="number" min="1" max="500" value=${number} aria-label=${`${one.label}, number ${i + 1}`}
                  onChange=${(event) => replace(one, i, event.target.value)} />`)}
              <button type="button" aria-label=${`Remove ${one.title}`} onClick=${() => drop(studies.find((text) => study(text)?.text === one.text))}>\u00d7</button>
            </div>`)}
          <div class="menu-row adds">
            ${Object.entries(STUDIES).map(([name, {label}]) => html`
              <button type="button" key=${name} onClick=${() => add(name)} disabled=${studies.some((text) => study(text)?.text === study(name).text)}>+ ${label}</button>`)}
          </div>
        </div>`}
    </div>`;
}

/** A symbol that is compared with, or cannot be. */
const Compared = ({symbol, problem, onRemove}) => html`
  <button type="button" class=${`chip ${problem ? 'bad' : ''}`} aria-label=${`Stop comparing with ${symbol}`} title=${problem?.message ?? ''}
      onClick=${onRemove}>${symbol}${problem ? `: ${problem.title.toLowerCase()}` : ''} \u00d7</button>`;

/** The whole row of controls. `linear` if a logarithmic scale was chosen, and the prices do not allow it. */
export function ChartTools({state, intervals, compared, linear, onChange, onCompare, onRange}) {
  return html`
    <div class="chart-tools">
      <${Intervals} intervals=${intervals} interval=${state.interval} onChange=${(interval) => onChange({interval})} />
      <div class="choices" role="group" aria-label="Range">
        ${Object.keys(RANGES).map((one) => html`<${Choice} key=${one} value=${one} chosen=${state.range === one} onChoose=${onRange} />`)}
        <${Choice} value="all" label="All" chosen=${state.range === 'all'} onChoose=${onRange} />
      </div>
      <div class="choices">
        <button type="button" aria-pressed=${state.log && !linear} title=${linear ? 'A logarithmic scale needs prices above zero' : 'Logarithmic scale'} onClick=${() => onChange({log: !state.log})}>Log</button>
        <button type="button" onClick=${onCompare}>Compare</button>
      </div>
      ${linear && html`<span class="note" role="status">Linear: not all prices are above zero</span>`}
      <${Studies} studies=${state.studies} onChange=${(studies) => onChange({studies})} />
      ${state.compare.map((one) => html`<${Compared} key=${one} symbol=${one} problem=${compared.find(({symbol}) => symbol === one)?.problem}
          onRemove=${() => onChange({compare: state.compare.filter((other) => other !== one)})} />`)}
    </div>`;
}
