// Frame times of the two chart libraries that were compared for the dashboard: 500 candles with volume and one average, the last
// candle changes in every frame.
//
//   npm install --no-save playwright-core@1.49 uplot@1.6.30 lightweight-charts@5.2.1 && node bench/charts.mjs
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {chromium} from 'playwright-core';

const require = createRequire(`${process.cwd()}/`);
const folder = (name) => require.resolve(`${name}/package.json`).replace('package.json', '');
const FRAMES = 600;

const bars = Array.from({length: 500}, (_, i) => {
  const open = 100 + 20 * Math.sin(i / 40) + (i * 7919) % 13 / 5;
  const close = open + Math.sin(i * 1.7) * 2;
  return {time: 1_700_000_000 + i * 3600, open, close, high: Math.max(open, close) + 1, low: Math.min(open, close) - 1, value: 100 + (i * 37) % 900};
});

const light = ({bars}) => {
  const {createChart, CandlestickSeries, HistogramSeries, LineSeries} = window.LightweightCharts;
  const chart = createChart(document.getElementById('host'), {width: 800, height: 500, layout: {attributionLogo: false}});
  const candles = chart.addSeries(CandlestickSeries);
  const volume = chart.addSeries(HistogramSeries, {priceScaleId: 'volume'});
  const average = chart.addSeries(LineSeries);
  candles.setData(bars);
  volume.setData(bars.map(({time, value}) => ({time, value})));
  average.setData(bars.map(({time, close}) => ({time, value: close})));
  chart.timeScale().fitContent();
  return (last) => {
    candles.update(last);
    volume.update({time: last.time, value: last.value});
    average.update({time: last.time, value: last.close});
  };
};

const micro = ({bars}) => {
  const of = (name) => bars.map((bar) => bar[name]);
  const draw = (u) => {
    const {ctx, bbox} = u;
    const width = Math.max(1, Math.floor((u.valToPos(1, 'x', true) - u.valToPos(0, 'x', true)) * 0.7));
    bars.forEach((bar, i) => {
      const x = Math.round(u.valToPos(i, 'x', true) - width / 2);
      const [open, close, high, low] = ['open', 'close', 'high', 'low'].map((name) => u.valToPos(bar[name], 'y', true));
      ctx.fillStyle = bar.close >= bar.open ? '#00707a' : '#b5430b';
      ctx.fillRect(x, Math.min(open, close), width, Math.max(1, Math.abs(open - close)));
      ctx.fillRect(x + width / 2, high, 1, low - high);
      ctx.fillRect(x, bbox.top + bbox.height - bar.value / 10, width, bar.value / 10);
    });
  };
  const data = [bars.map((_, i) => i), of('high'), of('low'), of('close')];
  const hidden = {paths: () => null, points: {show: false}};
  const plot = new window.uPlot({width: 800, height: 500, scales: {x: {time: false}}, series: [{}, hidden, hidden, {stroke: '#6a3fb5', points: {show: false}}],
    hooks: {drawAxes: [draw]}}, data, document.getElementById('host'));
  return (last) => {
    bars[bars.length - 1] = last;
    data[1][499] = last.high;
    data[2][499] = last.low;
    data[3][499] = last.close;
    plot.setData(data);
  };
};

const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server']});
for (const [name, file, create] of [
  ['uPlot', 'uplot/dist/uPlot.iife.min.js', micro],
  ['lightweight-charts', 'lightweight-charts/dist/lightweight-charts.standalone.production.js', light],
]) {
  const page = await browser.newPage({viewport: {width: 900, height: 600}});
  const cdp = await page.context().newCDPSession(page);
  await page.setContent('<div id="host"></div>');
  await page.addScriptTag({content: readFileSync(folder(file.split('/')[0]) + file.slice(file.indexOf('/') + 1), 'utf8')});
  await cdp.send('Performance.enable');
  const tasks = async () => (await cdp.send('Performance.getMetrics')).metrics.find((one) => one.name === 'TaskDuration').value;
  const source = create.toString();
  const run = (frames) => page.evaluate(async ([text, bars, count]) => {
    window.update ??= (0, eval)(`(${text})`)({bars});
    for (let i = 0; i < count; i++) {
      await new Promise((done) => requestAnimationFrame(done));
      const last = bars.at(-1);
      const close = last.open + Math.sin(i) * 3;
      window.update({...last, close, high: Math.max(last.high, close), low: Math.min(last.low, close)});
    }
  }, [source, bars, frames]);
  await run(60);
  const before = await tasks();
  await run(FRAMES);
  console.log(`| ${name} | ${(((await tasks()) - before) / FRAMES * 1000).toFixed(2)} ms a frame |`);
  await page.close();
}
await browser.close();
