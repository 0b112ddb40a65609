"""Less common measurements: cost of a request, little memory, slow disk, growth, garbage collectors, soak test."""

import contextlib
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time

from harness import QUOTE, SERVER_CORE, Server, brain, free_port, get, java, section, spread, wrk

SOAK_MINUTES = 60.0
GROUPS = pathlib.Path("/sys/fs/cgroup/memory")


def cpu_percent(server, during):
    """Percent of one core that a server uses in the meantime."""
    before, began = server.cpu_seconds(), time.perf_counter()
    during()
    return (server.cpu_seconds() - before) / (time.perf_counter() - began) * 100


def paced(port, rate, seconds, path=lambda number: QUOTE):
    """Sends requests at a fixed rate over one connection; returns the number of responses."""
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    began, sent = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        pause = began + sent / rate - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        sock.sendall(f"GET {path(sent)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        answer = sock.recv(65536)
        head, _, body = answer.partition(b"\r\n\r\n")
        missing = int(re.search(rb"Content-Length: (\d+)", head).group(1)) - len(body)
        while missing > 0:
            missing -= len(sock.recv(65536))
        sent += 1
    sock.close()
    return sent


def request(short):
    """System calls during some seconds of load, from strace -c, and allocations, from the garbage collector's log."""
    seconds = 4 if short else 10
    log = tempfile.NamedTemporaryFile("r", suffix=".log")
    flags = {"BRAIN_JAVA_OPTS": f"-Xlog:gc+heap=info:file={log.name}"}
    with Server(brain, SERVER_CORE, flags) as server:
        server.first_answer()
        wrk(server.port, 3 * seconds)
        before, answered = allocated(log.name), requests(server.port)
        wrk(server.port, seconds)
        bytes_each = (allocated(log.name) - before) / (requests(server.port) - answered)
        calls = tempfile.NamedTemporaryFile("r", suffix=".strace")
        answered = requests(server.port)
        tracer = subprocess.Popen(["strace", "-c", "-f", "-p", str(server.process.pid), "-o", calls.name],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
        wrk(server.port, seconds)
        tracer.send_signal(2)
        tracer.wait()
        answered = requests(server.port) - answered
    rows = [["bytes allocated", f"{bytes_each:,.0f}"]]
    for line in calls.read().splitlines():
        fields = line.split()
        if len(fields) >= 5 and fields[3].isdigit() and fields[-1] != "total" and int(fields[3]) > answered / 1000:
            rows.append([f"system call `{fields[-1]}`", f"{int(fields[3]) / answered:.3f}"])
    section("request", "What one cached request costs (50 keep-alive connections)", ["what", "per request"], rows, short)


def requests(port):
    return sum(int(float(line.rsplit(" ", 1)[1])) for line in get(port, "/metrics")[1].decode().splitlines()
               if line.startswith("marketbrain_http_requests_total"))


def allocated(log):
    """Bytes allocated up to the last young collection."""
    total, left = 0, None
    for before, after in re.findall(r"DefNew: (\d+)K\(\d+K\)->(\d+)K", pathlib.Path(log).read_text()):
        total += (int(before) - (left if left is not None else int(before))) * 1024
        left = int(after)
    return total


def group(short):
    """All features on, alternately in a memory cgroup of 96 MB and without a limit."""
    rounds, seconds = (1, 4) if short else (5, 10)
    place = GROUPS / f"market-intel-brain-{os.getpid()}"
    place.mkdir()
    (place / "memory.limit_in_bytes").write_text("96M")
    redis_port = free_port()
    redis = subprocess.Popen(["redis-server", "--port", str(redis_port), "--save", "", "--bind", "127.0.0.1"],
                             stdout=subprocess.DEVNULL)
    settings = {"REDIS_URL": f"redis://127.0.0.1:{redis_port}", "STATE_FOLDER": "state", "LOG_LEVEL": "INFO"}

    def limited(port):
        return ["sh", "-c", f"echo $$ > {place}/cgroup.procs; exec \"$0\" \"$@\""] + brain(port)

    try:
        inside, outside = [], []
        with Server(limited, SERVER_CORE, settings) as small, Server(brain, SERVER_CORE, settings) as large:
            for server in (small, large):
                server.first_answer()
                wrk(server.port, 3 * seconds)
                wrk(server.port, seconds, "/api/v1/candles/binance/BTCUSDT?interval=1h&limit=1000")
                wrk(server.port, seconds)
            for _ in range(rounds):
                inside.append(wrk(small.port, seconds))
                outside.append(wrk(large.port, seconds))
            peak = int((place / "memory.max_usage_in_bytes").read_text()) / 2**20
            killed = re.search(r"oom_kill (\d+)", (place / "memory.oom_control").read_text()).group(1)
    finally:
        redis.terminate()
        redis.wait()
        time.sleep(0.5)
        place.rmdir()
    ratio = [a[1] / b[1] for a, b in zip(inside, outside)]
    section("group", "In a memory cgroup of 96 MB, Redis, state and log on", ["what", "96 MB", "no limit", "ratio"], [
        ["requests a second", spread([r[0] for r in inside]), spread([r[0] for r in outside]),
         spread([a[0] / b[0] for a, b in zip(inside, outside)], 2)],
        ["p99, ms", spread([r[1] for r in inside], 2), spread([r[1] for r in outside], 2), spread(ratio, 2)],
        ["peak of the group, page cache included, MB", f"{peak:.0f}", "", ""],
        ["processes killed for memory", killed, "", ""]], short)


def slowdisk(short):
    """State and log folder on a separate disk that is frozen for 500 ms of every second, limited to 1 MB/s, or neither.

    Freezing itself costs processor time, so in the case "neither" an unused disk is frozen.
    """
    rounds, seconds = (1, 4) if short else (6, 10)
    with Disk() as disk, Disk() as other:
        settings = {"STATE_FOLDER": f"{disk.folder}/state", "LOG_FILE": f"{disk.folder}/errors.log"}
        written = []
        ways = {"frozen": disk.stalling, "1 MB/s": lambda: disk.throttled(written), "neither": other.stalling}
        runs = {name: [] for name in ways}
        with Server(brain, SERVER_CORE, settings) as server:
            server.first_answer()
            wrk(server.port, 3 * seconds)
            with disk.stalling():
                wrk(server.port, seconds)
            for number in range(rounds):
                order = list(ways)[number % 3:] + list(ways)[:number % 3]
                for name in order:
                    with ways[name]():
                        runs[name].append(wrk(server.port, seconds))

    def against(name, at, digits):
        pairs = [a[at] / b[at] for a, b in zip(runs[name], runs["neither"])]
        return f"{spread([r[at] for r in runs[name]], digits)}; {spread(pairs, 2)}"

    section("slowdisk", "Data folder on a slow disk: each value, and its ratio to the value without", [
        "", "frozen for 500 ms of every second (`fsfreeze`)",
        f"1 MB/s (`blkio.throttle`; a concurrent writer got {spread(written, 1)} MB/s)",
        "neither (an unused disk is frozen)"], [
        ["requests a second", against("frozen", 0, 0), against("1 MB/s", 0, 0),
         spread([r[0] for r in runs["neither"]])],
        ["p99, ms", against("frozen", 1, 2), against("1 MB/s", 1, 2),
         spread([r[1] for r in runs["neither"]], 2)]], short)


class Disk:
    """A file system in a file, which can be frozen or slowed down."""

    THROTTLE = pathlib.Path("/sys/fs/cgroup/blkio/blkio.throttle.write_bps_device")

    def __enter__(self):
        self.work = tempfile.mkdtemp()
        image, self.folder = f"{self.work}/disk", f"{self.work}/data"
        os.mkdir(self.folder)
        subprocess.run(["truncate", "-s", "64M", image], check=True)
        subprocess.run(["mkfs.ext4", "-q", image], check=True)
        subprocess.run(["mount", "-o", "loop", image, self.folder], check=True)
        device = os.stat(self.folder).st_dev
        self.device = f"{os.major(device)}:{os.minor(device)}"
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", self.folder])
        shutil.rmtree(self.work, ignore_errors=True)

    def stalling(self):
        """Freezes the disk for 500 ms of every second in the meantime."""
        def stall(stop):
            while not stop.wait(0.5):
                subprocess.run(["fsfreeze", "-f", self.folder])
                time.sleep(0.5)
                subprocess.run(["fsfreeze", "-u", self.folder])

        return beside(stall)

    @contextlib.contextmanager
    def throttled(self, written):
        """Limits the disk to 1 MB/s while another thread writes as fast as the disk allows, in flushed blocks of 64 KB.

        Appends the achieved megabytes per second to `written`.
        """
        pieces = []

        def write(stop):
            with open(f"{self.folder}/ballast", "wb", buffering=0) as ballast:
                while not stop.is_set():
                    ballast.seek(len(pieces) % 200 * 65536)
                    ballast.write(os.urandom(65536))
                    os.fdatasync(ballast)
                    pieces.append(65536)

        self.THROTTLE.write_text(f"{self.device} 1048576")
        began = time.perf_counter()
        try:
            with beside(write):
                yield
        finally:
            written.append(sum(pieces) / 2**20 / (time.perf_counter() - began))
            self.THROTTLE.write_text(f"{self.device} 0")


@contextlib.contextmanager
def beside(work):
    """Runs work on a separate thread in the meantime; work gets an event that is set when it must stop."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


SYMBOLS = """
local n = %d
request = function()
  n = n + 1
  return wrk.format("GET", string.format("/api/v1/data/binance/Q%%d-USDT", n %% %d))
end
"""


def growth(short):
    rows = []
    steps = (10, 1_000) if short else (10, 1_000, 10_000, 100_000)
    settings = {"BRAIN_JAVA_OPTS": "-Xmx1g", "CACHE_L1_MAX_SIZE": "200000", "CACHE_L1_MAX_BYTES": "1GiB",
                "CACHE_L1_TTL": "1h", "CACHE_L2_TTL": "2h", "CACHE_FALLBACK_CACHE_SIZE": "1",
                "CACHE_STALE_WHILE_REVALIDATE_WINDOW": "30m"}
    with Server(brain, SERVER_CORE, settings) as server:
        server.first_answer()
        wrk(server.port, 5)
        first = None
        for count in steps:
            while cached(server.port) < count * 0.99:
                wrk(server.port, 2, script=SYMBOLS % (cached(server.port), count))
            rate = wrk(server.port, 4, script=SYMBOLS % (0, count))[0]
            live = live_bytes(server)
            first = first or (count, live)
            each = "" if count == first[0] else f"{(live - first[1]) / (count - first[0]):,.0f} bytes"
            rows.append([f"{count:,} cached symbols", f"{live / 2**20:.1f}", each, f"{rate:.0f}"])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    steps = (1, 100) if short else (1, 100, 1_000, 10_000)
    settings = {"SERVER_MAX_CONNECTIONS": "20000", "SERVER_KEEP_ALIVE": "5m"}
    with Server(brain, SERVER_CORE, settings) as server:
        server.first_answer()
        wrk(server.port, 5)
        held, first = [], None
        for count in steps:
            while len(held) < count:
                held.append(socket.create_connection(("127.0.0.1", server.port)))
                held[-1].sendall(f"GET {QUOTE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                held[-1].recv(65536)
            rate = wrk(server.port, 3)[0]
            live = live_bytes(server)
            first = first or (count, live)
            each = "" if count == first[0] else f"{(live - first[1]) / (count - first[0]):,.0f} bytes"
            rows.append([f"{count:,} connections open", f"{live / 2**20:.1f}", each, f"{rate:.0f}"])
        for sock in held:
            sock.close()
    for name, settings in (("all providers mock", {}), ("all providers live", {
            "LIVE_PROVIDERS": "binance,coinbase,kraken"})):
        with Server(brain, SERVER_CORE, settings) as server:
            took = server.first_answer("/health/ready")
            time.sleep(2)
            rows.append([name, f"{live_bytes(server) / 2**20:.1f}",
                         f"{server.resident():.0f} MB resident, ready after {took * 1000:.0f} ms", ""])
    section("growth", "Cost of growth", ["what", "live heap, MB", "each", "requests per second over all of them"],
            rows, short)


def cached(port):
    import json
    return json.loads(get(port, "/api/v1/status")[1])["cache"]["counters"]["l1_entries"]


def live_bytes(server):
    """Bytes in use on the heap after a full collection."""
    jcmd = java().removesuffix("java") + "jcmd"
    subprocess.run([jcmd, str(server.process.pid), "GC.run"], capture_output=True)
    out = subprocess.run([jcmd, str(server.process.pid), "GC.heap_info"], capture_output=True, text=True).stdout
    return sum(int(used) for used in re.findall(r"used (\d+)K", out.split("Metaspace")[0])[:2]) * 1024


def collectors(short):
    rows = []
    seconds = 4 if short else 20
    for name, flags in (("Serial", ""), ("G1", "-XX:-UseSerialGC -XX:+UseG1GC"),
                        ("Shenandoah", "-XX:-UseSerialGC -XX:+UseShenandoahGC"),
                        ("ZGC", "-XX:-UseSerialGC -XX:+UseZGC"), ("Serial again", "")):
        starts = []
        for _ in range(1 if short else 5):
            with Server(brain, settings={"BRAIN_JAVA_OPTS": flags}) as server:
                starts.append(server.first_answer() * 1000)
        with Server(brain, SERVER_CORE, {"BRAIN_JAVA_OPTS": flags}) as server:
            server.first_answer()
            time.sleep(5)
            idle = server.resident()
            wrk(server.port, seconds)
            runs = [wrk(server.port, seconds) for _ in range(1 if short else 3)]
            rows.append([name, spread(starts), f"{idle:.0f}", f"{server.resident():.0f}",
                         spread([r[0] for r in runs]), spread([r[1] for r in runs], 2)])
    section("collectors", "Garbage collectors, server on one core",
            ["collector", "start, ms", "idle, MB", "after load, MB", "requests a second", "p99, ms"], rows, short)


MIXED = ("/api/v1/data/binance/BTCUSDT", "/api/v1/candles/kraken/ETH-USD?interval=1h&limit=200",
         "/api/v1/book/coinbase/BTC-USD", "/api/v1/trades/binance/ETHUSDT",
         "/api/v1/quotes?symbols=binance:BTCUSDT,kraken:ETH-USD", "/api/v1/status", "/api/v1/data/binance/no",
         "/openapi.json")


def mixed(number):
    """The path of a soak request: every ninth is for a rarely or never requested symbol."""
    return f"/api/v1/data/binance/Q{number % 5000}-USDT" if number % 9 == 0 else MIXED[number % len(MIXED)]


def soak(short):
    """Runs at 200 requests per second, which leaves capacity for others; starts with a minute of warm-up."""
    minutes = 0.5 if short else SOAK_MINUTES
    points, sent = [], 0
    with Server(brain, SERVER_CORE) as server:
        server.first_answer()
        wrk(server.port, 5)
        sent += paced(server.port, 200, 5 if short else 60, mixed)
        began = time.perf_counter()
        while (passed := time.perf_counter() - began) < minutes * 60:
            sent += paced(server.port, 200, 5 if short else 20, lambda number, before=sent: mixed(before + number))
            points.append((passed / 3600, server.resident()))
    rest = [abs(b - a) for (_, a), (_, b) in zip(points, points[1:])] or [0]
    section("soak", f"Resident memory over {minutes:g} minutes of mixed requests", ["what", "value"], [
        ["requests", f"{sent:,}"],
        ["first and last, MB", f"{points[0][1]:.1f}, {points[-1][1]:.1f}"],
        ["minimum and maximum, MB", f"{min(p[1] for p in points):.1f}, {max(p[1] for p in points):.1f}"],
        ["slope, MB per hour", f"{slope(points):+.1f}"],
        ["slope over the second half, MB per hour", f"{slope(points[len(points) // 2:]):+.1f}"],
        ["difference between readings (noise), median MB", f"{statistics.median(rest):.1f}"]], short)


def slope(points):
    return statistics.linear_regression(*zip(*points)).slope if len(points) > 1 else 0
