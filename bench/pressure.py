"""Open-loop HTTP load: requests are sent at a given rate, however long earlier ones take.

A client that waits for each response before it sends the next request (wrk, ab) slows down with the server and so hides
the latency that independent users would have seen ("coordinated omission"). Here requests are due at given times, and a
request's latency counts from when it was due.
"""

import asyncio
import http.client
import json
import os
import random
import time


class Arrivals:
    """The results of one run: for each request its due time, its latency in seconds, and its status (0: no response)."""

    def __init__(self):
        self.all = []

    def seconds(self, status=200):
        return sorted(took for _, took, code in self.all if code == status)

    def count(self, status):
        return sum(code == status for _, _, code in self.all)

    def per_second(self, status, begin, end):
        """Responses per second between two times."""
        return sum(code == status and begin <= at + took < end for at, took, code in self.all) / (end - begin)


def percentile(ordered, percent):
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else float("nan")


class Clients:
    """Clients of one server. Connections are kept alive; each is used by one request at a time."""

    def __init__(self, port):
        self.port = port
        self.idle = []

    async def get(self, path, arrived, into):
        status = 0
        connection = None
        try:
            connection = await self.connect()
            reader, writer = connection
            writer.write(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            await reader.readexactly(length)
            status = int(head[9:12])
            self.idle.append(connection)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, IndexError):
            if connection:
                connection[1].close()
        into.all.append((arrived, time.perf_counter() - arrived, status))

    async def connect(self):
        while self.idle:
            reader, writer = self.idle.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def send_at_rate(self, rate, seconds, path, rng):
        """Sends requests at random times, `rate` per second on average, and waits for the last response."""
        into = Arrivals()
        tasks = set()
        due = time.perf_counter()
        end = due + seconds
        number = 0
        while due < end:
            pause = due - time.perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            task = asyncio.create_task(self.get(path(number), max(due, time.perf_counter()), into))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            number += 1
            due += rng.expovariate(rate)
        while tasks:
            await asyncio.wait(tasks)
        return into


def layer(port, name, stack="request"):
    """The counters of one of the gateway's layers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/api/v1/layers")
    layers = json.loads(connection.getresponse().read())["layers"]
    connection.close()
    return next(l["counters"] for l in layers if l["name"] == name and l["stack"] == stack)


class Background:
    """Background work in the gateway: keeps at least `jobs` jobs waiting while it runs."""

    def __init__(self, port, jobs=200):
        self.port = port
        self.jobs = jobs
        self.sent = 0

    def send(self, jobs):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for _ in range(0, jobs, 50):
            symbols = ",".join(f"mock:W{(self.sent + i) % 900:03d}-USDT" for i in range(50))
            connection.request("POST", f"/api/v1/background/warm-cache?symbols={symbols}")
            response = connection.getresponse()
            response.read()
            if response.status != 202:
                break
            self.sent += 50
        connection.close()

    async def keep_up(self, stop):
        before = (await asyncio.to_thread(layer, self.port, "qos"))["admitted_low"]
        self.sent = 0
        least = None
        await asyncio.to_thread(self.send, self.jobs)
        while not stop.is_set():
            figures = await asyncio.to_thread(layer, self.port, "qos")
            left = self.sent - (figures["admitted_low"] - before)
            least = left if least is None else min(least, left)
            if left < self.jobs + 100:
                await asyncio.to_thread(self.send, self.jobs + 150 - left)
            await asyncio.sleep(0.1)
        return figures["admitted_low"] - before, least


def seeded():
    return random.Random(7)


def raise_priority():
    """Raises the priority of this process and its children, where permitted."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    except PermissionError:
        pass
