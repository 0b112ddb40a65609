package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.ClientOptions;
import io.marketbrain.cli.console.CompletionCandidates;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.RunningGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.cli.rows.SymbolWords;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brain explain}: what every layer does for a quote. */
@Command(
        name = "explain",
        header = "Requests a price and shows what each layer of the gateway decided and how long it took.",
        description = {
            "Asks the gateway that runs on this machine. If none does, it starts a temporary one.",
        },
        footer = {"", "Examples:", "  brain explain binance BTCUSDT", "  brain explain BTC/USDT --format json"})
public final class ExplainCommand implements Callable<Integer> {
    /** What is had from a gateway that does not run. */
    private static final Answered NO_GATEWAY = new Answered(404, "");

    private final LocalGateway local;

    @Parameters(
            arity = "1..2",
            paramLabel = SymbolWords.LABEL,
            description = SymbolWords.DESCRIPTION,
            completionCandidates = CompletionCandidates.Providers.class)
    private List<String> words = List.of();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "The output format: by default a table in a terminal, one line of JSON in a pipe.")
    private OutputFormats.@Nullable Listing format;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long the request may take: 0.1 to 60.")
    private @Nullable String timeout;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Spec
    private @Nullable CommandSpec command;

    public ExplainCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(local.context(), options.given(), this::explain);
    }

    private int explain(ConfigResult.Loaded loaded) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("explain", "true");
        if (timeout != null) {
            query.put("timeout", timeout);
        }
        var running =
                new RunningGateway(loaded.config().server(), local.context().environment());
        List<String> asked =
                path(plain -> running.find(LocalApi.target(plain, Map.of())).orElse(NO_GATEWAY));
        Optional<Answered> answered = running.find(LocalApi.target(asked, query));
        if (answered.isPresent()) {
            return show(answered.get(), running.address());
        }
        return local.launcher()
                .locally(
                        loaded.config(),
                        api -> show(
                                api.get(path(plain -> api.get(plain, Map.of())), query),
                                "a temporary gateway; none serves on " + running.address()));
    }

    /** The path of the quote. */
    private List<String> path(Function<List<String>, Answered> get) {
        SymbolWords.Named of = SymbolWords.readOne(get, command, words);
        return List.of("api", "v1", "data", of.provider(), of.symbol());
    }

    private int show(Answered answered, String asked) {
        if (!OutputFormats.isTable(format, local.context())) {
            return local.read(answered, _ -> local.print(answered.body() + "\n"));
        }
        try {
            JsonValue json = JsonValue.parse(answered.body().getBytes(StandardCharsets.UTF_8));
            Optional<JsonValue> explain = json.find("explain");
            if (explain.isPresent()) {
                local.print(table(json, explain.get(), asked));
            }
        } catch (MalformedPayload e) {
            throw new IllegalStateException("the API returned unexpected JSON: " + e.getMessage(), e);
        }
        return local.read(answered, _ -> {});
    }

    private static String table(JsonValue json, JsonValue explain, String asked) throws MalformedPayload {
        var rows = new TextTable("LAYER", "AT MS", "TOOK MS", "OUTCOME", "DECISION");
        for (JsonValue layer : explain.at("layers").items()) {
            rows.add(List.of(
                    "  ".repeat((int) layer.at("depth").integer())
                            + layer.at("layer").text(),
                    millis(layer.at("start")),
                    millis(layer.at("took")),
                    layer.at("outcome").text(),
                    notes(layer.at("notes"))));
        }
        return rows + "\n" + result(json) + " in " + millis(explain.at("total")) + " ms, from " + asked + "\n";
    }

    private static String result(JsonValue json) throws MalformedPayload {
        Optional<JsonValue> data = json.find("data");
        return data.isEmpty()
                ? json.at("type").text()
                : data.get().at("instrument").text() + " "
                        + data.get().at("price").text() + ", source "
                        + data.get().at("source").text();
    }

    private static String notes(JsonValue notes) throws MalformedPayload {
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, JsonValue> note : notes.members().entrySet()) {
            words.add(note.getKey().replace('_', ' ') + " " + text(note.getValue()));
        }
        return String.join(", ", words);
    }

    private static String text(JsonValue value) {
        try {
            return value.text();
        } catch (MalformedPayload notText) {
            try {
                return value.bool() ? "yes" : "no";
            } catch (MalformedPayload neither) {
                return "?";
            }
        }
    }

    private static String millis(JsonValue seconds) throws MalformedPayload {
        return seconds.decimal()
                .movePointRight(3)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
