// The reference for a live quote: ccxt in a minimal server. usage: node ccxt_reference.mjs PORT UPSTREAM PACKAGES MODULE
// MODULE is the file of ccxt to import: js/ccxt.js for all exchanges, js/src/binance.js for one.
import http from 'node:http';
import { pathToFileURL } from 'node:url';

const [port, upstream, packages, module] = process.argv.slice(2);
const { default: ccxt } = await import(pathToFileURL(`${packages}/ccxt/${module}`).href);
const Binance = ccxt.binance ?? ccxt;
const exchange = new Binance({ options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] } } });
exchange.urls.api.public = `${upstream}/api/v3`;

http.createServer(async (request, response) => {
    try {
        const ticker = await exchange.fetchTicker('DOGE/USDT');
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(ticker));
    } catch (failed) {
        response.writeHead(502);
        response.end(String(failed));
    }
}).listen(Number(port), '127.0.0.1');
