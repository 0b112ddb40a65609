// What the dashboard costs: first paint and first price with the processor throttled, 50 symbols at 10 changes a second, and the
// gateway with the default watch list open, in its first minute and later.
//
//   npm install --no-save playwright-core@1.49 && ./brain & node bench/dashboard.mjs http://127.0.0.1:8000/ [PID of the gateway] [seconds]
import {readFileSync} from 'node:fs';
import {chromium} from 'playwright-core';

const [, , base = 'http://127.0.0.1:8000/', pid, seconds = '60'] = process.argv;
const ROUNDS = 9;
const LOADED_MILLIS = 2_500;
const WARM_MILLIS = 60_000;
const SYMBOLS = 50;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'],
});
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const range = (numbers) => `${Math.round(median(numbers))} [${Math.round(Math.min(...numbers))}\u2013${Math.round(Math.max(...numbers))}]`;

/** The time of the frame after the first price is written into the watch list, in milliseconds after the start of the navigation. */
const watchFirstPrice = () => {
  const observer = new MutationObserver(() => {
    if (/[0-9]/.test(document.querySelector('.row .price')?.textContent ?? '')) {
      observer.disconnect();
      requestAnimationFrame(() => (window.firstPrice = performance.now()));
    }
  });
  observer.observe(document, {subtree: true, childList: true, characterData: true});
};

async function start(throttle) {
  const paints = [];
  const prices = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const context = await browser.newContext({viewport: {width: 1400, height: 860}});
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', {rate: throttle});
    await page.addInitScript(watchFirstPrice);
    await page.goto(base);
    do {
      await page.waitForTimeout(LOADED_MILLIS); // asked more often, the page would be slower
    } while ((await page.evaluate(() => window.firstPrice)) === undefined);
    const [paint, price] = await page.evaluate(() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.firstPrice]);
    if (i > 0) {
      paints.push(paint);
      prices.push(price);
    }
    await context.close();
  }
  console.log(`| first paint, first price, CPU ÷ ${throttle} | ${range(paints)} ms, ${range(prices)} ms |`);
}

/** Stands in for the WebSocket: every subscribed quote changes ten times a second, each at its own moment. */
const ticking = () => {
  window.WebSocket = class {
    static OPEN = 1;
    readyState = 0;
    constructor() {
      setTimeout(() => {
        this.readyState = 1;
        this.onopen?.();
      }, 10);
    }
    close() {}
    send(text) {
      const {op, id, symbols, kinds} = JSON.parse(text);
      if (op !== 'subscribe' || kinds[0] !== 'quote') {
        return;
      }
      const [provider, instrument] = symbols[0].split(/:(.+)/);
      let price = 100 + Math.random() * 1000;
      this.onmessage({data: JSON.stringify({type: 'ack', id, subscriptions: [{provider, instrument, kind: 'quote'}]})});
      setTimeout(() => setInterval(() => {
        price += Math.random() - 0.5;
        const now = new Date().toISOString();
        this.onmessage({data: JSON.stringify({type: 'quote', resume: 'x.1', seq: 1, provider, kind: 'quote', mock: true, at: now, symbol: instrument,
          instrument, price: price.toFixed(2), bid: price.toFixed(2), ask: price.toFixed(2), open: '500', high: '900', low: '100', volume: '1000',
          price_unit: 'USD', as_of: now, received_at: now, freshness: 'fresh', quality: []})});
      }, 100), Math.random() * 100);
    }
  };
};

async function busy() {
  const context = await browser.newContext({viewport: {width: 1400, height: 860}});
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await page.addInitScript(ticking);
  const list = Array.from({length: SYMBOLS}, (_, i) => `mock:S${i}/USD`).join('~');
  await page.goto(`${base}#/market?w=All~${list}`);
  await page.waitForTimeout(5_000);
  await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const frame = (now) => {
      window.frames_.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await cdp.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({name, value}) => [name, value]));
  const heap = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    return (await metrics()).JSHeapUsedSize / 1e6;
  };
  const heapBefore = await heap();
  const before = await metrics();
  await page.waitForTimeout(Number(seconds) * 1000);
  const after = await metrics();
  const heapAfter = await heap();
  const frames = (await page.evaluate(() => window.frames_)).sort((a, b) => a - b);
  const share = (name) => `${(((after[name] - before[name]) / (after.Timestamp - before.Timestamp)) * 100).toFixed(1)} %`;
  console.log(`| ${SYMBOLS} symbols × 10/s, ${seconds} s: all tasks; scripting, style, layout | ${share('TaskDuration')}; ${share('ScriptDuration')}, ${share('RecalcStyleDuration')}, ${share('LayoutDuration')} of a core |`);
  console.log(`| frame time p50, p99 | ${frames[Math.floor(frames.length / 2)].toFixed(1)}, ${frames[Math.floor(frames.length * 0.99)].toFixed(1)} ms |`);
  console.log(`| heap before, after | ${heapBefore.toFixed(1)}, ${heapAfter.toFixed(1)} MB |`);
  await context.close();
}

const ticks = () => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

async function gateway() {
  const cost = async () => {
    const before = ticks();
    await new Promise((done) => setTimeout(done, Number(seconds) * 1000));
    return (ticks() - before) / Number(seconds);
  };
  const idle = await cost();
  const context = await browser.newContext({viewport: {width: 1400, height: 860}});
  const page = await context.newPage();
  await page.goto(base);
  const first = await cost();
  await page.waitForTimeout(WARM_MILLIS);
  const open = await cost();
  console.log(`| gateway without the page; in the page's first ${seconds} s; a minute later | ${idle.toFixed(1)} %, ${first.toFixed(1)} %, ${open.toFixed(1)} % of a core |`);
  await context.close();
}

if (pid) {
  await gateway(); // first, while it is new
}
await start(4);
await start(1);
await busy();
await browser.close();
