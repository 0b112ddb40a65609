// The watch list: groups of symbols, ordered by drag or keyboard, with the latest quote of each.

import {html, useEffect, useMemo, useRef, useState} from '../assets/preact.js';
import {get} from './api.js';
import {WatchRow} from './watch-row.js';

const SPARK_HOURS = 24;
const BATCH = 25;
const NOTHING = [];

/** The closes of the last 24 hours by symbol, requested once for each symbol whose provider is not short of calls. */
function useHistories(symbols, mayRequest) {
  const [histories, setHistories] = useState({});
  const requested = useRef(new Set());
  useEffect(() => {
    const missing = symbols.filter((symbol) => !requested.current.has(symbol) && mayRequest(symbol));
    missing.forEach((symbol) => requested.current.add(symbol));
    for (let from = 0; from < missing.length; from += BATCH) {
      const names = missing.slice(from, from + BATCH);
      const query = new URLSearchParams({symbols: names.join(','), interval: '1h', limit: SPARK_HOURS});
      get(`api/v1/candles?${query}`).then(
        (body) => {
          const closes = {};
          body.candles.forEach((one, i) => {
            closes[names[i]] = one.success ? one.data.candles.map((candle) => Number(candle.close)) : NOTHING;
          });
          setHistories((before) => ({...before, ...closes}));
        },
        () => names.forEach((symbol) => requested.current.delete(symbol)),
      );
    }
  }, [symbols.join(), mayRequest]);
  return histories;
}

/** The list with a symbol moved by one place, across the bounds of groups. */
export function moved(list, symbol, step) {
  const flat = list.flatMap(({group, items}) => [{group}, ...items.map((item) => ({item}))]);
  const at = flat.findIndex(({item}) => item === symbol);
  const to = at + step;
  if (at < 0 || to < 1 || to >= flat.length) {
    return list;
  }
  const [row] = flat.splice(at, 1);
  flat.splice(to, 0, row);
  return regrouped(flat);
}

/** The list with a symbol moved before another one, or to the end of a group. */
export function dropped(list, symbol, group, before) {
  const without = list.map(({group: name, items}) => ({group: name, items: items.filter((item) => item !== symbol)}));
  return without.map((one) => {
    if (one.group !== group) {
      return one;
    }
    const at = before ? one.items.indexOf(before) : -1;
    const items = [...one.items];
    items.splice(at < 0 ? items.length : at, 0, symbol);
    return {group: one.group, items};
  });
}

function regrouped(flat) {
  const list = [];
  for (const {group, item} of flat) {
    if (group !== undefined) {
      list.push({group, items: []});
    } else {
      list.at(-1).items.push(item);
    }
  }
  return list;
}

/** The list without a symbol. */
export const without = (list, symbol) =>
  list.map(({group, items}) => ({group, items: items.filter((item) => item !== symbol)}));

/** Moves the focus to the row before or after an element. */
function focusNeighbour(element, step) {
  const rows = [...element.closest('.groups').querySelectorAll('.pick')];
  rows[rows.indexOf(element) + step]?.focus();
}

function refocus(symbol) {
  requestAnimationFrame(() => document.querySelector(`.row[data-symbol="${CSS.escape(symbol)}"] .pick`)?.focus());
}

/** What a row does when it is used. */
function actionsOf({list, group, symbol, onList, onSelect, onExplain, dragged}) {
  const move = (step) => {
    onList(moved(list, symbol, step));
    refocus(symbol);
  };
  const remove = () => onList(without(list, symbol));
  const onKey = (event) => {
    const step = {ArrowUp: -1, ArrowDown: 1}[event.key];
    if (step) {
      event.preventDefault();
      if (event.altKey) {
        move(step);
      } else {
        focusNeighbour(event.currentTarget, step);
      }
    } else if (event.key === 'Delete') {
      focusNeighbour(event.currentTarget, 1);
      remove();
    } else if (event.key === 'e') {
      onExplain(symbol);
    }
  };
  const drag = {
    onDragStart: (event) => {
      dragged.current = symbol;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', symbol);
    },
    onDragOver: (event) => dragged.current && event.preventDefault(),
    onDrop: (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (dragged.current && dragged.current !== symbol) {
        onList(dropped(list, dragged.current, group, symbol));
      }
      dragged.current = null;
    },
  };
  return {onSelect: () => onSelect(symbol), onMove: move, onRemove: remove, onKey, drag};
}

/** A group's heading; while the list is edited, its name can be changed, and it can be removed when it is empty. */
const GroupHead = ({name, empty, editing, onName, onRemove}) => editing
  ? html`<div class="group-head">
      <input aria-label="Name of the group" value=${name} onChange=${(event) => onName(event.target.value.replace(/[~!]/g, ' ').trim() || name)} />
      ${empty && html`<button type="button" onClick=${onRemove}>Remove</button>`}</div>`
  : html`<h3 class="group-head">${name}</h3>`;

/** The whole panel. */
export function WatchList({quotes, list, selected, mayRequest, onList, onSelect, onExplain, onSearch}) {
  const [editing, setEditing] = useState(false);
  const dragged = useRef(null);
  const symbols = useMemo(() => list.flatMap(({items}) => items), [list]);
  const histories = useHistories(symbols, mayRequest);
  const rename = (index, name) => onList(list.map((one, i) => (i === index ? {...one, group: name} : one)));
  return html`
    <section class="panel watch" aria-label="Watch list">
      <div class="panel-head">
        <h2>Watch list</h2>
        <button type="button" class="quiet" onClick=${onSearch} title="Add a symbol ( / )">+ Add</button>
        <button type="button" class="quiet" aria-pressed=${editing} onClick=${() => setEditing(!editing)}>${editing ? 'Done' : 'Edit'}</button>
      </div>
      <div class="groups">
        ${list.map(({group, items}, index) => html`
          <div class="group" key=${`${index}`}
              onDragOver=${(event) => dragged.current && event.preventDefault()}
              onDrop=${() => dragged.current && onList(dropped(list, dragged.current, group, null))}>
            <${GroupHead} name=${group} empty=${items.length === 0} editing=${editing}
                onName=${(name) => rename(index, name)} onRemove=${() => onList(list.filter((_, i) => i !== index))} />
            <ul>
              ${items.map((symbol) => html`<${WatchRow} key=${symbol} quotes=${quotes} symbol=${symbol} editing=${editing}
                  history=${histories[symbol] ?? NOTHING} selected=${symbol === selected}
                  actions=${actionsOf({list, group, symbol, onList, onSelect, onExplain, dragged})} />`)}
            </ul>
          </div>`)}
        ${editing && html`<button type="button" class="wide-button"
            onClick=${() => onList([...list, {group: `Group ${list.length + 1}`, items: []}])}>Add a group</button>`}
        ${symbols.length === 0 && html`<p class="empty">Nothing to watch yet. Press / to find a symbol.</p>`}
      </div>
    </section>`;
}
