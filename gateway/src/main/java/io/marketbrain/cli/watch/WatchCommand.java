package io.marketbrain.cli.watch;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.ClientOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.RunningGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain watch}: live prices. */
@Command(
        name = "watch",
        header = "Shows live prices: one line a symbol in a terminal, one JSON object an event in a pipe.",
        description = {
            "Listens to the gateway that runs on this machine. If none does, it runs its own until you press Ctrl-C.",
        },
        footer = {
            "",
            "Examples:",
            "  brain watch binance:BTCUSDT kraken:ETH/EUR",
            "  brain watch binance:BTCUSDT --kinds trade,candle:1m | jq -c .trades",
        })
public final class WatchCommand implements Callable<Integer> {
    private static final List<String> PATH = List.of("api", "v1", "stream");
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** How often a stream that broke is resumed without success. */
    private static final int ATTEMPTS = 15;

    private final LocalGateway local;
    private final WatchLines lines = new WatchLines();
    private int drawn;

    @Parameters(arity = "1..*", paramLabel = "SYMBOL", description = "As provider:symbol, such as binance:BTCUSDT.")
    private List<String> symbols = List.of();

    @Option(
            names = "--kinds",
            paramLabel = "KINDS",
            description = "What to listen to: quote, trade, book:DEPTH, candle:INTERVAL, news. (quote)")
    private String kinds = "quote";

    @Mixin
    private ClientOptions options = new ClientOptions();

    public WatchCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(local.context(), options.given(), this::watch);
    }

    private int watch(ConfigResult.Loaded loaded) {
        var running =
                new RunningGateway(loaded.config().server(), local.context().environment());
        var reader = new EventReader(this::show);
        try {
            Optional<Answered> answered = running.stream(target(""), reader);
            if (answered.isPresent()) {
                return answered.get().ok() ? resume(running, reader) : local.read(answered.get());
            }
        } catch (IOException broken) {
            return resume(running, reader);
        }
        return local.launcher().locally(loaded.config(), api -> own(api, reader));
    }

    private int own(LocalApi api, EventReader reader) {
        try {
            return local.read(api.get(PATH, query(""), reader));
        } catch (IOException ended) {
            return ExitCode.OK; // nobody reads the output any more
        }
    }

    /** Continues a stream that broke, from the last event. */
    private int resume(RunningGateway running, EventReader reader) {
        for (int attempt = 0; attempt < ATTEMPTS && !local.context().out().checkError(); attempt++) {
            String last = reader.lastId();
            try {
                Thread.sleep(PAUSE);
                running.stream(target(last), reader);
            } catch (IOException broken) {
                // The next attempt continues from what has arrived.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return ExitCode.OK;
            }
            if (!reader.lastId().equals(last)) {
                attempt = 0;
            }
        }
        if (local.context().out().checkError()) {
            return ExitCode.OK;
        }
        local.context().err().println("brain: the gateway at " + running.address() + " has ended the stream");
        return ExitCode.FAILURE;
    }

    private String target(String lastId) {
        return LocalApi.target(PATH, query(lastId));
    }

    private Map<String, String> query(String lastId) {
        var query = new LinkedHashMap<String, String>();
        query.put("symbols", String.join(",", symbols));
        query.put("kinds", kinds);
        if (local.context().terminal()) {
            query.put("throttle", "250ms");
        }
        if (!lastId.isEmpty()) {
            query.put("last_event_id", lastId);
        }
        return query;
    }

    private void show(String id, String event, String data) throws IOException {
        PrintStream out = local.context().out();
        if (local.context().terminal()) {
            try {
                lines.add(event, data);
            } catch (MalformedPayload e) {
                throw new IllegalStateException("the API returned unexpected JSON: " + e.getMessage(), e);
            }
            out.print((drawn > 0 ? "\u001b[" + drawn + "A" : "") + lines.shown());
            drawn = lines.count();
        } else {
            out.print("{\"event\":\"" + event + "\",\"id\":\"" + id + "\"," + data.substring(1) + "\n");
        }
        if (out.checkError()) {
            throw new IOException("the output has been closed");
        }
    }
}
