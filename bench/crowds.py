"""Interactive requests beside background work, and overload."""

import asyncio
import datetime
import time

import pressure
from harness import Server, brain, section, spread

# How long the mock provider takes to respond in both measurements: long enough that permits are scarce, not processors.
LATENCY = 0.05
PERMITS = 10


def past_quote(number):
    """The path of a request that no cache can serve, because it was never sent before."""
    past_quote.sent += 1
    at = datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=past_quote.sent)
    return f"/api/v1/data/mock/BTC-USDT?at={at:%Y-%m-%dT%H:%M:%SZ}"


past_quote.sent = 0


def slow_gateway(**more):
    settings = {"MOCK_LATENCY": f"{LATENCY * 1000:.0f}ms", "CACHE_TTL": "mock.quote=1ms",
                "CACHE_STALE_WHILE_REVALIDATE_WINDOW": "0s", "WARMING_CONCURRENCY": "100"} | more
    return Server(brain, settings=settings)


def mixed(short):
    rounds, seconds, rate = (3, 4, 200) if short else (6, 10, 200)
    pressure.raise_priority()
    alone, beside, done, waiting = [], [], 0, []

    async def measure(port):
        nonlocal done
        clients, rng, work = pressure.Clients(port), pressure.seeded(), pressure.Background(port)
        for number in range(rounds + 1):
            quiet = await clients.send_at_rate(rate, seconds, past_quote, rng)
            stop = asyncio.Event()
            background = asyncio.create_task(work.keep_up(stop))
            await asyncio.sleep(0.5)
            busy = await clients.send_at_rate(rate, seconds, past_quote, rng)
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
    for name, runs in (("interactive requests alone", alone), ("interactive requests beside 200 background jobs", beside)):
        times = sorted(took for run in runs for took in run.seconds())
        lost = sum(len(run.all) - run.count(200) for run in runs)
        rows.append([name, len(times), *(f"{pressure.percentile(times, p) * 1000:.1f}" for p in (50, 95, 99)), lost])
    pairs = [pressure.percentile(b.seconds(), 99) / pressure.percentile(a.seconds(), 99) for a, b in zip(alone, beside)]
    whole = float(rows[1][4]) / float(rows[0][4])
    rows.append(["p99 with background work ÷ without, all rounds together", "", "", "", f"{whole:.2f}", ""])
    rows.append(["p99 with background work ÷ without, per round", "", "", "", spread(pairs, 2), ""])
    rows.append([f"background jobs done per second: {done / rounds / (seconds + 0.5):.0f}; "
                 f"never fewer than {min(waiting)} waiting", "", "", "", "", ""])
    section("mixed", f"{rate} interactive requests per second, each {LATENCY * 1000:.0f} ms at its provider, "
            f"{rounds} rounds of {seconds} s, alternately without and with background work",
            ["what", "succeeded", "p50, ms", "p95, ms", "p99, ms", "failed"], rows, short)
    return {}


def overload(short):
    seconds = 10 if short else 60
    capacity = int(PERMITS / LATENCY)
    pressure.raise_priority()
    memory, figures = [], {}

    async def watch(server, stop):
        while not stop.is_set():
            memory.append((time.perf_counter(), server.resident()))
            await asyncio.sleep(1)

    async def measure(server):
        clients, rng = pressure.Clients(server.port), pressure.seeded()
        await clients.send_at_rate(capacity // 2, 10, past_quote, rng)
        for name, load, length in (("half", 0.5, 10), ("full", 1.1, 15), ("five times", 5, seconds)):
            stop = asyncio.Event()
            watching = asyncio.create_task(watch(server, stop))
            memory.clear()
            began = time.perf_counter()
            run = await clients.send_at_rate(capacity * load, length, past_quote, rng)
            stop.set()
            await watching
            figures[name] = (load, length, began, run, list(memory))
        ended = time.perf_counter()
        while True:
            began = time.perf_counter()
            run = await clients.send_at_rate(capacity // 2, 1, past_quote, rng)
            if run.count(200) == len(run.all) or began - ended > 30:
                break
        figures["recovered"] = began - ended
        figures["after"] = (0.5, 10, time.perf_counter(), await clients.send_at_rate(capacity // 2, 10, past_quote, rng), [])

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
    rows.append([f"requests served per second in each third of the overload: {', '.join(f'{t:.0f}' for t in thirds)}"] + [""] * 6)
    rows.append([f"resident memory in its first third {spread(early)} MB, in its last third {spread(late)} MB"] + [""] * 6)
    rows.append([f"no request rejected from {figures['recovered']:.1f} s after the overload"] + [""] * 6)
    section("overload", f"Five times the capacity, for {seconds} s ({PERMITS} permits, {LATENCY * 1000:.0f} ms per call)",
            ["load", "requests per second", "served per second", "p50 of served, ms", "p99 of served, ms",
             "503", "other failures"], rows, short)
    return {}
