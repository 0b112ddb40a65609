package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.TextTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain candles}: open, high, low, close and volume over time. */
@Command(
        name = "candles",
        description = "Shows candles; needs no server.",
        footer = {
            "",
            "Examples:",
            "  brain candles binance BTCUSDT",
            "  brain candles binance BTCUSDT --interval 1d --from 2024-01-01 --to 2024-02-01 --format csv",
            "  brain candles binance BTCUSDT --interval 1h --limit 240 --format svg > chart.svg",
            "  brain candles binance ETH/USDT --interval 5m --limit 12 --format json | jq .data.candles",
        })
public final class CandlesCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "A provider that \"brain providers\" lists.")
    private String provider = "";

    @Parameters(index = "1", paramLabel = "SYMBOL", description = "Such as BTCUSDT or BTC/USDT.")
    private String symbol = "";

    @Option(
            names = "--interval",
            paramLabel = "INTERVAL",
            description = "The length of a candle: 1m, 1h, 1d, 1M, ... (1h)")
    private @Nullable String interval;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The time of the first candle: 2024-01-31 or 2024-01-31T10:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The time before which the last candle begins.")
    private @Nullable String to;

    @Option(names = "--limit", paramLabel = "COUNT", description = "The maximum number of candles.")
    private @Nullable String limit;

    @Option(
            names = "--format",
            paramLabel = "table|csv|json|svg",
            description = "The output format: by default a table in a terminal, CSV in a pipe; svg is a chart.")
    private OutputFormats.@Nullable Series format;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public CandlesCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return local.ask(options.given(), this::candles);
    }

    private int candles(LocalApi api) {
        OutputFormats.Series form = format != null
                ? format
                : local.context().terminal() ? OutputFormats.Series.TABLE : OutputFormats.Series.CSV;
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "interval", interval);
        put(query, "from", from);
        put(query, "to", to);
        put(query, "limit", limit);
        query.put("format", form == OutputFormats.Series.JSON ? "json" : "csv");
        Answered answer = api.get(List.of("api", "v1", "candles", provider, symbol), query);
        if (!answer.ok()) {
            return local.read(answer, _ -> {});
        }
        local.print(
                switch (form) {
                    case CSV -> answer.body();
                    case JSON -> answer.body() + "\n";
                    case TABLE -> table(answer.body());
                    case SVG -> CandleChart.svg(answer.body(), title());
                });
        return ExitCode.OK;
    }

    private String title() {
        return symbol + " at " + provider + (interval == null ? "" : ", " + interval);
    }

    /** The rows of the CSV, aligned; no cell of it is quoted. */
    private static String table(String csv) {
        String[] lines = csv.split("\n", -1);
        var columns = new TextTable(Arrays.stream(lines[0].split(",", -1))
                .map(name -> name.replace('_', ' ').toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        Arrays.stream(lines)
                .skip(1)
                .filter(line -> !line.isEmpty())
                .forEach(line -> columns.add(Arrays.stream(line.split(",", -1))
                        .map(cell -> cell.isEmpty() ? "-" : cell)
                        .toList()));
        return columns.toString();
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
