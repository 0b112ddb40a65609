#!/usr/bin/env python3
"""Compares Redis Streams and pub/sub as the way from one gateway to another: lost events, latency and memory of Redis, while
Redis is killed, frozen and restarted. Needs redis-server (or REDIS_SERVER); takes about two minutes; no other packages.

The publisher does what a gateway does: a script checks the lease before it publishes a batch, a batch that was not confirmed is
sent again, and what waits is bounded. The subscriber ignores what it has seen and counts the numbers that it never sees."""
import os, signal, socket, statistics, struct, subprocess, sys, tempfile, threading, time

REDIS = os.environ.get("REDIS_SERVER", "redis-server")
KEPT, WAITING, BATCH = 1000, 20_000, 64
SCRIPTS = {
    "streams": "if redis.call('GET',KEYS[1])~=ARGV[1] then return 0 end for i=2,#ARGV do "
               f"redis.call('XADD',KEYS[2],'MAXLEN','~',{KEPT},'*','m',ARGV[i]) end return 1",
    "pub/sub": "if redis.call('GET',KEYS[1])~=ARGV[1] then return 0 end for i=2,#ARGV do "
               "redis.call('PUBLISH',KEYS[2],ARGV[i]) end return 1",
}


class Server:
    def __init__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.folder = tempfile.mkdtemp()
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", self.folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                Connection(self.port).call("PING")
                return
            except OSError:
                time.sleep(0.02)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def signal(self, number):
        self.process.send_signal(number)

    def memory(self):
        text = Connection(self.port).call("INFO", "memory").decode()
        return int(next(line for line in text.splitlines() if line.startswith("used_memory:")).split(":")[1])


class Connection:
    def __init__(self, port, timeout=0.5):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def send(self, *words):
        out = [b"*%d\r\n" % len(words)]
        for word in words:
            word = word if isinstance(word, bytes) else str(word).encode()
            out.append(b"$%d\r\n%s\r\n" % (len(word), word))
        self.socket.sendall(b"".join(out))

    def read(self):
        line = self.file.readline()
        if not line.endswith(b"\r\n"):
            raise OSError("closed")
        kind, rest = line[:1], line[1:-2]
        if kind == b"$":
            size = int(rest)
            return None if size < 0 else self.file.read(size + 2)[:-2]
        if kind == b"*":
            return None if int(rest) < 0 else [self.read() for _ in range(int(rest))]
        if kind == b"-":
            raise OSError(rest.decode())
        return int(rest) if kind == b":" else rest

    def call(self, *words):
        self.send(*words)
        return self.read()

    def close(self):
        self.socket.close()


class Publisher(threading.Thread):
    def __init__(self, server, transport, rate, size):
        super().__init__(daemon=True)
        self.server, self.script, self.rate, self.size = server, SCRIPTS[transport], rate, size
        self.number, self.running, self.waiting, self.dropped = 0, True, [], 0

    def produce(self, until):
        while self.number < until:
            self.number += 1
            self.waiting.append((self.number, time.time()))
        if len(self.waiting) > WAITING:
            self.dropped += len(self.waiting)
            self.waiting.clear()

    def run(self):
        start, connection = time.time(), None
        while self.running:
            self.produce(int((time.time() - start) * self.rate))
            if not self.waiting:
                time.sleep(0.0005)
                continue
            batch = self.waiting[:BATCH]
            try:
                if connection is None:
                    connection = Connection(self.server.port)
                    connection.call("SET", "lease", "1")
                texts = [struct.pack(">Qd", n, at) + b"x" * (self.size - 16) for n, at in batch]
                connection.call("EVAL", self.script, 2, "lease", "events", "1", *texts)
                del self.waiting[:len(batch)]
            except OSError:
                connection = None
                time.sleep(0.05)


class Subscriber(threading.Thread):
    def __init__(self, server, transport):
        super().__init__(daemon=True)
        self.server, self.streams = server, transport == "streams"
        self.running, self.frozen, self.last = True, False, "$"
        self.seen, self.delays, self.latest = set(), [], 0

    def take(self, text):
        number, at = struct.unpack(">Qd", text[:16])
        if number not in self.seen:
            self.seen.add(number)
            self.delays.append(time.time() - at)

    def run(self):
        while self.running:
            try:
                connection = Connection(self.server.port, 1.0)
                if self.streams:
                    self.read(connection)
                else:
                    connection.call("SUBSCRIBE", "events")
                    while self.running:
                        self.pause()
                        self.take(connection.read()[2])
            except OSError:
                time.sleep(0.05)

    def pause(self):
        while self.frozen:
            time.sleep(0.01)

    def read(self, connection):
        newest = connection.call("XREVRANGE", "events", "+", "-", "COUNT", 1)
        newest = newest[0][0].decode() if newest else "0-0"
        order = lambda name: tuple(int(part) for part in name.split("-"))
        if self.last == "$":
            self.last = newest
        elif order(self.last) > order(newest):
            self.last = "0-0"  # Redis was restarted empty
        while self.running:
            self.pause()
            reply = connection.call("XREAD", "COUNT", BATCH, "BLOCK", 250, "STREAMS", "events", self.last)
            for name, fields in reply[0][1] if reply else []:
                self.take(fields[1])
                self.last = name.decode()


def nothing(server, subscriber):
    time.sleep(10)


def connection_cut(server, subscriber):
    for _ in range(10):
        time.sleep(0.5)
        control = Connection(server.port)
        for line in control.call("CLIENT", "LIST").decode().splitlines():
            if "cmd=xread" in line or "cmd=subscribe" in line:
                control.call("CLIENT", "KILL", "ID", line.split()[0][3:])


def frozen(server, subscriber):
    time.sleep(1)
    server.signal(signal.SIGSTOP)
    time.sleep(3)
    server.signal(signal.SIGCONT)
    time.sleep(2)


def killed(server, subscriber):
    time.sleep(1)
    server.kill()
    time.sleep(1)
    server.start()
    time.sleep(2)


def slow_reader(server, subscriber):
    time.sleep(1)
    subscriber.frozen = True
    time.sleep(5)
    subscriber.frozen = False
    time.sleep(2)


CASES = [
    ("undisturbed, 1,000/s of 300 B", nothing, 1000, 300),
    ("undisturbed, 1,000/s of 4 KiB", nothing, 1000, 4096),
    ("subscriber's connection cut ten times", connection_cut, 1000, 300),
    ("Redis frozen for 3 s (SIGSTOP)", frozen, 1000, 300),
    ("Redis killed (kill -9), empty after 1 s", killed, 1000, 300),
    ("subscriber does not read for 5 s, 4 KiB", slow_reader, 1000, 4096),
]


def measure(transport, disturb, rate, size):
    server = Server()
    before = server.memory()
    subscriber = Subscriber(server, transport)
    subscriber.start()
    time.sleep(0.3)
    publisher = Publisher(server, transport, rate, size)
    publisher.start()
    most, watching = [0], [True]

    def watch():
        while watching[0]:
            try:
                most[0] = max(most[0], server.memory() - before)
            except OSError:
                pass
            time.sleep(0.1)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    disturb(server, subscriber)
    publisher.running = watching[0] = False
    publisher.join()
    time.sleep(1)
    subscriber.running = False
    sent = publisher.number - len(publisher.waiting)
    lost = sum(1 for n in range(1, sent + 1) if n not in subscriber.seen)
    delays = sorted(subscriber.delays)
    server.kill()
    return sent, lost, delays[len(delays) // 2] * 1e3, delays[int(len(delays) * 0.99)] * 1e3, most[0] / 1024


def main():
    print("| | transport | sent | lost | p50 ms | p99 ms | Redis memory, KiB |\n|---|---|---|---|---|---|---|")
    for name, disturb, rate, size in CASES:
        for transport in SCRIPTS:
            sent, lost, p50, p99, memory = measure(transport, disturb, rate, size)
            print(f"| {name} | {transport} | {sent:,} | {lost:,} | {p50:.2f} | {p99:.1f} | {memory:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
