// The reference for a live quote: ccxt in a minimal server. usage: node ccxt_reference.mjs PORT UPSTREAM PACKAGES
import http from 'node:http';
import { pathToFileURL } from 'node:url';

const [port, upstream, packages] = process.argv.slice(2);
const { default: ccxt } = await import(pathToFileURL(`${packages}/ccxt/js/ccxt.js`).href);
const exchange = new ccxt.binance({ options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] } } });
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
