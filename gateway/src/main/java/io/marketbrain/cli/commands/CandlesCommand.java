package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.api.candles.CandleEndpoint;
import io.marketbrain.cli.candles.CandleCsvOutput;
import io.marketbrain.cli.candles.CandleJsonOutput;
import io.marketbrain.cli.candles.CandleLines;
import io.marketbrain.cli.candles.CandleOutput;
import io.marketbrain.cli.candles.CandleTableOutput;
import io.marketbrain.cli.candles.LineCopy;
import io.marketbrain.cli.candles.RangePosition;
import io.marketbrain.cli.candles.RangeProgress;
import io.marketbrain.cli.candles.ResumeNotice;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.CompletionCandidates;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats.Series;
import io.marketbrain.cli.console.TimeZoneOptions;
import io.marketbrain.cli.rows.RequestOptions;
import io.marketbrain.cli.rows.SymbolWords;
import io.marketbrain.cli.rows.SymbolWords.Named;
import io.marketbrain.model.Interval;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brain candles}: open, high, low, close and volume over time. */
@Command(
        name = "candles",
        header = "Shows candles; needs no server.",
        description = {
            "With --from and without --limit it writes the whole range, page by page as it is fetched. Without --from"
                    + " it"
                    + " shows the latest candles.",
        },
        footer = {
            "",
            "Examples:",
            "  brain candles binance BTCUSDT",
            "  brain candles AAPL --interval 1d",
            "  brain candles binance BTCUSDT --interval 1m --from 2024-01 --to 2024-02 --format csv > january.csv",
            "  brain candles binance BTCUSDT --interval 1d --from -30d --tz Europe/Berlin",
            "  brain candles binance BTCUSDT --interval 1h --limit 240 --format svg > chart.svg",
            "  brain candles binance ETH/USDT --interval 5m --limit 12 --format json | jq .data.candles",
        })
public final class CandlesCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(
            arity = "1..2",
            paramLabel = SymbolWords.LABEL,
            description = SymbolWords.DESCRIPTION,
            completionCandidates = CompletionCandidates.Providers.class)
    private List<String> words = List.of();

    @Option(
            names = "--interval",
            paramLabel = "INTERVAL",
            description = "The length of a candle: 1m, 1h, 1d, 1M, ... (1h)",
            completionCandidates = CompletionCandidates.Intervals.class)
    private @Nullable String interval;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The time of the first candle: 2024-01-31, 2024-01-31T10:00, 2024-01, -30d, -12h, yesterday.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The time before which the last candle begins. (now)")
    private @Nullable String to;

    @Option(names = "--limit", paramLabel = "COUNT", description = "The maximum number of candles.")
    private @Nullable String limit;

    @Option(
            names = "--adjustment",
            paramLabel = "raw|splits|all",
            description = "What the prices of securities are adjusted for: nothing, splits, or splits and dividends.",
            completionCandidates = CompletionCandidates.Adjustments.class)
    private @Nullable String adjustment;

    @Option(
            names = "--format",
            paramLabel = "table|csv|json|ndjson|svg",
            description = "The output format: by default a table in a terminal, CSV in a pipe; svg is a chart.")
    private @Nullable Series format;

    @Option(names = "--no-header", description = "Leave out the header of a CSV, to append to a file.")
    private boolean noHeader;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Mixin
    private RequestOptions request = new RequestOptions();

    @Mixin
    private TimeZoneOptions zone = new TimeZoneOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private @Nullable CommandSpec command;

    public CandlesCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        CommandContext context = local.context();
        Instant now = context.clock().instant();
        Optional<String> start = zone.instant("--from", from, now);
        Optional<String> end = zone.instant("--to", to, now);
        zone.zone();
        return local.ask(options.given(), api -> {
            Named of = SymbolWords.readOne(path -> api.get(path, Map.of()), command, words);
            return candles(api, of, start, end, now);
        });
    }

    private int candles(LocalApi api, Named of, Optional<String> start, Optional<String> end, Instant now) {
        Series form = format != null ? format : local.context().terminal() ? Series.TABLE : Series.CSV;
        Optional<Interval> length =
                interval == null ? Optional.of(CandleEndpoint.DEFAULT_INTERVAL) : Interval.find(interval);
        Instant last = end.map(Instant::parse).filter(now::isAfter).orElse(now);
        boolean whole = start.isPresent() && limit == null;
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "interval", interval);
        put(query, "from", start.orElse(null));
        put(query, "to", end.orElse(null));
        put(query, "limit", limit);
        put(query, "adjustment", adjustment);
        request.addTo(query);
        List<String> path = List.of("api", "v1", "candles", of.provider(), of.symbol());
        if (form == Series.JSON && !(whole && isLong(length, Instant.parse(start.get()), last))) {
            query.put("format", "json");
            Answered answered = api.get(path, query);
            return local.read(answered, json -> {
                local.print(answered.body() + "\n");
                if (answered.more()) {
                    var candles = json.at("data").at("candles").items();
                    var lastOpen =
                            Instant.parse(candles.getLast().at("open_time").text());
                    saySo(new RangePosition(candles.size(), lastOpen), length.orElseThrow());
                }
            });
        }
        query.put("format", form == Series.JSON || form == Series.NDJSON ? "ndjson" : "csv");
        Optional<RangeProgress> progress = whole && !quiet && local.context().showsProgress()
                ? Optional.of(new RangeProgress(
                        local.context().err(), local.context().clock(), Instant.parse(start.get()), last))
                : Optional.empty();
        return write(api, path, query, output(form, of), progress, length.orElse(CandleEndpoint.DEFAULT_INTERVAL));
    }

    /** Whether a range does not fit into one page of JSON. */
    private static boolean isLong(Optional<Interval> interval, Instant from, Instant to) {
        return interval.isPresent()
                && from.isBefore(to)
                && Duration.between(from, to).dividedBy(interval.get().length()) >= CandleEndpoint.DEFAULT_LIMIT;
    }

    private CandleOutput output(Series form, Named of) {
        PrintStream out = local.context().out();
        return switch (form) {
            case CSV -> new CandleCsvOutput(out, zone::shown, !noHeader);
            case NDJSON -> new LineCopy(out);
            case JSON -> new CandleJsonOutput(out);
            case TABLE -> new CandleTableOutput(out, zone::shown);
            case SVG ->
                new ChartOutput(out, of.symbol() + " at " + of.provider() + (interval == null ? "" : ", " + interval));
        };
    }

    private int write(
            LocalApi api,
            List<String> path,
            Map<String, String> query,
            CandleOutput output,
            Optional<RangeProgress> progress,
            Interval length) {
        PrintStream err = local.context().err();
        Consumer<RangePosition> shown =
                progress.<Consumer<RangePosition>>map(it -> it::show).orElse(_ -> {});
        var lines = new CandleLines(output, local.context().out(), shown);
        Answered answered;
        try (var _ = new ResumeNotice(lines, length, err)) {
            answered = api.get(path, query, lines);
            if (answered.ok()) {
                output.end();
            }
        } catch (ChartOutput.TooManyCandles e) {
            err.println("brain: " + e.getMessage());
            return ExitCode.USAGE;
        } catch (IOException unwritable) {
            return ExitCode.FAILURE; // the context says why, and changes the code
        } finally {
            progress.ifPresent(RangeProgress::clear);
        }
        if (answered.more()) {
            saySo(lines.position(), length);
        }
        int code = local.read(answered);
        if (code != ExitCode.OK && lines.position().rows() > 0) {
            err.println("brain: incomplete after " + lines.position().rows() + " candles; "
                    + lines.position().resumption(length));
        }
        return code;
    }

    /** Says that a limit has cut the range. */
    private void saySo(RangePosition position, Interval length) {
        local.context()
                .err()
                .println("brain: stopped after " + position.rows() + " candles" + (limit == null ? "" : " (--limit)")
                        + "; there are more; " + position.resumption(length));
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
