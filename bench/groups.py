#!/usr/bin/env python3
"""Loads a gateway in small memory control groups and shows whether it survives.

usage: bench/groups.py [--rounds N] [--java-opts FLAGS] [MB...]            (default: 64 80 96 128)

For each limit a new gateway, started by ./brain, gets in each round 50 parallel requests for 5,000 candles of different
symbols as JSON, 50 with gzip, 20 parallel streams of 100,000 candles as CSV with gzip, and 50 requests for candles and
streams whose clients read nothing for five seconds. Afterwards it must still answer. Needs Linux, root and control
groups, version 1 or 2.
"""

import argparse
import collections
import concurrent.futures
import functools
import http.client
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
QUOTE = "/api/v1/data/binance/BTCUSDT"
PARALLEL, STREAMS = 50, 20


class MemoryGroup:
    """A memory control group of its own; removed on exit."""

    def __init__(self, megabytes):
        first = pathlib.Path("/sys/fs/cgroup/memory")
        self.version = 1 if first.is_dir() else 2
        self.place = (first if self.version == 1 else first.parent) / f"market-intel-brain-{os.getpid()}-{megabytes}"
        self.place.mkdir()
        self.write("memory.limit_in_bytes" if self.version == 1 else "memory.max", f"{megabytes}M")
        if self.version == 2:
            self.write("memory.swap.max", "0")

    def write(self, name, text):
        (self.place / name).write_text(text)

    def read(self, name):
        return (self.place / name).read_text()

    def command(self, command):
        """The command that runs another one in the group."""
        return ["sh", "-c", f'echo $$ >{self.place}/cgroup.procs; exec "$0" "$@"'] + command

    def peak(self):
        """The most memory used so far, page cache included, in MB."""
        return int(self.read("memory.max_usage_in_bytes" if self.version == 1 else "memory.peak")) / 2**20

    def private(self):
        """The memory in use now without the page cache, in MB."""
        return int(re.search(r"^(?:rss|anon) (\d+)", self.read("memory.stat"), re.M).group(1)) / 2**20

    def killed(self):
        """How many processes were killed for memory."""
        events = self.read("memory.oom_control" if self.version == 1 else "memory.events")
        return int(re.search(r"^oom_kill (\d+)", events, re.M).group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for _ in range(50):
            try:
                self.place.rmdir()
                return
            except OSError:
                time.sleep(0.1)


def request(port, path, gzip):
    """Sends one request and discards the body; returns the status, or the name of the error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if gzip else {})
        response = connection.getresponse()
        while response.read(65536):
            pass
        return str(response.status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


def stall(port, path):
    """Sends one request and reads nothing for five seconds."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            client.connect(("127.0.0.1", port))
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n".encode())
            time.sleep(5)
            return "unread"
        except OSError as error:
            return type(error).__name__


def send(port, count, path, gzip):
    with concurrent.futures.ThreadPoolExecutor(count) as clients:
        one = stall if gzip is None else functools.partial(request, gzip=gzip)
        return list(clients.map(lambda n: one(port, path(n)), range(count)))


def attack(process, port, rounds, group):
    """Loads the gateway; returns how often each kind of request ended how, and the most private memory seen."""
    ends, private = collections.Counter(), 0
    for turn in range(rounds):
        for what, count, gzip, path in (
                ("JSON", PARALLEL, False, "/api/v1/candles/binance/S{}-USDT?interval=1m&limit=5000"),
                ("gzip", PARALLEL, True, "/api/v1/candles/binance/Z{}-USDT?interval=1m&limit=5000"),
                ("CSV", STREAMS, True, "/api/v1/candles/binance/C{}-USDT?interval=1m&format=csv"
                                       "&from=2025-01-01T00:00:00Z&to=2025-03-11T00:00:00Z"),
                ("stalled JSON", PARALLEL, None, "/api/v1/candles/binance/T{}-USDT?interval=1m&limit=5000"),
                ("stalled CSV", PARALLEL, None, "/api/v1/candles/binance/U{}-USDT?interval=1m&format=csv"
                                                "&from=2025-01-01T00:00:00Z&to=2025-03-11T00:00:00Z")):
            if process.poll() is None:
                with concurrent.futures.ThreadPoolExecutor(1) as beside:
                    run = beside.submit(send, port, count, lambda n: path.format(turn * count + n), gzip)
                    while not run.done():
                        private = max(private, group.private())
                        time.sleep(0.05)
                for status in run.result():
                    ends[f"{what} {status}"] += 1
    return ends, private


def measure(megabytes, rounds, java_opts):
    """One row: what happened in a group of so many megabytes."""
    with MemoryGroup(megabytes) as group, tempfile.TemporaryDirectory() as folder:
        errors = open(f"{folder}/errors", "w+")
        environment = {"PATH": os.environ["PATH"], "BRAIN_JAVA_OPTS": java_opts, "CACHE_L1_TTL": "60s"}
        if "JAVA_HOME" in os.environ:
            environment["JAVA_HOME"] = os.environ["JAVA_HOME"]
        process = subprocess.Popen(group.command([str(ROOT / "brain"), "--port", "0"]), cwd=folder, env=environment,
                                   stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            port = next((int(found.group(1)) for line in process.stdout
                         if (found := re.search(r"http://127\.0\.0\.1:(\d+)", line))), None)
            ends, private, answers = {}, 0, "-"
            if port:
                ends, private = attack(process, port, rounds, group)
                answers = request(port, QUOTE, False)
            else:
                process.wait(30)
            code = process.poll()
            errors.seek(0)
            line = (errors.read().strip().splitlines() or [""])[-1]
            return [f"{megabytes}", "running" if code is None else f"ended with {code}", str(group.killed()),
                    f"{private:.0f}", f"{group.peak():.0f}", answers,
                    ", ".join(f"{k}: {v}" for k, v in sorted(ends.items())) or line[:160]]
        finally:
            process.kill()
            process.wait()
            errors.close()


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--java-opts", default="")
    parser.add_argument("megabytes", type=int, nargs="*", default=[64, 80, 96, 128])
    arguments = parser.parse_args()
    print("| MB | gateway | killed | private, MB | peak, MB | quote afterwards | responses |")
    print("|---|---|---|---|---|---|---|")
    for megabytes in arguments.megabytes:
        print("| " + " | ".join(measure(megabytes, arguments.rounds, arguments.java_opts)) + " |", flush=True)


if __name__ == "__main__":
    main()
