"""How soon the prices of a portfolio come while their provider accepts connections and says nothing."""

import http.server
import json
import threading
import time

from harness import Server, brain, get, section, spread
from pressure import percentile

# Ghostfolio gives up after this many seconds.
PATIENCE = 3.0
COINS = "BTC ETH SOL XRP ADA DOGE LTC BCH DOT LINK AVAX XLM ATOM UNI AAVE ETC XMR FIL ALGO TRX".split()
PATH = "/portfolio/latest?symbols=" + ",".join(f"yahoo:{coin}-USD" for coin in COINS)


class Yahoo(http.server.BaseHTTPRequestHandler):
    """Sends charts until it is told to be silent."""

    protocol_version = "HTTP/1.1"
    silent = threading.Event()
    ended = threading.Event()

    def do_GET(self):
        if self.silent.is_set():
            self.ended.wait()
            self.close_connection = True
            return
        meta = {"currency": "USD", "symbol": self.path.split("?")[0].rsplit("/", 1)[1], "instrumentType": "CRYPTOCURRENCY",
                "regularMarketTime": int(time.time()) - 60, "regularMarketPrice": 123.45, "regularMarketDayHigh": 125.1,
                "regularMarketDayLow": 121.9, "regularMarketVolume": 1000, "dataGranularity": "1d", "range": "1d"}
        result = {"meta": meta, "timestamp": [], "indicators": {"quote": [{}]}}
        body = json.dumps({"chart": {"result": [result], "error": None}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def holdings(short):
    rounds = 3 if short else 100
    yahoo = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Yahoo)
    yahoo.daemon_threads = True
    threading.Thread(target=yahoo.serve_forever, daemon=True).start()
    settings = {"YAHOO_MODE": "live", "YAHOO_BASE_URL": f"http://127.0.0.1:{yahoo.server_port}", "CACHE_TTL": "yahoo.quote=1s"}
    took, stale = [], 0
    with Server(brain, settings=settings) as server:
        server.first_answer()
        get(server.port, PATH + "&timeout=30")
        Yahoo.silent.set()
        time.sleep(3)
        for _ in range(rounds):
            began = time.perf_counter()
            response, body = get(server.port, PATH)
            took.append(time.perf_counter() - began)
            rows = json.loads(body) if response.status == 200 else []
            stale += len(rows) == len(COINS) and all(row["freshness"] == "stale" and row["close"] > 0 for row in rows)
    Yahoo.ended.set()
    yahoo.shutdown()
    section("holdings", f"Prices of {len(COINS)} holdings while their provider says nothing",
            ["what", "value"],
            [["seconds until the response", spread(took, 2)],
             ["the same, p99", f"{percentile(sorted(took), 99):.2f}"],
             [f"responses with all prices, none zero and each marked stale, of {rounds}", stale],
             [f"responses after more than the {PATIENCE:.0f} s that Ghostfolio waits", sum(t > PATIENCE for t in took)]], short)
    return {}
