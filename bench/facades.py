"""What the APIs of other programs cost a gateway that nobody asks for them: its start and its memory, with all of them and with none."""

import statistics
import time

from harness import SERVER_CORE, Server, brain, section, spread

NAMES = ("BINANCE", "KRAKEN", "COINBASE", "UDF", "MCP", "PORTFOLIO", "COINGECKO", "OPENBB")


def settings(on):
    return {f"FACADES_{name}_ENABLED": str(on).lower() for name in NAMES}


def facades(short):
    rounds, idle = (5, 2) if short else (15, 5)
    times = {True: [], False: []}
    memory = {True: [], False: []}
    for number in range(rounds + 1):
        for on in ((True, False) if number % 2 else (False, True)):
            with Server(brain, SERVER_CORE, settings(on)) as server:
                first = server.first_answer() * 1000
                time.sleep(idle)
                if number:
                    times[on].append(first)
                    memory[on].append(server.resident())
    ratio = statistics.median([a / b for a, b in zip(times[True], times[False])])
    more = statistics.median([a - b for a, b in zip(memory[True], memory[False])])
    rows = [["none", spread(times[False]), spread(memory[False], 1)],
            ["all", spread(times[True]), spread(memory[True], 1)],
            ["all compared with none, pair by pair", f"{ratio:.3f} ×", f"{more:+.1f}"]]
    section("facades", "A gateway with and without the APIs of other programs",
            ["façades", "start to the first mock quote, ms", f"idle {idle} s later, MB"], rows, short)
    return {}
