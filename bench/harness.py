"""Shared by the measurements: server processes, load generation, and the page with the results."""

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
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "RESULTS.md"
QUOTE = "/api/v1/data/binance/BTCUSDT"
SERVER_CORE, LOAD_CORE = "0", "1"
CONNECTIONS = 50


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def brain(port):
    return [str(ROOT / "brain"), "serve", "--port", str(port)]


def java():
    """The JVM that ./brain found, or the first on the path."""
    home = os.environ.get("JAVA_HOME", "")
    return f"{home}/bin/java" if home else "java"


def bare_sockets(length):
    """A server on bare JDK sockets with the gateway's flags; its responses have the given length in bytes."""
    flags = [line for line in (ROOT / "gateway/src/dist/jvm.options").read_text().splitlines() if line.startswith("-")]
    return lambda port: [java(), *flags, str(ROOT / "bench/BareSockets.java"), str(port), str(length)]


def fastapi(port):
    return ["/usr/bin/python3", "-m", "uvicorn", "--app-dir", str(ROOT / "bench"), "--host", "127.0.0.1",
            "--port", str(port), "--no-access-log", "--log-level", "warning", "fastapi_reference:app"]


# How long the benchmarked gateway keeps data fresh; longer than the data of any measurement is needed.
CACHE_TTL = "60s"


class Server:
    """A server process on a free port, pinned to a core and stopped on exit."""

    def __init__(self, command_for, core=None, settings=None, folder=None):
        self.port = free_port()
        command = command_for(self.port)
        if core is not None:
            command = ["taskset", "-c", core] + command
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("BINANCE_", "REDIS_", "MOCK_"))}
        # The measurements of cached responses measure the cache, not reloads: one time to live for every kind of data.
        environment["CACHE_L1_TTL"] = CACHE_TTL
        environment.update(settings or {})
        self.folder = folder or tempfile.mkdtemp()
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
        """Seconds from exec until the path returns 200."""
        while time.perf_counter() - self.started < 60:
            line = socket.socket()
            try:
                # Polls the port without exceptions, because polling takes processor time away from the start itself.
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                    connection.sock = line
                    connection.request("GET", path)
                    response = connection.getresponse()
                    body = response.read()
                    if response.status == 200:
                        self.body = body
                        return time.perf_counter() - self.started
            except OSError:
                pass
            finally:
                line.close()
            time.sleep(0.001)
        raise SystemExit(f"no response within 60 s: {self.process.args}")

    def proc(self, name):
        return pathlib.Path(f"/proc/{self.process.pid}/{name}").read_text()

    def resident(self):
        """Resident memory in megabytes, including child processes."""
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
    """nginx that returns one fixed body: the upper limit for an HTTP server on this machine."""

    def __init__(self, body, core, status=200):
        self.conf = tempfile.NamedTemporaryFile("w", suffix=".conf")
        if status == 304:
            self.answer = "return 304;"
        elif len(body) < 4000:
            text = body.decode().replace("\\", "\\\\").replace("'", "\\'")
            self.answer = f"return 200 '{text}';"
        else:
            self.file = tempfile.NamedTemporaryFile("wb", suffix=".json")
            self.file.write(body)
            self.file.flush()
            os.chmod(self.file.name, 0o644)
            self.answer = f"root /; open_file_cache max=10; try_files {self.file.name} =404;"
        super().__init__(self.command, core)

    def command(self, port):
        pid = self.conf.name + ".pid"
        self.conf.write(f"""
worker_processes 1; daemon off; pid {pid}; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; default_type application/json;
  server {{ listen 127.0.0.1:{port} reuseport; location / {{ {self.answer} }} }} }}
""")
        self.conf.flush()
        return ["nginx", "-c", self.conf.name]


def children(pid):
    out = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in out.split()]


def wrk(port, seconds, path=QUOTE, connections=CONNECTIONS, script=None, header=None):
    """Requests per second, p99 in milliseconds, and the number of responses other than 2xx and 3xx, as reported by wrk."""
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    if header:
        command += ["-H", header]
    if script:
        file = tempfile.NamedTemporaryFile("w", suffix=".lua")
        file.write(script)
        file.flush()
        command += ["-s", file.name]
    out = subprocess.run(command + [f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return rate, p99, int(bad.group(1)) if bad else 0


def get(port, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def spread(values, digits=0):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}]"


def section(name, title, head, rows, short):
    command = f"./brain bench {'--short ' if short else ''}{name}"
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
