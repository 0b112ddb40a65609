#!/usr/bin/env python3
"""Compares builds of the gateway in alternating rounds, with nginx as the reference in each round.

usage: bench/pairs.py CORES SECONDS NAME=FOLDER[:JAVA_OPTIONS]...

CORES 1 pins the servers to one core and the load to the other; with 2, both use both cores. FOLDER is a built checkout;
the others are compared with the first one. Each round requests a cached quote from every server over 50 keep-alive
connections, for 2 s at full speed (wrk) and for 2 s at each fixed rate in RATES (default "5000", bench/rate.c). Before
that, each build is started STARTS times (default 12), alternately, and timed until its first mock quote. Processor
time per request and its pairwise ratio are reliable on a busy machine; throughput and p99 need a quiet one. "others" is
the share of the machine's processor time used by other processes. Needs Linux, a C compiler, and Debian's nginx-light and wrk.
"""

import collections
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import harness

TICKS = os.sysconf("SC_CLK_TCK")
RATES = [int(rate) for rate in os.environ.get("RATES", "5000").split(",") if rate]


def cpu(server):
    total = 0
    for pid in [server.process.pid] + harness.children(server.process.pid):
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def machine():
    ticks = [int(field) for field in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / TICKS


def of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def flat_out(server, load, seconds=2):
    out = subprocess.run(load + ["wrk", f"-t{len(load[2].split(','))}", f"-c{harness.CONNECTIONS}", f"-d{seconds}s",
                                 "--latency", f"http://127.0.0.1:{server.port}{harness.QUOTE}"],
                         capture_output=True, text=True).stdout
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return {"requests": int(re.search(r"(\d+) requests in", out).group(1)),
            "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "p99": float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit], "bad": int(bad.group(1)) if bad else 0}


def paced(server, load, client, rate):
    out = subprocess.run(load + [client, str(server.port), harness.QUOTE, str(harness.CONNECTIONS), str(rate), "2"],
                         capture_output=True, text=True).stdout
    found = re.search(r"requests (\d+) .* p99 ([\d.]+) .* bad (\d+)", out)
    return found and {"requests": int(found.group(1)), "p99": float(found.group(2)), "bad": int(found.group(3))}


def timed(server, shoot):
    before = cpu(server), machine(), of_children(), time.time()
    shot = shoot()
    after = cpu(server), machine(), of_children(), time.time()
    if shot:
        own, all_of_it, load, took = (b - a for a, b in zip(before, after))
        shot["cpu"] = own / shot["requests"] * 1e6
        shot["others"] = max(0, all_of_it - own - load) / (os.cpu_count() * took)
    return shot


def spread(values, digits):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}]"


def show(title, shots, first, idle, servers):
    print(f"\n{title}\n\n| server | CPU µs a request | ÷ {first} | requests a second | ÷ {first} | p99, ms | not 200 | "
          "others | resident, MB |\n|---|---|---|---|---|---|---|---|---|")
    for name, rounds in shots.items():
        pairs = [(a, b) for a, b in zip(rounds, shots[first]) if a and b]
        taken = [shot for shot in rounds if shot]
        if not pairs:
            continue
        rate = [spread([shot["rate"] for shot in taken], 0), spread([a["rate"] / b["rate"] for a, b in pairs], 2)
                ] if "rate" in taken[0] else ["", ""]
        cells = [name, spread([shot["cpu"] for shot in taken], 1),
                 spread([a["cpu"] / max(b["cpu"], 0.1) for a, b in pairs], 2), *rate,
                 spread([shot["p99"] for shot in taken], 2), str(sum(shot["bad"] for shot in taken)),
                 f"{statistics.median([shot['others'] for shot in taken]):.0%}",
                 f"{idle[name]:.0f} → {servers[name].resident():.0f}"]
        print("| " + " | ".join(cells) + " |")


def start(folder, cores):
    home, _, options = folder.partition(":")
    os.environ["BRAIN_JAVA_OPTS"] = options
    server = harness.Server(lambda port: [f"{home}/brain", "serve", "--port", str(port)], cores)
    server.first_answer()
    return server


def starts(homes, cores):
    """Prints the time from exec to the first mock quote and the resident memory then, build by build in turn."""
    rounds = int(os.environ.get("STARTS", "12"))
    times, memory = collections.defaultdict(list), collections.defaultdict(list)
    for number in range(rounds + 1):
        for name, home in homes.items():
            command = [f"{home.partition(':')[0]}/brain", "serve", "--port"]
            with harness.Server(lambda port: command + [str(port)], cores) as server:
                took = server.first_answer()
                if number:
                    times[name].append(took * 1000)
                    memory[name].append(server.resident())
    first = next(iter(homes))
    print(f"\nStart, {rounds} rounds\n\n| build | ms to the first quote | ÷ {first} | resident then, MB | ÷ {first} |\n"
          "|---|---|---|---|---|")
    for name in homes:
        ratios = [[a / b for a, b in zip(of[name], of[first])] for of in (times, memory)]
        print(f"| {name} | {spread(times[name], 0)} | {spread(ratios[0], 2)} | {spread(memory[name], 1)} | "
              f"{spread(ratios[1], 2)} |")


def main():
    if len(sys.argv) < 4 or sys.argv[1] not in ("1", "2"):
        raise SystemExit(__doc__)
    cores = "0" if sys.argv[1] == "1" else "0,1"
    load = ["taskset", "-c", "1" if sys.argv[1] == "1" else "0,1"]
    folder = tempfile.TemporaryDirectory()
    client = folder.name + "/rate"
    subprocess.run(["cc", "-O2", "-o", client, str(harness.ROOT / "bench" / "rate.c")], check=True)
    servers = {}
    homes = dict(word.split("=", 1) for word in sys.argv[3:])
    starts(homes, cores)
    try:
        for name, home in homes.items():
            servers[name] = start(home, cores)
        first = next(iter(servers))
        idle = {name: server.resident() for name, server in servers.items()}
        for server in servers.values():
            flat_out(server, load, 15)
        servers["nginx"] = harness.Nginx(servers[first].body, cores)
        servers["nginx"].first_answer()
        idle["nginx"] = servers["nginx"].resident()
        kinds = [("At full speed", lambda server: flat_out(server, load))]
        kinds += [(f"{rate} requests a second", lambda server, rate=rate: paced(server, load, client, rate))
                  for rate in RATES]
        shots = {title: collections.defaultdict(list) for title, _ in kinds}
        end = time.time() + float(sys.argv[2])
        while time.time() < end:
            for title, shoot in kinds:
                for name, server in servers.items():
                    shots[title][name].append(timed(server, lambda: shoot(server)))
        for title, _ in kinds:
            show(f"{title}, {len(shots[title][first])} rounds", shots[title], first, idle, servers)
    finally:
        for server in servers.values():
            server.__exit__()


if __name__ == "__main__":
    main()
