#!/usr/bin/env python3
"""Measures the gateway as a whole process, beside references in the same run.

usage: bench/measure.py [--short] [start] [memory] [idle] [load] [disk] [mixed] [overload]
       (all of them when none is named)

start   exec to the first mock quote answered: the gateway, FastAPI, and a bare JVM as the floor, in turn
memory  resident memory idle and after load
idle    processor time when nothing is asked, and at 500 requests a second
load    requests a second against nginx and FastAPI, server on one core and load on the other, in turn
disk    bytes written under load, by the operating system's accounting
mixed   how long people wait while 200 background jobs do, against how long they wait without, in turn
overload  five times the load that fits, for a minute: what is served, how quickly, with what memory, and afterwards

Needs Linux, two cores and Debian's packages nginx-light, wrk, python3-fastapi and uvicorn. Each part replaces its
section in bench/RESULTS.md, with the command that produced it. --short does fewer and shorter rounds and writes
nothing; it exits with 1 where a ratio has fallen below its floor, so that CI notices a regression.
"""

import asyncio
import datetime
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import pressure

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "RESULTS.md"
QUOTE = "/api/v1/data/binance/BTCUSDT"
SERVER_CORE, LOAD_CORE = "0", "1"
CONNECTIONS = 50

# Ratios below which --short fails: far under what is measured, so that only a real regression trips them.
FLOORS = {"cached quote / nginx": 0.25, "cached quote / FastAPI": 5.0}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def brain(port):
    return [str(ROOT / "brain"), "serve", "--port", str(port)]


def fastapi(port):
    return ["/usr/bin/python3", "-m", "uvicorn", "--app-dir", str(ROOT / "bench"), "--host", "127.0.0.1",
            "--port", str(port), "--no-access-log", "--log-level", "warning", "fastapi_reference:app"]


class Server:
    """A server process on a free port, pinned to a core, stopped at the end."""

    def __init__(self, command_for, core=None, settings=None):
        self.port = free_port()
        command = command_for(self.port)
        if core is not None:
            command = ["taskset", "-c", core] + command
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("BINANCE_", "REDIS_", "MOCK_"))}
        environment.update(settings or {})
        self.folder = tempfile.mkdtemp()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, cwd=self.folder, env=environment,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def first_answer(self, path=QUOTE):
        """Seconds from exec until the path was answered with 200."""
        while time.perf_counter() - self.started < 60:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
                if response.status == 200:
                    self.body = body
                    return time.perf_counter() - self.started
            except OSError:
                time.sleep(0.001)
        raise SystemExit(f"no answer within 60 s: {self.process.args}")

    def proc(self, name):
        return pathlib.Path(f"/proc/{self.process.pid}/{name}").read_text()

    def resident(self):
        """Resident megabytes, children included."""
        total = 0
        for pid in [self.process.pid] + children(self.process.pid):
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
            total += int(re.search(r"VmRSS:\s+(\d+)", status).group(1))
        return total / 1024

    def cpu_seconds(self):
        fields = self.proc("stat").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def written(self):
        return int(re.search(r"^write_bytes: (\d+)", self.proc("io"), re.M).group(1))


class Nginx(Server):
    """nginx that returns one fixed body: the ceiling for a server of its kind on this machine."""

    def __init__(self, body, core):
        self.conf = tempfile.NamedTemporaryFile("w", suffix=".conf")
        self.text = body.decode().replace("\\", "\\\\").replace("'", "\\'")
        super().__init__(self.command, core)

    def command(self, port):
        pid = self.conf.name + ".pid"
        self.conf.write(f"""
worker_processes 1; daemon off; pid {pid}; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; default_type application/json;
  server {{ listen 127.0.0.1:{port} reuseport; location / {{ return 200 '{self.text}'; }} }} }}
""")
        self.conf.flush()
        return ["nginx", "-c", self.conf.name]

    def resident(self):
        return super().resident()


def children(pid):
    out = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in out.split()]


def wrk(port, seconds, path=QUOTE, connections=CONNECTIONS):
    """Requests a second, p99 in milliseconds, and errors, as wrk sees them."""
    out = subprocess.run(
        ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
         f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return rate, p99, int(bad.group(1)) if bad else 0


def spread(values, digits=0):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}]"


def start(short):
    rounds = 3 if short else 11
    times = {"gateway": [], "FastAPI": [], "bare JVM (`java -version`)": []}
    cold = []
    java = os.environ.get("JAVA_HOME", "")
    java = f"{java}/bin/java" if java else "java"
    for number in range(rounds + 1):
        with Server(brain) as server:
            gateway = server.first_answer()
        with Server(fastapi) as server:
            python = server.first_answer()
        began = time.perf_counter()
        subprocess.run([java, "-version"], capture_output=True)
        floor = time.perf_counter() - began
        if number:
            for name, value in zip(times, (gateway, python, floor)):
                times[name].append(value * 1000)
    if not short and os.geteuid() == 0:
        for _ in range(5):
            subprocess.run(["sync"])
            pathlib.Path("/proc/sys/vm/drop_caches").write_text("3")
            with Server(brain) as server:
                cold.append(server.first_answer() * 1000)
    rows = [[name, spread(values)] for name, values in times.items()]
    if cold:
        rows.append(["gateway, page cache dropped before", spread(cold)])
    ratio = statistics.median([a / b for a, b in zip(times["gateway"], times["FastAPI"])])
    rows.append(["gateway ÷ FastAPI, pair by pair", f"{ratio:.2f}"])
    section("start", "From exec to the first mock quote answered", ["process", "ms, median [min–max]"], rows, short)
    return {}


def memory(short):
    rows = []
    for name, command in (("gateway", brain), ("FastAPI", fastapi)):
        with Server(command, SERVER_CORE) as server:
            server.first_answer()
            time.sleep(3 if short else 15)
            idle = server.resident()
            wrk(server.port, 5 if short else 60)
            rows.append([name, f"{idle:.0f}", f"{server.resident():.0f}"])
    section("memory", "Resident memory", ["process", "idle, MB", f"after 60 s at {CONNECTIONS} connections, MB"],
            rows, short)
    return {}


def idle(short):
    seconds = 5 if short else 60
    with Server(brain, SERVER_CORE) as server:
        server.first_answer()
        time.sleep(5)
        before, began = server.cpu_seconds(), time.perf_counter()
        time.sleep(seconds)
        quiet = (server.cpu_seconds() - before) / (time.perf_counter() - began) * 100
        paced(server.port, 500, 3)
        before, began = server.cpu_seconds(), time.perf_counter()
        sent = paced(server.port, 500, seconds)
        busy = (server.cpu_seconds() - before) / (time.perf_counter() - began) * 100
    section("idle", "Processor time", ["what", "% of one core"],
            [["idle", f"{quiet:.2f}"], [f"{sent / seconds:.0f} requests a second", f"{busy:.1f}"]], short)
    return {}


def paced(port, rate, seconds):
    """Sends requests at a fixed rate over one connection; returns how many were answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    began = time.perf_counter()
    sent = 0
    while time.perf_counter() - began < seconds:
        due = began + sent / rate
        pause = due - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        connection.request("GET", QUOTE)
        connection.getresponse().read()
        sent += 1
    connection.close()
    return sent


def load(short):
    rounds, seconds = (2, 4) if short else (5, 15)
    ours, nginx, python = [], [], []
    with Server(brain, SERVER_CORE) as server:
        server.first_answer()
        body = server.body
        wrk(server.port, 5 if short else 30)
        with Nginx(body, SERVER_CORE) as reference, Server(fastapi, SERVER_CORE) as slow:
            reference.first_answer()
            slow.first_answer()
            for _ in range(rounds):
                ours.append(wrk(server.port, seconds))
                nginx.append(wrk(reference.port, seconds))
            for _ in range(rounds):
                python.append(wrk(slow.port, seconds))
    against_nginx = [a[0] / b[0] for a, b in zip(ours, nginx)]
    against_python = [a[0] / b[0] for a, b in zip(ours, python)]
    rows = [[name, spread([r[0] for r in runs]), spread([r[1] for r in runs], 2), str(sum(r[2] for r in runs))]
            for name, runs in (("gateway, cached quote", ours), ("nginx `return 200`, same body", nginx),
                               ("FastAPI", python))]
    rows.append(["gateway ÷ nginx", spread(against_nginx, 2), "", ""])
    rows.append(["gateway ÷ FastAPI", spread(against_python, 1), "", ""])
    section("load", f"A cached quote, {CONNECTIONS} keep-alive connections, server on one core, load on the other",
            ["process", "requests a second", "p99, ms", "not 2xx"], rows, short)
    return {"cached quote / nginx": statistics.median(against_nginx),
            "cached quote / FastAPI": statistics.median(against_python)}


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
             ["bytes written since the start", since_start], ["files made in the working folder", files]], short)
    return {}


# What a provider takes for an answer in the next two, so that permits are scarce, not processors.
LATENCY = 0.05
PERMITS = 10


def past_quote(number):
    """A question that no cache can answer, because it was never asked before."""
    past_quote.asked += 1
    at = datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=past_quote.asked)
    return f"/api/v1/data/mock/BTC-USDT?at={at:%Y-%m-%dT%H:%M:%SZ}"


past_quote.asked = 0


def slow_gateway(**more):
    settings = {"MOCK_LATENCY": f"{LATENCY * 1000:.0f}ms", "CACHE_TTL": "mock.quote=1ms",
                "CACHE_STALE_WHILE_REVALIDATE_WINDOW": "0s", "WARMING_AT_ONCE": "100"} | more
    return Server(brain, settings=settings)


def mixed(short):
    rounds, seconds, rate = (3, 4, 200) if short else (6, 10, 200)
    pressure.take_precedence()
    alone, beside, done, waiting = [], [], 0, []

    async def measure(port):
        nonlocal done
        crowd, chance, work = pressure.Crowd(port), pressure.seeded(), pressure.Background(port)
        for number in range(rounds + 1):
            quiet = await crowd.arrive(rate, seconds, past_quote, chance)
            stop = asyncio.Event()
            background = asyncio.create_task(work.keep_up(stop))
            await asyncio.sleep(0.5)
            busy = await crowd.arrive(rate, seconds, past_quote, chance)
            stop.set()
            jobs, least = await background
            await asyncio.sleep(2)
            if number:
                alone.append(quiet)
                beside.append(busy)
                done += jobs
                waiting.append(least)

    with slow_gateway() as server:
        server.first_answer()
        asyncio.run(measure(server.port))
    rows = []
    for name, runs in (("people alone", alone), ("people beside 200 background jobs", beside)):
        times = sorted(took for run in runs for took in run.seconds())
        lost = sum(len(run.all) - run.count(200) for run in runs)
        rows.append([name, len(times), *(f"{pressure.percentile(times, p) * 1000:.1f}" for p in (50, 95, 99)), lost])
    pairs = [pressure.percentile(b.seconds(), 99) / pressure.percentile(a.seconds(), 99) for a, b in zip(alone, beside)]
    whole = float(rows[1][4]) / float(rows[0][4])
    rows.append(["p99 beside ÷ p99 alone, all rounds together", "", "", "", f"{whole:.2f}", ""])
    rows.append(["p99 beside ÷ p99 alone, round by round", "", "", "", spread(pairs, 2), ""])
    rows.append([f"background jobs done meanwhile, a second: {done / rounds / (seconds + 0.5):.0f}; "
                 f"never fewer waiting than {min(waiting)}", "", "", "", "", ""])
    section("mixed", f"{rate} requests a second of people, each {LATENCY * 1000:.0f} ms at its provider, "
            f"{rounds} rounds of {seconds} s without and with background work in turn",
            ["who", "answered", "p50, ms", "p95, ms", "p99, ms", "not answered"], rows, short)
    return {}


def overload(short):
    seconds = 10 if short else 60
    fits = int(PERMITS / LATENCY)
    pressure.take_precedence()
    memory, figures = [], {}

    async def watch(server, stop):
        while not stop.is_set():
            memory.append((time.perf_counter(), server.resident()))
            await asyncio.sleep(1)

    async def measure(server):
        crowd, chance = pressure.Crowd(server.port), pressure.seeded()
        await crowd.arrive(fits // 2, 10, past_quote, chance)
        for name, load, length in (("half", 0.5, 10), ("full", 1.1, 15), ("five times", 5, seconds)):
            stop = asyncio.Event()
            watching = asyncio.create_task(watch(server, stop))
            memory.clear()
            began = time.perf_counter()
            run = await crowd.arrive(fits * load, length, past_quote, chance)
            stop.set()
            await watching
            figures[name] = (load, length, began, run, list(memory))
        ended = time.perf_counter()
        while True:
            began = time.perf_counter()
            run = await crowd.arrive(fits // 2, 1, past_quote, chance)
            if run.count(200) == len(run.all) or began - ended > 30:
                break
        figures["recovered"] = began - ended
        figures["after"] = (0.5, 10, time.perf_counter(), await crowd.arrive(fits // 2, 10, past_quote, chance), [])

    with slow_gateway(QOS_PERMITS=str(PERMITS)) as server:
        server.first_answer()
        asyncio.run(measure(server))
    rows = []
    for name in ("half", "full", "five times", "after"):
        load, length, began, run, _ = figures[name]
        times = run.seconds()
        rows.append([name, f"{len(run.all) / length:.0f}", f"{run.per_second(200, began + 1, began + length):.0f}",
                     *(f"{pressure.percentile(times, p) * 1000:.0f}" for p in (50, 99)),
                     run.count(503), len(run.all) - run.count(200) - run.count(503)])
    _, _, began, run, watched = figures["five times"]
    thirds = [run.per_second(200, began + seconds * i / 3, began + seconds * (i + 1) / 3) for i in range(3)]
    early = [mb for at, mb in watched if at - began < seconds / 3]
    late = [mb for at, mb in watched if at - began > seconds * 2 / 3]
    rows.append([f"served a second in each third of the overload: {', '.join(f'{t:.0f}' for t in thirds)}"] + [""] * 6)
    rows.append([f"resident memory in its first third {spread(early)} MB, in its last third {spread(late)} MB"] + [""] * 6)
    rows.append([f"nobody turned away from {figures['recovered']:.1f} s after it on"] + [""] * 6)
    section("overload", f"Five times the load that fits, for {seconds} s ({PERMITS} permits of {LATENCY * 1000:.0f} ms)",
            ["load", "asked a second", "served a second", "p50 of the served, ms", "p99 of the served, ms",
             "503", "otherwise"], rows, short)
    return {}


def section(name, title, head, rows, short):
    command = f"bench/measure.py {'--short ' if short else ''}{name}"
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text()).group(1)
    lines = [f"## {title}", "",
             f"`{command}` · {datetime.date.today()} · {os.cpu_count()} cores of {cpu}, shared and noisy", "",
             "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    text = "\n".join(lines)
    print(text + "\n", flush=True)
    if short:
        return
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    page = RESULTS.read_text() if RESULTS.exists() else "# Results\n"
    block = begin + text + "\n" + end
    if begin in page:
        page = page[:page.index(begin)] + block + page[page.index(end) + len(end):]
    else:
        page = page.rstrip("\n") + "\n\n" + block
    RESULTS.write_text(page)


PARTS = {"start": start, "memory": memory, "idle": idle, "load": load, "disk": disk,
         "mixed": mixed, "overload": overload}


def main():
    arguments = sys.argv[1:]
    short = "--short" in arguments
    names = [a for a in arguments if a != "--short"] or list(PARTS)
    if any(n not in PARTS for n in names):
        raise SystemExit(__doc__)
    missing = [tool for tool in ("wrk", "nginx", "taskset", "pgrep") if not shutil.which(tool)]
    if missing:
        raise SystemExit(f"needs {', '.join(missing)}: apt-get install nginx-light wrk python3-fastapi uvicorn")
    measured = {}
    for name in names:
        measured.update(PARTS[name](short))
    if short:
        low = [f"{what}: {measured[what]:.2f}, floor {floor}" for what, floor in FLOORS.items()
               if what in measured and measured[what] < floor]
        if low:
            raise SystemExit("slower than it should be: " + "; ".join(low))


if __name__ == "__main__":
    main()
