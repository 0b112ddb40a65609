package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.ClientOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.ListingFormat;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.RunningGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain alerts}: the alerts of the gateway that runs on this machine. */
@Command(
        name = "alerts",
        header = "Lists, adds and removes the alerts of the gateway that runs on this machine.",
        description = {"The gateway keeps and evaluates alerts, so it must be running."},
        footer = {
            "",
            "Examples:",
            "  brain alerts add binance:BTCUSDT --crosses 70000",
            "  brain alerts add binance:BTCUSDT --moves 2 --within 15m --cooldown 1h --webhook"
                    + " https://hooks.example.com/x",
            "  brain alerts add --provider-down kraken",
            "  brain alerts",
            "  brain alerts log",
            "  brain alerts remove btc-70k"
        })
public final class AlertsCommand implements Callable<Integer> {
    private static final List<String> PATH = List.of("api", "v1", "alerts");
    private static final List<String> LOG = List.of("api", "v1", "alerts", "log");

    private final LocalGateway local;

    @Mixin
    private ListingFormat format = new ListingFormat();

    @Mixin
    private ClientOptions options = new ClientOptions();

    public AlertsCommand(LocalGateway local) {
        this.local = local;
    }

    /** What makes an alert fire. */
    static final class Condition {
        @Option(
                names = "--crosses",
                paramLabel = "PRICE",
                description = "Fires when the price reaches or passes this one.")
        private @Nullable String crosses;

        @Option(
                names = "--moves",
                paramLabel = "PERCENT",
                description = "Fires when the price moves so far (--within).")
        private @Nullable String moves;

        @Option(
                names = "--stale",
                paramLabel = "DURATION",
                description = "Fires when the feed has not been up for so long, such as 2m.")
        private @Nullable String stale;

        @Option(
                names = "--provider-down",
                paramLabel = "PROVIDER",
                description = "Fires when the circuit breaker of a provider opens.")
        private @Nullable String providerDown;

        @Option(
                names = "--budget",
                paramLabel = "NAME",
                description = "Fires when --percent of a budget are spent: 80 by default.")
        private @Nullable String budget;

        private String type() {
            return crosses != null
                    ? "crosses"
                    : moves != null ? "moves" : stale != null ? "stale" : budget != null ? "budget" : "provider_down";
        }
    }

    @Override
    public Integer call() {
        return list(options, format);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the alerts.")
    int list(@Mixin ClientOptions own, @Mixin ListingFormat as) {
        return ask(
                own,
                "GET",
                LocalApi.target(PATH, Map.of()),
                "",
                answered -> local.show(answered, as.orNull(), AlertsCommand::table));
    }

    @Command(
            name = "log",
            mixinStandardHelpOptions = true,
            description = "Shows when alerts have fired, and what came of the webhooks; newest first.")
    int log(
            @Mixin ClientOptions own,
            @Option(names = "--limit", defaultValue = "20", description = "The number of entries: 20 by default.")
                    int limit,
            @Mixin ListingFormat as) {
        String target = LocalApi.target(LOG, Map.of("limit", Integer.toString(limit)));
        return ask(own, "GET", target, "", answered -> local.show(answered, as.orNull(), AlertsCommand::logTable));
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Deletes an alert.")
    int remove(
            @Mixin ClientOptions own, @Parameters(paramLabel = "ID", description = "The id of the alert.") String id) {
        var path = List.of("api", "v1", "alerts", id);
        return ask(own, "DELETE", LocalApi.target(path, Map.of()), "", local::read);
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds an alert and prints its id.")
    int add(
            @Mixin ClientOptions own,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "SYMBOL",
                            description = "As provider:symbol, for --crosses, --moves and --stale.")
                    @Nullable
                    String symbol,
            @ArgGroup(multiplicity = "1") Condition condition,
            @Option(names = "--direction", paramLabel = "up|down", description = "Only in this direction.") @Nullable
                    String direction,
            @Option(names = "--within", paramLabel = "DURATION", description = "The window of --moves, such as 15m.")
                    @Nullable
                    String within,
            @Option(names = "--percent", paramLabel = "PERCENT", description = "How much of the budget. (80)") @Nullable
                    String percent,
            @Option(
                            names = "--cooldown",
                            paramLabel = "DURATION",
                            description = "Fires again and again, with at least this time in between; once without it.")
                    @Nullable
                    String cooldown,
            @Option(names = "--webhook", paramLabel = "URL", description = "Where firings are sent.") @Nullable
                    String webhook,
            @Option(names = "--note", paramLabel = "TEXT", description = "Your own words, which firings repeat.")
                    @Nullable
                    String note,
            @Option(names = "--id", paramLabel = "ID", description = "An id of your own.") @Nullable String id) {
        Map<String, @Nullable String> about = new LinkedHashMap<>();
        about.put("type", condition.type());
        about.put("price", condition.crosses);
        about.put("percent", condition.moves != null ? condition.moves : percent);
        about.put("window", within);
        about.put("after", condition.stale);
        about.put("direction", direction);
        Map<String, @Nullable String> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("symbol", symbol);
        body.put("provider", condition.providerDown);
        body.put("budget", condition.budget);
        body.put("cooldown", cooldown);
        body.put("webhook", webhook);
        body.put("note", note);
        return ask(own, "POST", LocalApi.target(PATH, Map.of()), json(body, about), this::showId);
    }

    private int showId(Answered answered) {
        return local.read(
                answered, json -> local.print(json.at("alert").at("id").text() + "\n"));
    }

    private static String json(Map<String, @Nullable String> body, Map<String, @Nullable String> condition) {
        var out = new JsonOutput();
        out.startObject();
        write(out, body);
        out.name("condition");
        out.startObject();
        write(out, condition);
        out.endObject();
        out.endObject();
        return new String(out.finish(), StandardCharsets.UTF_8);
    }

    private static void write(JsonOutput out, Map<String, @Nullable String> members) {
        members.forEach((name, value) -> {
            if (value != null) {
                out.name(name);
                out.text(value);
            }
        });
    }

    private int ask(ClientOptions own, String method, String target, String body, ToIntFunction<Answered> use) {
        return SettingsLoader.with(local.context(), own.given(), loaded -> {
            var running =
                    new RunningGateway(loaded.config().server(), local.context().environment());
            Optional<Answered> answered = running.send(method, target, body);
            if (answered.isEmpty()) {
                local.context()
                        .err()
                        .println("brain: no gateway is running at " + running.address()
                                + "; alerts need one: start it with \"brain serve\"");
                return ExitCode.FAILURE;
            }
            return use.applyAsInt(answered.get());
        });
    }

    private static String table(JsonValue json) throws MalformedPayload {
        var columns = new TextTable("ID", "SUBJECT", "CONDITION", "STATE", "FIRED", "LAST", "WEBHOOK");
        for (JsonValue alert : json.at("alerts").items()) {
            columns.add(List.of(
                    alert.at("id").text(),
                    alert.at("subject").text(),
                    condition(alert.at("condition")),
                    alert.at("state").text(),
                    alert.at("fired").text(),
                    textOr(alert, "last_fired_at", "-"),
                    textOr(alert, "webhook", "-")));
        }
        return columns.toString();
    }

    private static String condition(JsonValue condition) throws MalformedPayload {
        var text = new StringBuilder(condition.at("type").text());
        for (String name : List.of("price", "percent", "window", "after", "direction")) {
            String value = textOr(condition, name, "");
            text.append(value.isEmpty() || value.equals("either") ? "" : " " + value)
                    .append(name.equals("percent") && !value.isEmpty() ? "%" : "");
        }
        return text.toString();
    }

    private static String logTable(JsonValue json) throws MalformedPayload {
        var columns = new TextTable("TIME", "ALERT", "EVENT", "DETAIL");
        for (JsonValue entry : json.at("entries").items()) {
            boolean fired = entry.at("event").text().equals("fired");
            columns.add(List.of(
                    entry.at("at").text(),
                    entry.at("alert").text(),
                    fired ? "fired" : entry.at("outcome").text(),
                    fired
                            ? entry.at("firing").at("text").text()
                            : entry.at("firing_id").text() + ", attempt "
                                    + entry.at("attempts").text() + ": "
                                    + entry.at("detail").text()));
        }
        return columns.toString();
    }

    private static String textOr(JsonValue json, String name, String otherwise) throws MalformedPayload {
        Optional<JsonValue> value = json.find(name);
        return value.isPresent() ? value.get().text() : otherwise;
    }
}
