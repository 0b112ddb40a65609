// The chart of one symbol: loads its bars, follows them live, and shows the numbers under the cross-hair.

import {html, useEffect, useMemo, useRef, useState} from '../assets/preact.js';
import {Badge} from './badges.js';
import {Bars} from './bars.js';
import {ChartView} from './chart-view.js';
import {ChartTools, RANGES} from './chart-tools.js';
import {compact, direction, grouped, inWords, percent, utc} from './format.js';
import {nextFrame} from './frames.js';
import {loadPlot} from './panes.js';
import {study} from './studies.js';
import {change} from './url-state.js';

const MAX_PAGES = 10;

/** Failures that may pass: no response, too many requests, and those of providers. */
const PASSING = [0, 429, 502, 503, 504];
const RETRY_SECONDS = 15;

/** Loads bars until they reach back to a time, or there are no older ones. */
async function reachBack(data, time, signal) {
  for (let page = 0; page < MAX_PAGES && data.more && data.bars.length && data.bars[0].time > time; page++) {
    if (!(await data.load({older: true, signal}))) {
      return;
    }
  }
}

/** The numbers of the bar under the cross-hair, or of the last one. */
function Legend({view, data, index, revision}) {
  const place = index ?? (view ? view.places - 1 : -1);
  const slot = data ? view?.slot(place) : undefined;
  if (!slot) {
    return html`<div class="legend" data-revision=${revision}></div>`;
  }
  if (slot.gap) {
    return html`<div class="legend"><p class="values">${slot.gap.missing} ${slot.gap.missing === 1 ? 'bar is' : 'bars are'} missing from ${utc(Date.parse(slot.gap.from))}</p></div>`;
  }
  const {bar} = slot;
  const flags = data.flagsAt(bar);
  return html`
    <div class="legend" data-explain=${data.path({limit: 1})}>
      <p class="values">
        <span class="when">${bar.date ?? `${utc(bar.time)} UTC`}</span>
        ${[['O', 'open'], ['H', 'high'], ['L', 'low'], ['C', 'close']].map(([short, name]) => html`<span key=${short}><abbr title=${name}>${short}</abbr> ${grouped(bar.text[name])}</span>`)}
        <span><abbr title="volume">V</abbr> ${compact(bar.text.volume)}</span>
        <span class=${`change ${direction(bar.close, bar.open)}`}>${percent(bar.close, bar.open)}</span>
        ${flags.map((flag) => html`<span class="note flag" title=${flag.detail}>\u2691 ${flag.code}</span>`)}
        ${!bar.complete && html`<span class="note">not complete</span>`}
      </p>
      <p class="values">
        ${view.valuesAt(place).map((one) => html`
          <span key=${`${one.text} ${one.label}`} class="study"><i style=${{background: one.color}}></i>${one.study}${one.label === one.study ? '' : ` ${one.label}`} ${studyText(one, bar)}</span>`)}
      </p>
    </div>`;
}

/** A study's value with as many digits as the bar's prices have, but an index in hundredths and a comparison in percent. */
function studyText(one, bar) {
  if (one.value === null || one.value === undefined) {
    return '\u2013';
  }
  if (one.name === 'compare') {
    return percent(one.value, one.base);
  }
  const digits = one.name === 'rsi' ? 2 : Math.max(2, (bar.text.close.split('.')[1] ?? '').length);
  return grouped(one.value.toFixed(digits));
}

/** What is drawn, in a sentence for those who do not see it. */
function summary(data, view) {
  const bars = view?.visibleBars ?? [];
  if (!bars.length) {
    return '';
  }
  const last = bars.at(-1);
  return `${data.mock ? 'Mock data. ' : ''}${data.symbol}, ${bars.length} bars of ${data.interval} from ${utc(bars[0].time)} to ${utc(last.time)} UTC,`
    + ` last close ${last.text.close}. Left and right move by bar, plus and minus zoom.`;
}

/** Loads bars of a symbol and follows its events. */
function useBars(feed, symbol, interval, onChange) {
  const [loaded, setLoaded] = useState({data: null, problem: null});
  useEffect(() => {
    const data = new Bars(symbol, interval);
    const abort = new AbortController();
    let stop = () => {};
    let timer = 0;
    const failed = (problem) => {
      if (problem.name !== 'AbortError') {
        setLoaded({data: null, problem});
        if (PASSING.includes(problem.status)) {
          timer = setTimeout(load, (problem.document.retry_after ?? RETRY_SECONDS) * 1000);
        }
      }
    };
    const load = () => data.load({signal: abort.signal}).then(() => setLoaded({data, problem: null}), failed);
    load().then(() => {
      if (abort.signal.aborted) {
        return;
      }
      stop = feed.subscribe(symbol, `candle:${interval}`, (event) => {
        if ((event.type === 'candle' || event.type === 'snapshot') && data.bars.length) {
          data.follow(event);
          onChange(data);
        } else if (event.type === 'resync' || event.type === 'gap') {
          load().then(() => onChange(data));
        }
      });
    });
    return () => {
      abort.abort();
      clearTimeout(timer);
      stop();
    };
  }, [feed, symbol, interval]);
  return loaded.data?.symbol === symbol && loaded.data?.interval === interval ? loaded : {data: null, problem: loaded.problem};
}

/** The bars of the symbols to compare with, and what went wrong with the others. */
function useComparisons(symbols, interval) {
  const [all, setAll] = useState([]);
  useEffect(() => {
    const abort = new AbortController();
    Promise.all(symbols.map((symbol) => {
      const data = new Bars(symbol, interval);
      return data.load({signal: abort.signal}).then(() => data, (problem) => Object.assign(data, {problem}));
    })).then((loaded) => !abort.signal.aborted && setAll(loaded));
    return () => abort.abort();
  }, [symbols.join(), interval]);
  return all.filter((one) => symbols.includes(one.symbol) && one.interval === interval);
}

/** The panel with the chart. `onProblem(text)` tells what it says is wrong, or that nothing is. */
export function Chart({feed, state, intervals, onCompare, onProblem}) {
  const {symbol, interval, log} = state;
  const host = useRef();
  const view = useRef(null);
  const [index, setIndex] = useState(null);
  const [revision, setRevision] = useState(0);
  const shown = useRef(null);
  const touch = useMemo(() => () => setRevision((before) => before + 1), []);
  const refresh = useMemo(() => () => {
    view.current?.update();
    touch();
  }, []);
  const {data, problem} = useBars(feed, symbol, interval, (changed) => changed === shown.current && nextFrame(refresh));
  const compared = useComparisons(state.compare, interval);
  const compare = useMemo(() => compared.filter((one) => !one.problem), [compared.length]);
  const studies = useMemo(() => state.studies.map(study).filter(Boolean), [state.studies.join()]);

  useEffect(() => {
    if (!data) {
      return undefined;
    }
    let gone = false;
    loadPlot().then((uPlot) => {
      if (gone) {
        return;
      }
      shown.current = data;
      view.current ??= new ChartView(uPlot, host.current, {
        onCursor: (place) => nextFrame(() => setIndex(place)),
        onOlder: () => shown.current.more && shown.current.load({older: true}).then((more) => {
          if (more) {
            view.current?.prepended();
            touch();
          }
        }, () => {}),
      });
      view.current.set({data, studies, compare, log});
      touch();
    });
    return () => {
      gone = true;
    };
  }, [data, studies, compare.length, log]);

  useEffect(() => {
    if (data && state.range) {
      const abort = new AbortController();
      const since = state.range === 'all' ? 0 : data.bars.at(-1)?.time - RANGES[state.range];
      Promise.all([loadPlot(), reachBack(data, since, abort.signal)]).then(() => {
        if (!abort.signal.aborted && view.current && shown.current === data) {
          view.current.update();
          view.current.showSince(since);
          touch();
        }
      }, () => {});
      return () => abort.abort();
    }
    return undefined;
  }, [data, state.range]);

  useEffect(() => () => view.current?.destroy(), []);
  useEffect(() => {
    onProblem(problem ? inWords(problem) : '');
    return () => onProblem('');
  }, [problem]);

  const onKey = (event) => {
    const act = {
      ArrowLeft: () => setIndex(view.current.step(-1)),
      ArrowRight: () => setIndex(view.current.step(1)),
      '+': () => view.current.zoom(1 / 1.3),
      '-': () => view.current.zoom(1.3),
      Home: () => view.current.reset(),
    }[event.key];
    if (act && view.current) {
      event.preventDefault();
      act();
    }
  };

  return html`
    <div class="chart">
      <${ChartTools} state=${state} intervals=${intervals} compared=${compared} linear=${log && shown.current === data && view.current?.linear} onCompare=${onCompare}
        onChange=${(changes) => change(changes)} onRange=${(range) => change({range: range === state.range ? '' : range})} />
      <div class="chart-head">
        ${data && html`<${Badge} name=${data.mode} title=${data.reason} />`}
        ${data?.stale && html`<${Badge} name="stale" />`}
        <${Legend} view=${shown.current === data ? view.current : null} data=${data} index=${index} revision=${revision} />
      </div>
      <div class=${data ? 'plot' : 'plot loading'} ref=${host} tabindex="0" role="group" aria-label=${data ? summary(data, view.current) : 'Chart'} onKeyDown=${onKey}></div>
      ${problem && html`<div class="plot-message failed" role="status"><p>${inWords(problem)}</p></div>`}
      ${data && data.bars.length === 0 && html`<div class="plot-message"><p>No bars of ${interval} for ${symbol}.</p></div>`}
      <p class="credit">Charts by <a href="https://github.com/leeoniya/uPlot" rel="noopener noreferrer">uPlot</a> (MIT) \u00b7 times in UTC</p>
    </div>`;
}
