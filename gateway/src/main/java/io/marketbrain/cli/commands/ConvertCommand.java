package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.CompletionCandidates;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ListingFormat;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.cli.console.TimeZoneOptions;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain convert}: an amount in another currency or crypto asset. */
@Command(
        name = "convert",
        description = "Converts an amount, and shows the rates that it was converted by and their ages.",
        footer = {
            "",
            "Examples:",
            "  brain convert 100 EUR USD",
            "  brain convert 0.5 BTC EUR --format json | jq -r .result",
            "  LIVE_PROVIDERS=ecb brain convert 100 USD JPY --provider ecb --at 2026-03-02",
        })
public final class ConvertCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(index = "0", paramLabel = "AMOUNT", description = "A decimal, such as 12.50.")
    private String amount = "";

    @Parameters(index = "1", paramLabel = "FROM", description = "A currency or crypto asset, such as EUR.")
    private String from = "";

    @Parameters(index = "2", paramLabel = "TO", description = "A currency or crypto asset, such as USD.")
    private String to = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "A past time, such as 2026-03-02, -30d or yesterday: the last rate that was known then.")
    private @Nullable String at;

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            description = "The provider whose rates are used; any without it.",
            completionCandidates = CompletionCandidates.Providers.class)
    private @Nullable String provider;

    @Option(names = "--digits", description = "The significant digits of a result that has no exact decimal.")
    private @Nullable Integer digits;

    @Option(
            names = "--rounding",
            paramLabel = "MODE",
            description = "How such a result is rounded: half_even by default.")
    private @Nullable String rounding;

    @Mixin
    private TimeZoneOptions zone = new TimeZoneOptions();

    @Mixin
    private ListingFormat format = new ListingFormat();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public ConvertCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        var query = new LinkedHashMap<String, String>();
        query.put("amount", amount);
        query.put("from", from);
        query.put("to", to);
        zone.instant("--at", at, local.context().clock().instant()).ifPresent(value -> query.put("at", value));
        Optional.ofNullable(provider).ifPresent(value -> query.put("provider", value));
        Optional.ofNullable(digits).ifPresent(value -> query.put("digits", Integer.toString(value)));
        Optional.ofNullable(rounding).ifPresent(value -> query.put("rounding", value));
        zone.zone();
        return local.ask(
                options.given(),
                api -> local.show(api.get(List.of("api", "v1", "convert"), query), format.orNull(), this::table));
    }

    private String table(JsonValue json) throws MalformedPayload {
        var columns = new TextTable("FROM", "TO", "RATE OF", "RATE", "SOURCE", "AS OF", "AGE");
        for (JsonValue rate : json.at("path").items()) {
            JsonValue asOf = rate.at("as_of");
            JsonValue age = rate.at("age_seconds");
            columns.add(List.of(
                    rate.at("from").text(),
                    rate.at("to").text(),
                    rate.at("instrument").text(),
                    rate.at("rate").text(),
                    rate.at("source").text(),
                    asOf.isNull() ? "" : zone.shown(asOf.text()),
                    age.isNull() ? "" : age(Duration.ofSeconds(Long.parseLong(age.text())))));
        }
        String rounded = json.at("exact").bool()
                ? ""
                : " (rounded to " + json.at("digits").text() + " digits)";
        return json.at("amount").text() + " " + json.at("from").text() + " = "
                + json.at("result").text() + " " + json.at("to").text() + rounded + "\n\n" + columns;
    }

    /** An age in the largest unit of which there are at least two. */
    private static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 1) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 1 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }
}
