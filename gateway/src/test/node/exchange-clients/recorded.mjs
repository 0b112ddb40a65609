// Runs ccxt and binance-api-node against a gateway whose live providers answer with recorded bytes. Prints one JSON object: what
// each returned. Usage: node recorded.mjs <port> <modules>
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [port, modules] = process.argv.slice(2);
const load = async (name) => (await import(pathToFileURL(path.join(modules, `ccxt/js/src/${name}.js`)))).default;
const { default: apiNode } = createRequire(path.join(modules, 'x.js'))('binance-api-node');
const gateway = `127.0.0.1:${port}/compat`;

async function ccxt(name, facade) {
  const exchange = new (await load(name))({ number: String, enableRateLimit: false });
  exchange.number = String;
  for (const [key, url] of Object.entries(exchange.urls.api)) {
    if (typeof url === 'string') {
      exchange.urls.api[key] = url.replace(/^https:\/\/[^/]+/, `http://${gateway}/${facade}`);
    }
  }
  return exchange;
}

const within = (promise, what) => Promise.race([
  promise, new Promise((_, reject) => setTimeout(() => reject(new Error(`timed out: ${what}`)), 20000).unref())]);

async function binance() {
  const exchange = await ccxt('pro/binance', 'binance');
  exchange.urls.api.ws.spot = `ws://${gateway}/binance/ws`;
  await exchange.loadHttpProxyAgent();
  await exchange.loadMarkets();
  const result = {
    market: exchange.market('ETH/BTC'),
    ticker: await exchange.fetchTicker('DOGE/USDT'),
    candles: await exchange.fetchOHLCV('ETH/BTC', '1d', 1546300800000, 365),
    book: await exchange.fetchOrderBook('BTC/USDT', 5),
    trades: await exchange.fetchTrades('BTC/USDT', undefined, 5),
    watched: await within(exchange.watchTrades('BTC/USDT'), 'watchTrades'),
  };
  await exchange.close();
  return result;
}

async function node() {
  const client = apiNode({ httpBase: `http://${gateway}/binance` });
  return {
    book: await client.book({ symbol: 'BTCUSDT', limit: 5 }),
    candles: await client.candles({ symbol: 'ETHBTC', interval: '1d', startTime: 1546300800000, endTime: 1577750400000, limit: 365 }),
    day: await client.dailyStats({ symbol: 'DOGEUSDT' }),
    trades: await client.trades({ symbol: 'BTCUSDT', limit: 5 }),
  };
}

async function kraken() {
  const exchange = await ccxt('kraken', 'kraken');
  await exchange.loadMarkets();
  return {
    ticker: await exchange.fetchTicker('BTC/USD'),
    book: await exchange.fetchOrderBook('BCH/EUR', 5),
  };
}

async function coinbase() {
  const exchange = await ccxt('coinbaseexchange', 'coinbase');
  await exchange.loadMarkets();
  return {
    ticker: await exchange.fetchTicker('BTC/USDT'),
    book: await exchange.fetchOrderBook('BTC/USD'),
    trades: await exchange.fetchTrades('BTC/USDT', undefined, 5),
  };
}

async function krakenStreams() {
  const exchange = await ccxt('pro/kraken', 'kraken');
  exchange.urls.api.ws.publicV2 = `ws://${gateway}/kraken/v2`;
  await exchange.loadHttpProxyAgent();
  await exchange.loadMarkets();
  const result = { trades: [...await within(exchange.watchTrades('BTC/USD', undefined, undefined, { snapshot: true }), 'watchTrades')] };
  await exchange.close();
  return result;
}

/** ccxt signs what asks for books, with a key that nobody reads; books are read with numbers, because it takes the text "0" for a size. */
async function coinbaseStreams() {
  const pair = 'SKL/BTC';
  const open = async (number) => {
    const exchange = await ccxt('pro/coinbaseexchange', 'coinbase');
    Object.assign(exchange, { number, apiKey: 'key', secret: 'c2VjcmV0', password: 'word' });
    exchange.urls.api.ws = `ws://${gateway}/coinbase`;
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
    return exchange;
  };
  const texts = await open(String);
  const numbers = await open(Number);
  const [ticker, trades, book] = await Promise.all([
    within(texts.watchTicker(pair), 'watchTicker'),
    within(texts.watchTrades(pair), 'watchTrades'),
    within(numbers.watchOrderBook(pair), 'watchOrderBook')]);
  await Promise.all([texts.close(), numbers.close()]);
  return { ticker, trades: [...trades], book: { bids: [...book.bids].slice(0, 10), asks: [...book.asks].slice(0, 10) } };
}

const result = {};
for (const [name, check] of Object.entries({ binance, node, kraken, coinbase, krakenStreams, coinbaseStreams })) {
  try {
    result[name] = await check();
  } catch (error) {
    result[name] = { failed: error.stack };
  }
}
process.stdout.write(JSON.stringify(result) + '\n', () => process.exit(0));
