// stream-clients.mjs PORT: npm's eventsource and ws listen to the streams of a gateway; prints what they saw as JSON.
import { EventSource } from "eventsource";
import WebSocket from "ws";

const port = process.argv[2];
const symbol = "binance:BTCUSDT";

function sse(from) {
  return new Promise((resolve, reject) => {
    const address = `http://127.0.0.1:${port}/api/v1/stream?symbols=${symbol}&kinds=trade`;
    const source = new EventSource(from ? `${address}&last_event_id=${from}` : address);
    const seen = [];
    const take = (event) => {
      seen.push({ name: event.type, id: event.lastEventId, seq: JSON.parse(event.data).seq });
      if (seen.filter((one) => one.name === "trade").length === 3) {
        source.close();
        resolve(seen);
      }
    };
    for (const name of ["snapshot", "status", "trade", "resync", "gap"]) source.addEventListener(name, take);
    source.onerror = (error) => reject(new Error(`EventSource: ${error.message}`));
  });
}

function webSocket() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    const seen = [];
    let pongs = 0;
    let closing = false;
    socket.on("open", () => {
      socket.send(JSON.stringify({ op: "subscribe", id: 1, symbols: [symbol], kinds: ["trade"] }));
      socket.ping("hello");
    });
    socket.on("pong", (data) => { pongs += data.toString() === "hello" ? 1 : 0; });
    socket.on("message", (data) => {
      const message = JSON.parse(data);
      seen.push({ name: message.type, seq: message.seq ?? 0 });
      if (!closing && seen.filter((one) => one.name === "trade").length === 3) {
        closing = true;
        socket.close(4001, "enough");
      }
    });
    socket.on("close", (code) => resolve({ seen, pongs, code }));
    socket.on("error", reject);
  });
}

const [first, socket] = await Promise.all([sse(), webSocket()]);
const again = await sse(first.at(-1).id);
console.log(JSON.stringify({ first, again, socket }));
process.exit(0);
