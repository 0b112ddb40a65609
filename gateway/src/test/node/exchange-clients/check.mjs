// Runs ccxt and binance-api-node against a gateway with nothing but their addresses changed. Prints one JSON object: what each
// returned, and what each asked for. Usage: node check.mjs <port> <instant> <modules>
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { recordingProxy } from './recording-proxy.mjs';

const [port, instant, modules] = process.argv.slice(2);
const { default: ccxtBinance } = await import(pathToFileURL(path.join(modules, 'ccxt/js/src/pro/binance.js')));
const { default: ccxtKraken } = await import(pathToFileURL(path.join(modules, 'ccxt/js/src/kraken.js')));
const { default: ccxtCoinbase } = await import(pathToFileURL(path.join(modules, 'ccxt/js/src/coinbaseexchange.js')));
const { default: proKraken } = await import(pathToFileURL(path.join(modules, 'ccxt/js/src/pro/kraken.js')));
const { default: proCoinbase } = await import(pathToFileURL(path.join(modules, 'ccxt/js/src/pro/coinbaseexchange.js')));
const { default: apiNode } = createRequire(path.join(modules, 'x.js'))('binance-api-node');

const SYMBOL = 'BTC/USDT';
const within = (promise, what) => Promise.race([
  promise, new Promise((_, reject) => setTimeout(() => reject(new Error(`timed out: ${what}`)), 20000).unref())]);
const failure = async (call) => {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`;
  }
};

function ccxt(base, streams) {
  const exchange = new ccxtBinance({ number: String, enableRateLimit: false });
  exchange.number = String;
  for (const [name, url] of Object.entries(exchange.urls.api)) {
    if (typeof url === 'string') {
      exchange.urls.api[name] = url.replace(/^https:\/\/[^/]+/, base);
    }
  }
  exchange.urls.api.ws.spot = `${streams}/ws`;
  return exchange;
}

async function ccxtRest(base) {
  const exchange = ccxt(base, base);
  const start = Date.parse(instant) - 86400000;
  const result = {};
  await exchange.loadMarkets();
  result.market = exchange.market(SYMBOL);
  result.time = await exchange.fetchTime();
  result.ticker = await exchange.fetchTicker(SYMBOL);
  result.tickers = await exchange.fetchTickers([SYMBOL, 'ETH/USDT']);
  result.bidsAsks = await exchange.fetchBidsAsks([SYMBOL]);
  result.candles = await exchange.fetchOHLCV(SYMBOL, '1h', undefined, 5);
  result.candlesSince = await exchange.fetchOHLCV(SYMBOL, '1d', start - 86400000 * 9, 5);
  result.book = await exchange.fetchOrderBook(SYMBOL, 5);
  result.trades = await exchange.fetchTrades(SYMBOL, undefined, 5);
  result.tradesSince = await exchange.fetchTrades(SYMBOL, start, 3);
  result.unknown = await failure(() => exchange.publicGetTickerPrice({ symbol: 'NOTHING' }));
  exchange.apiKey = 'key';
  exchange.secret = 'secret';
  result.account = await failure(() => exchange.privateGetAccount());
  await exchange.close();
  return result;
}

async function krakenRest(base) {
  const exchange = new ccxtKraken({ number: String, enableRateLimit: false });
  exchange.number = String;
  for (const [name, url] of Object.entries(exchange.urls.api)) {
    if (typeof url === 'string') {
      exchange.urls.api[name] = url.replace(/^https:\/\/[^/]+/, base);
    }
  }
  const pair = 'BTC/USD';
  await exchange.loadMarkets();
  const result = {
    market: exchange.market(pair),
    ticker: await exchange.fetchTicker(pair),
    tickers: await exchange.fetchTickers([pair, 'ETH/EUR', 'SOL/USD']),
    candles: await exchange.fetchOHLCV(pair, '1h', undefined, 5),
    book: await exchange.fetchOrderBook(pair, 5),
    trades: await exchange.fetchTrades(pair, undefined, 5),
    unknown: await failure(() => exchange.publicGetTicker({ pair: 'NOTHING' })),
  };
  exchange.apiKey = 'key';
  exchange.secret = 'c2VjcmV0';
  result.account = await failure(() => exchange.fetchBalance());
  return result;
}

async function coinbaseRest(base) {
  const exchange = new ccxtCoinbase({ number: String, enableRateLimit: false });
  exchange.number = String;
  for (const [name, url] of Object.entries(exchange.urls.api)) {
    if (typeof url === 'string') {
      exchange.urls.api[name] = url.replace(/^https:\/\/[^/]+/, base);
    }
  }
  const pair = 'BTC/USD';
  await exchange.loadMarkets();
  const result = {
    market: exchange.market(pair),
    time: await exchange.fetchTime(),
    ticker: await exchange.fetchTicker(pair),
    stats: await exchange.publicGetProductsIdStats({ id: 'BTC-USD' }),
    candles: await exchange.fetchOHLCV(pair, '1h', Date.parse(instant) - 86400000, 5),
    book: await exchange.fetchOrderBook(pair),
    trades: await exchange.fetchTrades(pair, undefined, 5),
    unknown: await failure(() => exchange.publicGetProductsIdTicker({ id: 'NOTHING' })),
  };
  exchange.apiKey = 'key';
  exchange.secret = 'c2VjcmV0';
  exchange.password = 'password';
  result.account = await failure(() => exchange.fetchBalance());
  return result;
}

async function ccxtStreams(base, streams) {
  const exchange = ccxt(base, streams);
  await exchange.loadHttpProxyAgent(); // ccxt asks for this where an address is ws:// instead of wss://
  await exchange.loadMarkets();
  const one = (what) => within(exchange[what](SYMBOL), what);
  const [ticker, trades, candles, book, best] = await Promise.all([
    one('watchTicker'), one('watchTrades'), one('watchOHLCV'), one('watchOrderBook'),
    within(exchange.watchBidsAsks([SYMBOL]), 'watchBidsAsks')]);
  const later = await one('watchOrderBook');
  const result = {
    ticker, trades, candles: [...candles], best,
    book: { bids: [...later.bids].slice(0, 5), asks: [...later.asks].slice(0, 5), nonce: later.nonce, first: book.nonce },
  };
  await exchange.close();
  return result;
}

/** Of another exchange than Binance; books are read with numbers, because ccxt takes the text "0" for a size. */
async function streaming(Exchange, base, settings, setUrl) {
  const exchange = new Exchange({ enableRateLimit: false, ...settings });
  for (const [name, url] of Object.entries(exchange.urls.api)) {
    if (typeof url === 'string') {
      exchange.urls.api[name] = url.replace(/^https:\/\/[^/]+/, base);
    }
  }
  setUrl(exchange.urls.api);
  await exchange.loadHttpProxyAgent();
  await exchange.loadMarkets();
  return exchange;
}

/** The book after some changes, with its time. */
async function changedBook(exchange, pair, changes = 3) {
  let book;
  for (let i = 0; i <= changes; i++) {
    book = await within(exchange.watchOrderBook(pair), 'watchOrderBook');
  }
  return { bids: [...book.bids].slice(0, 10), asks: [...book.asks].slice(0, 10), at: book.timestamp };
}

async function krakenStreams(base, streams) {
  const pair = 'BTC/USD';
  const open = (settings) => streaming(proKraken, base, settings, (api) => { api.ws.publicV2 = `${streams}/v2`; });
  const texts = await open({ number: String });
  texts.number = String;
  const numbers = await open({});
  const one = (what) => within(texts[what](pair), what);
  const [ticker, trades, candles, book] = await Promise.all([
    one('watchTicker'), one('watchTrades'), one('watchOHLCV'), changedBook(numbers, pair)]);
  await Promise.all([texts.close(), numbers.close()]);
  return { ticker, trades: [...trades], candles: [...candles], book };
}

async function coinbaseStreams(base, streams) {
  const pair = 'BTC/USD';
  // ccxt signs subscriptions to books, so it needs a key, which nobody reads here
  const open = (settings) => streaming(
    proCoinbase, base, { apiKey: 'key', secret: 'c2VjcmV0', password: 'word', ...settings }, (api) => { api.ws = streams; });
  const texts = await open({ number: String });
  texts.number = String;
  const numbers = await open({});
  const one = (what) => within(texts[what](pair), what);
  const [ticker, trades, book] = await Promise.all([one('watchTicker'), one('watchTrades'), changedBook(numbers, pair)]);
  await Promise.all([texts.close(), numbers.close()]);
  return { ticker, trades: [...trades], book };
}

async function nodeRest(base) {
  const client = apiNode({ httpBase: base, getTime: () => Date.parse(instant) });
  return {
    ping: await client.ping(),
    time: await client.time(),
    prices: await client.prices({ symbol: 'BTCUSDT' }),
    info: (await client.exchangeInfo({ symbol: 'BTCUSDT' })).symbols.map((one) => one.symbol),
    book: await client.book({ symbol: 'BTCUSDT', limit: 5 }),
    candles: await client.candles({ symbol: 'BTCUSDT', interval: '1h', limit: 3 }),
    trades: await client.trades({ symbol: 'BTCUSDT', limit: 3 }),
    aggTrades: await client.aggTrades({ symbol: 'BTCUSDT', limit: 3 }),
    day: await client.dailyStats({ symbol: 'BTCUSDT' }),
    average: await client.avgPrice({ symbol: 'BTCUSDT' }),
    best: await client.allBookTickers(),
    unknown: await client.prices({ symbol: 'NOTHING' }).then(() => 'no error', (error) => `${error.code} ${error.message}`),
  };
}

async function nodeStreams(streams) {
  const client = apiNode({ wsBase: `${streams}/ws` });
  const open = [];
  const first = (what, subscribe) => within(new Promise((resolve) => open.push(subscribe(resolve))), what);
  const result = {};
  [result.trade, result.aggTrade, result.candle, result.ticker, result.miniTicker, result.best, result.depth, result.partial] =
    await Promise.all([
      first('trades', (done) => client.ws.trades(['BTCUSDT'], done)),
      first('aggTrades', (done) => client.ws.aggTrades(['BTCUSDT'], done)),
      first('candles', (done) => client.ws.candles('BTCUSDT', '1m', done)),
      first('ticker', (done) => client.ws.ticker('BTCUSDT', done)),
      first('miniTicker', (done) => client.ws.miniTicker('BTCUSDT', done)),
      first('bookTicker', (done) => client.ws.bookTicker('BTCUSDT', done)),
      first('depth', (done) => client.ws.depth('BTCUSDT', done)),
      first('partialDepth', (done) => client.ws.partialDepth({ symbol: 'BTCUSDT', level: 5 }, done))]);
  open.forEach((close) => close({ delay: 0, fastClose: true, keepClosed: true }));
  return result;
}

const result = { asked: {} };
async function run(name, at, check, facade = '/compat/binance') {
  const proxy = await recordingProxy(Number(port));
  const prefix = at ? `/at/${instant}` : '';
  try {
    result[name] = await check(`http://127.0.0.1:${proxy.port}${prefix}${facade}`, `ws://127.0.0.1:${proxy.port}${facade}`);
  } catch (error) {
    result[name] = { failed: error.stack };
  }
  result.asked[name] = [...proxy.asked];
  proxy.close();
}
await run('ccxt', true, ccxtRest);
await run('node', true, nodeRest);
await run('kraken', true, krakenRest, '/compat/kraken');
await run('coinbase', true, coinbaseRest, '/compat/coinbase');
await run('ccxtStreams', false, ccxtStreams);
await run('krakenStreams', false, krakenStreams, '/compat/kraken');
await run('coinbaseStreams', false, coinbaseStreams, '/compat/coinbase');
await run('nodeStreams', false, (_, streams) => nodeStreams(streams));
process.stdout.write(JSON.stringify(result), () => process.exit(0));
