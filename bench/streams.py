"""Many clients of live streams: the gateway in 96 MB beside a bare broadcaster on the JDK's sockets, nginx and a peer from npm."""

import contextlib
import itertools
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import tempfile
import time

import harness
from harness import ROOT, Server, brain, free_port, java, section

GROUPS = pathlib.Path("/sys/fs/cgroup/memory")
LIMIT = "96M"
GROUP_NUMBERS = itertools.count(1)
SSE, WEB_SOCKETS, SYMBOLS_EACH = 1000, 500, 50
DELIVERIES = 20_000
REST_RATE, REST_CONNECTIONS = 100, 10
REST_ROUNDS = 3
# How long each measurement of the first two parts takes, and the search for the limit.
SECONDS = int(os.environ.get("STREAMS_SECONDS", "300"))
RATE_SECONDS = 20
WARM_UP = 15
RATES = (30_000, 60_000, 120_000, 160_000, 200_000, 250_000, 300_000, 450_000, 600_000)
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
    place = GROUPS / f"market-intel-brain-{os.getpid()}-{next(GROUP_NUMBERS)}"
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


def listen(server, seconds, warm_up=WARM_UP, slow=0, frozen=0, rest=False, sse=SSE, web_sockets=WEB_SOCKETS):
    """What the clients of a server saw, and what that cost."""
    count = sse + web_sockets
    out = {}
    if rest:
        server.first_answer()
        p99_of(rest_p99(server.port, 10))
        out["rest_alone"] = p99_of(rest_p99(server.port, min(15, seconds)))
    else:
        while socket.socket().connect_ex(("127.0.0.1", server.port)):
            time.sleep(0.05)
    before = server.resident()
    command = [f"{tools()}/streams", str(server.port), str(sse), str(web_sockets), str(seconds), str(warm_up),
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


def row(name, run):
    def figure(key, digits=0):
        return f"{run[key]:.{digits}f}" if key in run else ""
    return [name, figure("quotes_per_second"), figure("age_p50_ms"), figure("age_p99_ms"), run["holes"] + run["doubles"],
            run["gaps"] + run["resyncs"], run["closed"], figure("resident"), figure("kb_each"), figure("cpu", 2),
            figure("rest_alone", 1), figure("rest_beside", 1)]


HEAD = ["server", "quotes a second", "age p50, ms", "age p99, ms", "holes", "gaps", "closed", "resident, MB", "KB a client",
        "cores", "REST p99 alone, ms", "beside, ms"]


def title(what, seconds, grouped=True):
    return (f"{what}: {SSE} SSE and {WEB_SOCKETS} WebSocket clients, {SYMBOLS_EACH} symbols each, {DELIVERIES:,} deliveries a "
            f"second, {seconds} s a run" + (f", each server in {LIMIT}B" if grouped else ""))


def streams(short):
    """The clients that the target names, beside the bare broadcaster."""
    seconds = 15 if short else SECONDS
    with broadcaster(DELIVERIES) as server:
        bare = listen(server, min(seconds, 60))
    with gateway(DELIVERIES) as server:
        ours = listen(server, seconds, rest=True)
        grouped = server.grouped
    ratio = ours["age_p99_ms"] / max(1, bare["age_p99_ms"])
    rows = [row("gateway", ours), row("bare JDK broadcaster", bare),
            ["gateway ÷ broadcaster", "", "", f"{ratio:.2f}"] + [""] * 8]
    section("streams", title("Many clients of live streams", seconds, grouped), HEAD, rows, short)
    return {}


def slow(short):
    """The same with half of the clients slow and a tenth of them frozen."""
    seconds, count = 15 if short else SECONDS, SSE + WEB_SOCKETS
    with gateway(DELIVERIES) as server:
        run = listen(server, seconds, slow=count // 2, frozen=count // 10, rest=True)
        grouped = server.grouped
    section("streams-slow", title("The same, half of the clients slow and a tenth frozen", seconds, grouped), HEAD,
            [row("gateway", run)], short)
    return {}


def rates(short):
    """More deliveries a second, until a tenth of them is missing or they are late by more than a second."""
    rows, reference = [], True
    for rate in RATES[:2] if short else RATES:
        with gateway(rate) as server:
            run = listen(server, RATE_SECONDS)
        rows.append(row(f"gateway at {rate:,}", run))
        if reference:
            with broadcaster(rate) as server:
                bare = listen(server, RATE_SECONDS)
            rows.append(row(f"broadcaster at {rate:,}", bare))
            reference = keeps_up(bare, rate)
        if not keeps_up(run, rate):
            break
    section("streams-rates", title("More deliveries a second", RATE_SECONDS).replace(f"{DELIVERIES:,} deliveries", "more deliveries"),
            HEAD, rows, short)
    return {}


def keeps_up(run, rate):
    return run["quotes_per_second"] > 0.9 * rate and run["age_p99_ms"] <= 1000


@contextlib.contextmanager
def nginx(length, rate):
    """nginx that sends a file to each client at so many bytes a second; it cannot push, but sends as many bytes to as many."""
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        at.chmod(0o755)
        (at / "events").write_bytes(b"x" * length)

        def command(port):
            (at / "conf").write_text(f"""
worker_processes 1; daemon off; pid {folder}/pid; error_log /dev/null; worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{ access_log off; limit_rate {rate};
  server {{ listen 127.0.0.1:{port}; location / {{ root {folder}; }} }} }}
""")
            return ["nginx", "-c", f"{folder}/conf"]
        with Server(command) as server:
            yield server


def peers(short):
    """The peer from npm, with WebSockets alone, and nginx, which sends the same bytes but does not know of events."""
    seconds, count = 15 if short else min(SECONDS, 60), SSE + WEB_SOCKETS
    rows = []
    modules = pathlib.Path(os.environ.get("STREAMS_NODE_MODULES", ROOT / "bench/node_modules"))
    if (modules / "ccxws").is_dir():
        upstream = free_port()
        feed = subprocess.Popen(["node", str(ROOT / "bench/feed.mjs"), str(modules), str(upstream), str(period(DELIVERIES)),
                                 f"{tools()}/symbols"],
                                stdout=subprocess.DEVNULL)
        try:
            with Server(lambda port: ["node", str(ROOT / "bench/peer.mjs"), str(modules), str(port), str(upstream),
                                      f"{tools()}/symbols", str(EVENT_BYTES)]) as server:
                rows.append(row("ccxws and ws, WebSockets only", listen(server, seconds, sse=0, web_sockets=count)))
        finally:
            feed.terminate()
            feed.wait()
        with gateway(DELIVERIES) as server:
            rows.append(row("gateway, WebSockets only", listen(server, seconds, sse=0, web_sockets=count)))
    per_client = DELIVERIES // count * EVENT_BYTES
    with nginx(per_client * (seconds + 10), per_client) as server:
        time.sleep(0.5)
        before = server.resident()
        load = subprocess.Popen(["wrk", "-t1", f"-c{count}", f"-d{seconds}s", "--timeout", "600s",
                                 f"http://127.0.0.1:{server.port}/events"], stdout=subprocess.PIPE, text=True)
        time.sleep(3)
        workers = harness.children(server.process.pid)
        cpu, began = sum(map(cpu_of, workers)), time.perf_counter()
        time.sleep(seconds - 5)
        used = (sum(map(cpu_of, workers)) - cpu) / (time.perf_counter() - began)
        resident = server.resident()
        text = load.communicate()[0]
        number, unit = re.search(r"Transfer/sec:\s+([\d.]+)([KM]?)B", text).groups()
        sent = float(number) * {"": 1, "K": 1e3, "M": 1e6}[unit] / EVENT_BYTES
        rows.append(["nginx, a file of as many bytes", f"{sent:.0f} (bytes ÷ {EVENT_BYTES})", "", "", "", "", "", f"{resident:.0f}",
                     f"{(resident - before) * 1024 / count:.0f}", f"{used:.2f}", "", ""])
    section("streams-peers", f"Peers: {count} clients, {SYMBOLS_EACH} symbols each, {DELIVERIES:,} deliveries a second, {seconds} s "
            "a run, no memory limit but for the gateway", HEAD, rows, short)
    return {}


@contextlib.contextmanager
def crowd(server, seconds):
    """The clients listening to a server for so long."""
    command = [f"{tools()}/streams", str(server.port), str(SSE), str(WEB_SOCKETS), str(seconds), str(WARM_UP),
               f"{tools()}/symbols", str(SYMBOLS_EACH), "0", "0"]
    generator = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(WARM_UP + (SSE + WEB_SOCKETS) * 0.002)
    try:
        yield
    finally:
        generator.wait()


def rest(short):
    """REST beside the streams: what of its latency is the gateway's own, and what is the load generator on the same cores."""
    rounds, seconds = (1, 10) if short else (REST_ROUNDS, RATE_SECONDS)
    seen = {name: [] for name in ("no streams", "streams of this gateway", "streams of another gateway", "streams of the broadcaster")}

    def measure(name, server):
        seen[name].append(p99_of(rest_p99(server.port, seconds)))

    for _ in range(rounds):
        with gateway(DELIVERIES) as server, gateway(DELIVERIES) as other, broadcaster(DELIVERIES) as bare:
            server.first_answer()
            other.first_answer()
            p99_of(rest_p99(server.port, 10))
            measure("no streams", server)
            for name, streaming in (("streams of this gateway", server), ("streams of another gateway", other),
                                    ("streams of the broadcaster", bare)):
                with crowd(streaming, seconds + 3):
                    measure(name, server)
    alone = statistics.median(seen["no streams"])
    rows = [[name, f"{statistics.median(figures):.1f} [{min(figures):.1f}\u2013{max(figures):.1f}]",
             f"{statistics.median(figures) / alone:.2f}"] for name, figures in seen.items()]
    section("streams-rest", f"REST of a gateway beside 1,500 stream clients, {REST_RATE} requests a second, {rounds} rounds of {seconds} s",
            ["meanwhile on this machine", "p99, ms", "\u00f7 no streams"], rows, short)
    return {}


def cpu_of(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
