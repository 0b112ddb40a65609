package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.CompletionCandidates;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats.Listing;
import io.marketbrain.cli.console.OutputFormats.Rows;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.cli.rows.RowLayout;
import io.marketbrain.cli.rows.RowPrinter;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain search}: instruments by a part of their code or name. */
@Command(
        name = "search",
        description = "Finds instruments and the providers that have them. Requests nothing unless --online is given.",
        footer = {
            "",
            "Examples:",
            "  brain search bitcoin",
            "  brain search VOD.L",
            "  brain search --type fx --limit 50",
            "  LIVE_PROVIDERS=kraken brain search eth --provider kraken --online",
            "  brain search --type etf --limit 500 --format csv > funds.csv",
        })
public final class SearchCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "A part of a code or name, or a symbol; everything without it.")
    private String text = "";

    @Option(names = "--type", paramLabel = "TYPE", description = "Such as crypto, stock, fx or index.")
    private @Nullable String type;

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            description = "The provider that has them.",
            completionCandidates = CompletionCandidates.Providers.class)
    private @Nullable String provider;

    @Option(names = "--online", description = "Fetches the lists of live providers, which may cost calls.")
    private boolean online;

    @Option(names = "--limit", defaultValue = "20", description = "The maximum number of instruments: 20 by default.")
    private int limit;

    @Option(
            names = "--format",
            paramLabel = "table|csv|json|ndjson",
            description = "The output format: by default a table in a terminal, JSON in a pipe.")
    private @Nullable Rows format;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public SearchCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        var query = new LinkedHashMap<String, String>();
        query.put("q", text);
        Optional.ofNullable(type).ifPresent(value -> query.put("type", value));
        Optional.ofNullable(provider).ifPresent(value -> query.put("provider", value));
        query.put("online", Boolean.toString(online));
        query.put("limit", Integer.toString(limit));
        return local.ask(options.given(), api -> show(api.get(List.of("api", "v1", "symbols"), query)));
    }

    private int show(Answered answered) {
        Rows form = format != null ? format : local.context().terminal() ? Rows.TABLE : Rows.JSON;
        return switch (form) {
            case TABLE -> local.show(answered, Listing.TABLE, SearchCommand::table);
            case JSON -> local.show(answered, Listing.JSON, SearchCommand::table);
            case CSV, NDJSON -> {
                var printer = new RowPrinter(local, RowLayout.SYMBOLS, form, UnaryOperator.identity());
                printer.add(answered);
                if (answered.ok()) {
                    local.read(
                            answered,
                            json -> notes(json)
                                    .forEach(note -> local.context().err().println("brain: " + note)));
                }
                yield printer.end();
            }
        };
    }

    static String table(JsonValue json) throws MalformedPayload {
        var columns = new TextTable("INSTRUMENT", "TYPE", "CURRENCY", "NAME", "KNOWN FROM", "PROVIDERS");
        for (JsonValue symbol : json.at("symbols").items()) {
            JsonValue name = symbol.at("name");
            columns.add(List.of(
                    symbol.at("instrument").text(),
                    symbol.at("asset_type").text(),
                    symbol.at("currency").text(),
                    name.isNull() ? "" : name.text(),
                    symbol.at("known_from").text(),
                    RowLayout.providers(symbol)));
        }
        var text = new StringBuilder(columns.toString());
        notes(json).forEach(note -> text.append(System.lineSeparator()).append(note));
        return text.toString();
    }

    /** What happened to the tickers that were found, and why a list was not searched. */
    private static Set<String> notes(JsonValue json) throws MalformedPayload {
        Set<String> notes = new LinkedHashSet<>();
        for (JsonValue change : json.at("changes").items()) {
            notes.add(change.at("text").text() + ".");
        }
        for (JsonValue list : json.at("lists").items()) {
            if (!list.at("problem").isNull()) {
                notes.add(fault(list) + ": " + list.at("problem").text() + ".");
            }
        }
        return notes;
    }

    /** What is wrong with a list that has a problem. */
    private static String fault(JsonValue list) throws MalformedPayload {
        if (!list.at("in_memory").bool()) {
            return "A list could not be fetched";
        }
        return list.at("complete").bool() ? "An old list was searched" : "A list is not complete";
    }
}
