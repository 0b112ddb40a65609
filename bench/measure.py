#!/usr/bin/env python3
"""Measures the gateway as a process, together with reference servers in the same run.

usage: ./brain bench [--short] [PART...]            (default: all parts of the first list)

start       time from exec to the first mock quote: the gateway, FastAPI, and a bare JVM as the lower limit, alternately
memory      resident memory when idle and after load
idle        processor time without requests, and at 500 requests per second
load        requests per second compared with nginx and FastAPI, server on one core and load on the other, alternately;
            latency of new clients under that load
rows        an uncached mock quote, 304, 20 quotes at once, 1,000 candles, each compared with nginx
request     system calls and bytes allocated per cached request
disk        bytes written under load, as accounted by the operating system
mixed       latency of interactive requests while 200 background jobs wait, compared with no background work, alternately
overload    five times the capacity for a minute: throughput, latency and memory, during and after it

facades     start and idle memory with all APIs of other programs and with none, alternately
group       in a memory cgroup of 96 MB with all features on, compared with no limit, alternately
slowdisk    with a data folder that is frozen for 500 ms of every second, limited to 1 MB/s, or neither, alternately
growth      memory per cached symbol, connection and live provider
collectors  the JVM's garbage collectors, one after the other
streams     1,500 clients of live streams at 20,000 deliveries per second, beside a bare broadcaster on the JDK's sockets, for
            STREAMS_SECONDS (default 300)
streams-slow    the same, half of the clients slow and a tenth frozen
streams-rates   more deliveries per second, until they are late
streams-rest    p99 of REST beside those clients, and beside the same clients of another process
streams-peers   a peer from npm, if bench/node_modules has ccxws and ws (npm install --prefix bench ccxws ws), and nginx
holdings    how soon prices of 20 holdings come while their provider says nothing
soak        resident memory over --minutes (default 60) of mixed requests

Needs Linux, two cores and Debian's packages nginx-light, wrk, python3-fastapi, uvicorn, strace; group and slowdisk need
root. Each part replaces its section in bench/RESULTS.md, with the command that produced it. --short does start, load and
memory in fewer and shorter rounds, writes nothing, and exits with 1 if a ratio exceeds its bound, so that CI notices a
regression.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import threading
import time

import crowds
import extremes
import facades
import holdings
import streams
from harness import (CONNECTIONS, QUOTE, ROOT, SERVER_CORE, Nginx, Server, bare_sockets, brain, fastapi, get, java, section,
                     spread, wrk)
from pressure import percentile

# Bounds at which --short fails: far from the measured values, so that only a real regression reaches them.
AT_LEAST = {"cached quote / nginx": 0.25, "cached quote / FastAPI": 5.0}
AT_MOST = {"start / FastAPI": 3.0, "memory after load, MB": 120.0, "a new client under load, ms": 150.0}


# The distribution built by "brain dist", if there is one.
DISTRIBUTION = next(ROOT.glob("gateway/target/dist/*/brain"), ROOT / "none")


def start(short):
    rounds = 5 if short else 11
    times = {"gateway": [], "FastAPI": [], "bare JVM (`java -version`)": []}
    if DISTRIBUTION.exists():
        times["gateway, as a distribution"] = []
    cold = []
    for number in range(rounds + 1):
        values = [first_answer(brain), first_answer(fastapi)]
        began = time.perf_counter()
        subprocess.run([java(), "-version"], capture_output=True)
        values.append(time.perf_counter() - began)
        if DISTRIBUTION.exists():
            values.append(first_answer(distribution))
        if number:
            for name, value in zip(times, values):
                times[name].append(value * 1000)
    if not short and os.geteuid() == 0:
        for _ in range(5):
            subprocess.run(["sync"])
            pathlib.Path("/proc/sys/vm/drop_caches").write_text("3")
            cold.append(first_answer(brain) * 1000)
    rows = [[name, spread(values)] for name, values in times.items()]
    if cold:
        rows.append(["gateway, after dropping the page cache", spread(cold)])
    for name in [name for name in times if name.startswith("gateway")]:
        ratio = statistics.median([a / b for a, b in zip(times[name], times["FastAPI"])])
        rows.append([f"{name} ÷ FastAPI, pair by pair", f"{ratio:.2f}"])
    section("start", "Time from exec to the first mock quote", ["process", "ms, median [min–max]"], rows, short)
    return {"start / FastAPI": statistics.median([a / b for a, b in zip(times["gateway"], times["FastAPI"])])}


def first_answer(command_for):
    with Server(command_for) as server:
        return server.first_answer()


def distribution(port):
    return [str(DISTRIBUTION), "serve", "--port", str(port)]


def memory(short):
    rows = []
    measured = {}
    for name, command in (("gateway", brain), ("FastAPI", fastapi)):
        with Server(command, SERVER_CORE) as server:
            server.first_answer()
            time.sleep(3 if short else 15)
            idle = server.resident()
            wrk(server.port, 5 if short else 60)
            loaded = server.resident()
            time.sleep(0 if short else 30)
            rows.append([name, f"{idle:.0f}", f"{loaded:.0f}", f"{server.resident():.0f}"])
            measured.setdefault("memory after load, MB", loaded)
    section("memory", "Resident memory",
            ["process", "idle, MB", f"after 60 s at {CONNECTIONS} connections, MB", "30 s later, MB"], rows, short)
    return measured


def idle(short):
    seconds = 5 if short else 60
    with Server(brain, SERVER_CORE) as server:
        server.first_answer()
        time.sleep(5)
        quiet = extremes.cpu_percent(server, lambda: time.sleep(seconds))
        extremes.paced(server.port, 500, 10)
        sent = []
        busy = extremes.cpu_percent(server, lambda: sent.append(extremes.paced(server.port, 500, seconds)))
    section("idle", "Processor time", ["what", "% of one core"],
            [["idle", f"{quiet:.2f}"], [f"{sent[0] / seconds:.0f} requests a second", f"{busy:.1f}"]], short)
    return {}


def load(short):
    rounds, seconds = (3, 4) if short else (5, 15)
    ours, nginx, python, new, sockets = [], [], [], [], []
    with Server(brain, SERVER_CORE) as server:
        server.first_answer()
        body = server.body
        wrk(server.port, 8 if short else 30)
        lines = get(server.port, QUOTE)[0].getheaders()
        head = len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(f"{name}: {value}\r\n") for name, value in lines)
        with (Nginx(body, SERVER_CORE) as reference, Server(fastapi, SERVER_CORE) as slow,
              Server(bare_sockets(head + len(body)), SERVER_CORE) as bare):
            for each in (reference, slow, bare):
                each.first_answer()
            wrk(bare.port, 2 if short else 10)
            for _ in range(rounds):
                ours.append(wrk(server.port, seconds))
                new += new_client_latencies(server.port, seconds)
                nginx.append(wrk(reference.port, seconds))
                sockets.append(wrk(bare.port, seconds))
                python.append(wrk(slow.port, 2 if short else seconds))
    against_nginx = [a[0] / b[0] for a, b in zip(ours, nginx)]
    against_python = [a[0] / b[0] for a, b in zip(ours, python)]
    rows = [[name, spread([r[0] for r in runs]), spread([r[1] for r in runs], 2), str(sum(r[2] for r in runs))]
            for name, runs in (("gateway, cached quote", ours), ("nginx `return 200`, same body", nginx),
                               ("the JDK's sockets alone, same length", sockets), ("FastAPI", python))]
    for name, runs in (("the JDK's sockets", sockets), ("gateway", ours)):
        rows.append([f"{name} ÷ nginx", spread([a[0] / b[0] for a, b in zip(runs, nginx)], 2),
                     spread([a[1] / b[1] for a, b in zip(runs, nginx)], 1), ""])
    rows.append(["gateway ÷ FastAPI", spread(against_python, 1), "", ""])
    new.sort()
    rows.append([f"latency of new clients under this load, ms: median {percentile(new, 50):.1f}, max {new[-1]:.1f}, "
                 f"{len(new)} clients", "", f"{percentile(new, 99):.1f}", ""])
    section("load", f"A cached quote, {CONNECTIONS} keep-alive connections, server on one core, load on the other",
            ["process", "requests a second", "p99, ms", "not 2xx"], rows, short)
    return {"cached quote / nginx": statistics.median(against_nginx),
            "cached quote / FastAPI": statistics.median(against_python),
            "a new client under load, ms": percentile(new, 50)}


def new_client_latencies(port, seconds):
    """Latencies in milliseconds of clients that connect one after the other while 50 others send as fast as they can."""
    took = []
    load = threading.Thread(target=wrk, args=(port, seconds))
    load.start()
    time.sleep(0.5)
    while load.is_alive():
        began = time.perf_counter()
        get(port, "/health/live")
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(0.01)
    load.join()
    return took


UNCACHED = """
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", string.format("/api/v1/data/binance/BTCUSDT?at=%d", 1000000000 + n * 7))
end
"""


def rows(short):
    rounds, seconds = (1, 3) if short else (3, 10)
    past = QUOTE + "?at=2024-01-02T00:00:00Z"
    batch = "/api/v1/quotes?symbols=" + ",".join(f"binance:{base}USDT" for base in (
        "BTC ETH SOL XRP ADA DOGE DOT AVAX LINK LTC BCH UNI ATOM XLM NEAR APT FIL ARB OP INJ").split())
    candles = "/api/v1/candles/binance/BTCUSDT?interval=1h&from=2024-01-01&to=2024-02-11T16:00:00Z&limit=1000"
    table = []
    with Server(brain, SERVER_CORE) as server:
        server.first_answer()
        etag = get(server.port, past)[0].headers["ETag"]
        for name, path, script, header, status in (
                ("an uncached mock quote", QUOTE, UNCACHED, None, 200),
                ("304 Not Modified", past, None, f"If-None-Match: {etag}", 304),
                ("20 quotes at once", batch, None, None, 200),
                ("1,000 candles", candles, None, None, 200)):
            body = get(server.port, path)[1]
            with Nginx(body, SERVER_CORE, status) as reference:
                time.sleep(0.5)
                wrk(server.port, seconds, path, script=script, header=header)
                ours, theirs = [], []
                for _ in range(rounds):
                    ours.append(wrk(server.port, seconds, path, script=script, header=header))
                    theirs.append(wrk(reference.port, seconds, path, header=header))
            table.append([name, f"{len(body):,}", spread([r[0] for r in ours]), spread([r[1] for r in ours], 1),
                          str(sum(r[2] for r in ours)), spread([r[0] for r in theirs]),
                          spread([a[0] / b[0] for a, b in zip(ours, theirs)], 2)])
    section("rows", f"Other responses, {CONNECTIONS} connections, compared with nginx serving the same body from memory or a file",
            ["what", "bytes", "requests a second", "p99, ms", "not 2xx or 3xx", "nginx", "ratio"], table, short)
    return {}


def disk(short):
    seconds = 10 if short else 600
    with Server(brain, SERVER_CORE) as server:
        server.first_answer()
        before = server.written()
        wrk(server.port, seconds)
        written = server.written() - before
        since_start = server.written()
        files = sum(len(names) for _, _, names in os.walk(server.folder))
    section("disk", f"Bytes written to disk in {seconds} s of load without errors", ["what", "value"],
            [["bytes written under load (`/proc/PID/io` write_bytes)", written],
             ["bytes written since the start", since_start], ["files created in the working folder", files]], short)
    return {}


COMMON = {"start": start, "memory": memory, "idle": idle, "load": load, "rows": rows, "request": extremes.request,
          "disk": disk, "mixed": crowds.mixed, "overload": crowds.overload}
RARE = {"group": extremes.group, "slowdisk": extremes.slowdisk, "growth": extremes.growth,
        "collectors": extremes.collectors, "streams": streams.streams, "streams-slow": streams.slow,
        "streams-rates": streams.rates, "streams-rest": streams.rest,
        "streams-peers": streams.peers, "holdings": holdings.holdings, "facades": facades.facades,
        "soak": extremes.soak}


def main():
    arguments = sys.argv[1:]
    if "--minutes" in arguments:
        at = arguments.index("--minutes")
        extremes.SOAK_MINUTES = float(arguments[at + 1])
        del arguments[at:at + 2]
    short = "--short" in arguments
    names = [a for a in arguments if a != "--short"] or (["start", "load", "memory"] if short else list(COMMON))
    parts = COMMON | RARE
    if any(n not in parts for n in names):
        raise SystemExit(__doc__)
    missing = [tool for tool in ("wrk", "nginx", "taskset", "pgrep") if not shutil.which(tool)]
    if missing:
        raise SystemExit(f"needs {', '.join(missing)}: apt-get install nginx-light wrk python3-fastapi uvicorn")
    measured = {}
    for name in names:
        measured.update(parts[name](short) or {})
    if short:
        wrong = [f"{what}: {measured[what]:.2f}, at least {bound}" for what, bound in AT_LEAST.items()
                 if measured.get(what, bound) < bound]
        wrong += [f"{what}: {measured[what]:.2f}, at most {bound}" for what, bound in AT_MOST.items()
                  if measured.get(what, bound) > bound]
        if wrong:
            raise SystemExit("outside the bounds: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
