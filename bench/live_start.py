#!/usr/bin/env python3
"""From exec to the first live quote, beside ccxt in a minimal server (bench/ccxt_reference.mjs), in alternating starts.

usage: bench/live_start.py PACKAGES [ROUNDS [NAME=FOLDER]...]

PACKAGES is a node_modules folder with ccxt, such as one that "npm install ccxt" makes; FOLDER is a built checkout, by default
this one. Both get the quote from a server on this machine that sends recorded bodies of Binance, the ticker with the current
time. They run on one core, that server and the client on the other. Memory is the resident memory after the quote.
"""

import http.server
import json
import os
import pathlib
import statistics
import sys
import threading
import time
import urllib.parse

import harness

RECORDED = harness.ROOT / "gateway/src/test/resources/providers/binance"
MARKETS = (RECORDED / "v3_exchangeInfo--all-2021-10.json").read_bytes()
TICKER = json.loads((RECORDED / "v3_ticker_24hr--DOGEUSDT-.json").read_text())
QUOTE = "/api/v1/data/binance/DOGEUSDT"


class Recorded(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = urllib.parse.urlparse(self.path).path
        now = int(time.time() * 1000)
        bodies = {"/api/v3/exchangeInfo": lambda: MARKETS,
                  "/api/v3/ticker/24hr": lambda: json.dumps(TICKER | {"closeTime": now}).encode()}
        body = bodies.get(path, lambda: b"{}")()
        self.send_response(200 if path in bodies else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    packages, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 11
    homes = dict(word.split("=", 1) for word in sys.argv[3:]) or {"gateway": str(harness.ROOT)}
    os.sched_setaffinity(0, {int(harness.LOAD_CORE)})
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorded)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{upstream.server_port}"
    live = {"BINANCE_MODE": "live", "BINANCE_BASE_URL": address}
    commands = {name: (lambda port, home=home: [f"{home}/brain", "serve", "--port", str(port)], live, QUOTE)
                for name, home in homes.items()}
    script = str(pathlib.Path(__file__).with_name("ccxt_reference.mjs"))
    commands["ccxt"] = (lambda port: ["node", script, str(port), address, packages], {}, "/")
    times, memory = ({name: [] for name in commands} for _ in range(2))
    for number in range(rounds + 1):
        for name, (command, settings, path) in commands.items():
            with harness.Server(command, harness.SERVER_CORE, settings) as server:
                took = server.first_answer(path)
                if b"27" not in server.body or (name != "ccxt" and b'"mode":"live"' not in server.body):
                    raise SystemExit(f"{name}: not a live quote: {server.body[:300]}")
                if number:
                    times[name].append(took * 1000)
                    memory[name].append(server.resident())
    print(f"{rounds} rounds\n\n| server | ms to the first live quote | ÷ ccxt | resident then, MB |\n|---|---|---|---|")
    for name in commands:
        ratios = [own / reference for own, reference in zip(times[name], times["ccxt"])]
        print(f"| {name} | {harness.spread(times[name])} | {harness.spread(ratios, 2)} | "
              f"{statistics.median(memory[name]):.0f} |")


if __name__ == "__main__":
    main()
