package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain quote}: current prices. */
@Command(
        name = "quote",
        description = "Shows the current price of one or more symbols; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain quote binance BTCUSDT",
            "  brain quote binance BTC/USDT ETH/USDT --format json",
            "  BINANCE_MODE=live brain quote binance BTCUSDT | jq -r .data.price",
        })
public final class QuoteCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "A provider that \"brain providers\" lists.")
    private String provider = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SYMBOL", description = "Such as BTCUSDT or BTC/USDT.")
    private List<String> symbols = List.of();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "The output format: by default a table in a terminal, one line of JSON per symbol in a pipe.")
    private OutputFormats.@Nullable Listing format;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long the request may take: 0.1 to 60.")
    private @Nullable String timeout;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public QuoteCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return local.ask(options.given(), this::quote);
    }

    private int quote(LocalApi api) {
        Map<String, String> query = new LinkedHashMap<>();
        if (timeout != null) {
            query.put("timeout", timeout);
        }
        boolean table = OutputFormats.isTable(format, local.context());
        var rows = new TextTable("INSTRUMENT", "PRICE", "CURRENCY", "BID", "ASK", "VOLUME", "AS OF", "SOURCE");
        Set<String> notes = new LinkedHashSet<>();
        int worst = ExitCode.OK;
        int answered = 0;
        for (String symbol : symbols) {
            var answer = api.get(List.of("api", "v1", "data", provider, symbol), query);
            int code = local.read(answer, json -> {
                if (table) {
                    rows.add(row(json.at("data")));
                    json.find("mock_reason").ifPresent(reason -> notes.add("mock: " + text(reason)));
                } else {
                    local.print(answer.body() + "\n");
                }
            });
            answered += code == ExitCode.OK ? 1 : 0;
            worst = Math.max(worst, code);
        }
        if (table && answered > 0) {
            local.print(rows + (notes.isEmpty() ? "" : String.join("\n", notes) + "\n"));
        }
        return worst;
    }

    private static List<String> row(JsonValue data) throws MalformedPayload {
        return List.of(
                cell(data, "instrument"),
                cell(data, "price"),
                cell(data, "currency"),
                cell(data, "bid"),
                cell(data, "ask"),
                cell(data, "volume"),
                cell(data, "as_of"),
                cell(data, "source"));
    }

    private static String cell(JsonValue data, String name) {
        return data.find(name).map(QuoteCommand::text).orElse("-");
    }

    private static String text(JsonValue value) {
        try {
            return value.text();
        } catch (MalformedPayload e) {
            return "?";
        }
    }
}
