// What the dashboard costs. PART is one of
//   gateway  processor time of the gateway (its PID after a colon) with the default watch list open, in the first seconds and later
//   open     the same in each of so many minutes as SECONDS has, of one gateway or of several at the same time, each as PID=URL: open:41,42=http://127.0.0.1:8001/
//   start    first paint and first price with the processor throttled and without, in turns with an empty page
//   busy     50 symbols at 10 changes a second: scripting, rendering, frame times, and the heap at ten moments
//
//   npm install --no-save playwright-core@1.49 && ./brain & node bench/dashboard.mjs http://127.0.0.1:8000/ [SECONDS [PART …]]
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {chromium} from 'playwright-core';

const [, , base = 'http://127.0.0.1:8000/', seconds = '60', ...given] = process.argv;
const parts = given.length ? given : ['start', 'busy'];
const ROUNDS = 9;
const LOADED_MILLIS = 2_500;
const WARM_MILLIS = 60_000;
const SYMBOLS = 50;
const HEAPS = 10;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'],
});
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const range = (numbers) => `${Math.round(median(numbers))} [${Math.round(Math.min(...numbers))}\u2013${Math.round(Math.max(...numbers))}]`;

/** The end of the frame that paints the first price of the watch list, in milliseconds after the start of the navigation. */
const watchFirstPrice = () => {
  const observer = new MutationObserver(() => {
    if (/[0-9]/.test(document.querySelector('.row .price')?.textContent ?? '')) {
      observer.disconnect();
      const {port1, port2} = new MessageChannel();
      port2.onmessage = () => (window.firstPrice = performance.now());
      requestAnimationFrame(() => port1.postMessage('')); // received after the frame
    }
  });
  observer.observe(document, {subtree: true, childList: true, characterData: true});
};

/** Loads a page in a context of its own; returns its first paint and, if it shows prices, the first of them. */
async function load(url, throttle, priced) {
  const context = await browser.newContext({viewport: {width: 1400, height: 860}});
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', {rate: throttle});
  if (priced) {
    await page.addInitScript(watchFirstPrice);
  }
  await page.goto(url);
  do {
    await page.waitForTimeout(LOADED_MILLIS); // asked more often, the page would be slower
  } while (priced && (await page.evaluate(() => window.firstPrice)) === undefined);
  const [paint, price] = await page.evaluate(() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.firstPrice]);
  await context.close();
  return [paint, price];
}

async function start(throttle, empty) {
  const own = [];
  const bare = [];
  for (let i = 0; i <= ROUNDS; i++) {
    bare.push((await load(empty, throttle, false))[0]);
    own.push(await load(base, throttle, true));
  }
  const [paints, prices] = [0, 1].map((k) => own.slice(1).map((times) => times[k]));
  console.log(`| first paint, first price; first paint of an empty page, CPU ÷ ${throttle} | ${range(paints)}, ${range(prices)}; ${range(bare.slice(1))} ms |`);
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
  const heaps = [await heap()];
  const before = await metrics();
  for (let i = 0; i < HEAPS; i++) {
    await page.waitForTimeout((Number(seconds) * 1000) / HEAPS);
    heaps.push(await heap());
  }
  const after = await metrics();
  const frames = (await page.evaluate(() => window.frames_)).sort((a, b) => a - b);
  const share = (name) => `${(((after[name] - before[name]) / (after.Timestamp - before.Timestamp)) * 100).toFixed(1)} %`;
  console.log(`| ${SYMBOLS} symbols × 10/s, ${seconds} s: all tasks; scripting, style, layout | ${share('TaskDuration')}; ${share('ScriptDuration')}, ${share('RecalcStyleDuration')}, ${share('LayoutDuration')} of a core |`);
  console.log(`| frame time p50, p99 | ${frames[Math.floor(frames.length / 2)].toFixed(1)}, ${frames[Math.floor(frames.length * 0.99)].toFixed(1)} ms |`);
  console.log(`| heap, at ${HEAPS + 1} moments, collected | ${heaps.map((one) => one.toFixed(1)).join(', ')} MB |`);
  await context.close();
}

const ticks = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

async function gateway(pid) {
  const cost = async () => {
    const before = ticks(pid);
    await new Promise((done) => setTimeout(done, Number(seconds) * 1000));
    return (ticks(pid) - before) / Number(seconds);
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

/** Processor time in each minute with the page open. */
async function open(gateways) {
  const contexts = [];
  const shares = gateways.map(() => []);
  for (const [, url = base] of gateways) {
    const context = await browser.newContext({viewport: {width: 1400, height: 860}});
    contexts.push(context);
    await (await context.newPage()).goto(url);
  }
  let before = gateways.map(([pid]) => ticks(pid));
  for (let minute = 0; minute < Number(seconds) / 60; minute++) {
    await new Promise((done) => setTimeout(done, 60_000));
    const now = gateways.map(([pid]) => ticks(pid));
    shares.forEach((one, i) => one.push(((now[i] - before[i]) / 60).toFixed(1)));
    before = now;
  }
  gateways.forEach(([pid], i) => console.log(`| gateway ${pid} with the page open, minute by minute | ${shares[i].join(', ')} % of a core |`));
  await Promise.all(contexts.map((context) => context.close()));
}

for (const part of parts) {
  const [, name, processes] = /^([a-z]+):?(.*)$/.exec(part);
  if (name === 'gateway') {
    await gateway(processes);
  } else if (name === 'open') {
    await open(processes.split(',').map((one) => one.split(/=(.*)/)));
  } else if (name === 'start') {
    const server = createServer((_, response) => {
      response.writeHead(200, {'Content-Type': 'text/html'}).end('<!doctype html><title>Empty</title><p>One text');
    }).listen(0);
    const empty = `http://127.0.0.1:${server.address().port}/`;
    await start(4, empty);
    await start(1, empty);
    server.close();
  } else {
    await busy();
  }
}
await browser.close();
