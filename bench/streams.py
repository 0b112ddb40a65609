"""Many clients of live streams: the gateway in 96 MB beside a bare broadcaster on the JDK's sockets and nginx."""

import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time

import harness
from harness import ROOT, Server, brain, java, section, spread

GROUPS = pathlib.Path("/sys/fs/cgroup/memory")
LIMIT = "96M"
SSE, WEB_SOCKETS, SYMBOLS_EACH = 1000, 500, 50
DELIVERIES = 20_000
REST_RATE, REST_CONNECTIONS = 100, 10
BASES = ("BTC ETH SOL XRP ADA DOGE DOT AVAX LINK LTC BCH UNI ATOM XLM NEAR APT FIL ARB OP INJ TRX ETC HBAR ALGO AAVE "
         "SAND MANA AXS EGLD XTZ").split()
QUOTES = "USDT USDC BTC ETH EUR".split()
# An event of the gateway has about so many bytes; those of the broadcaster are padded to it.
EVENT_BYTES = 620


def period(deliveries):
    """How often each symbol changes, in milliseconds, for so many deliveries a second."""
    return round(1000 * (SSE + WEB_SOCKETS) * SYMBOLS_EACH / deliveries)


@contextlib.contextmanager
def limited(command_for, settings=None):
    """A server in a memory group of its own, if there may be one."""
    place = GROUPS / f"market-intel-brain-{os.getpid()}"
    try:
        place.mkdir()
        (place / "memory.limit_in_bytes").write_text(LIMIT)
    except OSError:
        place = None

    def command(port):
        words = command_for(port)
        return words if place is None else ["sh", "-c", f"echo $$ > {place}/cgroup.procs; exec \"$0\" \"$@\""] + words

    try:
        with Server(command, settings=settings) as server:
            server.grouped = place is not None
            yield server
    finally:
        if place is not None:
            time.sleep(0.2)
            place.rmdir()


def gateway(deliveries):
    return limited(brain, {"STREAMS_SIMULATED_PERIOD": f"{period(deliveries)}ms", "STREAMS_MAX_CLIENTS": "2000"})


def broadcaster(deliveries):
    flags = [line for line in (ROOT / "gateway/src/dist/jvm.options").read_text().splitlines() if line.startswith("-")]
    return limited(lambda port: [java(), *flags, "-cp", tools(), "BareBroadcaster", str(port), str(period(deliveries)),
                                 str(EVENT_BYTES)])


def tools():
    """A folder with the load generators and the broadcaster, compiled once."""
    if not hasattr(tools, "folder"):
        tools.folder = tempfile.TemporaryDirectory()
        at = tools.folder.name
        for name in ("streams", "rate"):
            subprocess.run(["cc", "-O2", "-o", f"{at}/{name}", str(ROOT / f"bench/{name}.c")], check=True)
        javac = java().removesuffix("java") + "javac"
        subprocess.run([javac, "-nowarn", "-d", at, str(ROOT / "bench/BareBroadcaster.java")], check=True)
        symbols = [f"binance:{base}/{quote}" for quote in QUOTES for base in BASES if base != quote]
        pathlib.Path(f"{at}/symbols").write_text("\n".join(symbols))
    return tools.folder.name


def rest_p99(port, seconds):
    command = [f"{tools()}/rate", str(port), harness.QUOTE, str(REST_CONNECTIONS), str(REST_RATE), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def p99_of(process):
    return float(re.search(r"p99 ([\d.]+)", process.communicate()[0]).group(1))


def listen(server, seconds, warm_up, slow=0, frozen=0, rest=False):
    """What the clients of a server saw, and what that cost."""
    count = SSE + WEB_SOCKETS
    out = {}
    if rest:
        server.first_answer()
        p99_of(rest_p99(server.port, 5))
        out["rest_alone"] = p99_of(rest_p99(server.port, max(5, seconds // 2)))
    else:
        while socket.socket().connect_ex(("127.0.0.1", server.port)):
            time.sleep(0.05)
    before = server.resident()
    command = [f"{tools()}/streams", str(server.port), str(SSE), str(WEB_SOCKETS), str(seconds), str(warm_up),
               f"{tools()}/symbols", str(SYMBOLS_EACH), str(slow), str(frozen)]
    generator = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    time.sleep(warm_up + count * 0.002)
    cpu, began = server.cpu_seconds(), time.perf_counter()
    probe = rest_p99(server.port, max(5, seconds - 5)) if rest else None
    time.sleep(seconds - 2)
    out["cpu"] = (server.cpu_seconds() - cpu) / (time.perf_counter() - began)
    out["resident"] = server.resident()
    if probe:
        out["rest_beside"] = p99_of(probe)
    out |= json.loads(generator.communicate()[0])
    out["kb_each"] = (out["resident"] - before) * 1024 / count
    return out


def row(name, runs):
    def figure(key, digits=0):
        return spread([run[key] for run in runs if key in run], digits) if any(key in run for run in runs) else ""
    return [name, figure("quotes_per_second"), figure("age_p50_ms"), figure("age_p99_ms"),
            sum(run["holes"] + run["doubles"] for run in runs), sum(run["gaps"] + run["resyncs"] for run in runs),
            sum(run["closed"] for run in runs), figure("resident"), figure("kb_each"), figure("cpu", 2),
            figure("rest_alone", 1), figure("rest_beside", 1)]


HEAD = ["server", "quotes a second", "age p50, ms", "age p99, ms", "holes", "gaps", "closed", "resident, MB", "KB a client",
        "cores", "REST p99 alone, ms", "beside, ms"]


def streams(short):
    rounds, seconds, warm_up = (1, 15, 8) if short else (3, 60, 15)
    ours, bare, rows = [], [], []
    for _ in range(rounds):
        with gateway(DELIVERIES) as server:
            ours.append(listen(server, seconds, warm_up, rest=True))
            grouped = server.grouped
        with broadcaster(DELIVERIES) as server:
            bare.append(listen(server, seconds, warm_up))
    rows += [row("gateway", ours), row("bare JDK broadcaster", bare)]
    ratio = [a["age_p99_ms"] / max(1, b["age_p99_ms"]) for a, b in zip(ours, bare)]
    rows.append(["gateway ÷ broadcaster", "", "", spread(ratio, 2)] + [""] * 8)
    count = SSE + WEB_SOCKETS
    with gateway(DELIVERIES) as server:
        rows.append(row("gateway, half of the clients slow, a tenth frozen",
                        [listen(server, seconds, warm_up, count // 2, count // 10, rest=True)]))
    for rate in (40_000, 80_000, 160_000):
        with gateway(rate) as server, contextlib.suppress(ValueError):
            run = listen(server, min(seconds, 20), warm_up)
            rows.append(row(f"gateway at {rate:,}", [run]))
            with broadcaster(rate) as other:
                rows.append(row(f"broadcaster at {rate:,}", [listen(other, min(seconds, 20), warm_up)]))
            if run["age_p99_ms"] > 1000:
                break
    section("streams", f"{SSE} SSE and {WEB_SOCKETS} WebSocket clients, {SYMBOLS_EACH} symbols each, {DELIVERIES:,} deliveries a "
            f"second, {seconds} s a run" + (f", each server in {LIMIT}B" if grouped else ", no memory limit"), HEAD, rows, short)
    return {}
