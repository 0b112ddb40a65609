// peer.mjs NODE_MODULES PORT UPSTREAM_PORT SYMBOLS LENGTH: what one builds of npm's ccxws and ws to share an exchange's feed: each
// ticker is sent to all clients that want its symbol. The reference for bench/run streams-peers; upstream is feed.mjs.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(`${process.argv[2]}/`);
const ccxws = require("ccxws");
const { WebSocketServer } = require("ws");
const [port, upstream, symbols, length] = process.argv.slice(3);
const exchange = new ccxws.BinanceClient({ wssPath: `ws://127.0.0.1:${upstream}/stream`, watcherMs: 600_000 });
const listeners = new Map();
const filler = "x".repeat(Math.max(0, Number(length) - 200));
exchange.on("error", (error) => console.error(error));
exchange.on("ticker", (ticker, market) => {
  const at = new Date(ticker.timestamp).toISOString();
  const body = `,"instrument":"${market.base}/${market.quote}","at":"${at}","bid":"${ticker.bid}","ask":"${ticker.ask}",`
    + `"last":"${ticker.last}","volume":"${ticker.volume}","filler":"${filler}"}`;
  for (const client of listeners.get(`${market.base}/${market.quote}`) ?? []) {
    client.seq[market.id] = (client.seq[market.id] ?? 0) + 1;
    client.socket.send(`{"type":"quote","seq":${client.seq[market.id]}${body}`);
  }
});
for (const line of readFileSync(symbols, "utf8").split("\n")) {
  const [base, quote] = line.split(":")[1].split("/");
  listeners.set(`${base}/${quote}`, new Set());
  exchange.subscribeTicker({ id: `${base}${quote}`, base, quote });
}
const server = new WebSocketServer({ port: Number(port), host: "127.0.0.1", perMessageDeflate: false, backlog: 2000 });
server.on("connection", (socket) => {
  const client = { socket, seq: {} };
  socket.on("message", (text) => {
    for (const symbol of JSON.parse(text).symbols) listeners.get(symbol.split(":")[1]).add(client);
  });
  socket.on("close", () => listeners.forEach((set) => set.delete(client)));
});
