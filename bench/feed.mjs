// feed.mjs NODE_MODULES PORT PERIOD_MS SYMBOLS: an exchange that sends Binance's tickers of all symbols to whoever connects, each once a
// period, spread evenly.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(`${process.argv[2]}/`);
const { WebSocketServer } = require("ws");
const symbols = readFileSync(process.argv[5], "utf8").split("\n").map((line) => line.split(":")[1].replace("/", ""));
const server = new WebSocketServer({ port: Number(process.argv[3]), host: "127.0.0.1" });
let client;
server.on("connection", (socket) => { client = socket; });
let sent = 0;
const begin = Date.now();
setInterval(() => {
  const due = ((Date.now() - begin) * symbols.length) / Number(process.argv[4]);
  for (; sent < due; sent++) {
    const ticker = { e: "24hrTicker", E: Date.now(), s: symbols[sent % symbols.length], p: "1.5", P: "0.1", w: "100", x: "99",
      c: "101.5", Q: "1", b: "101.4", B: "2", a: "101.6", A: "3", o: "100", h: "103", l: "98", v: "1000", q: "100000", O: 0,
      C: Date.now(), F: 0, L: 1, n: 2 };
    client?.send(JSON.stringify({ stream: "!ticker@arr", data: [ticker] }));
  }
}, 1);
