package io.marketbrain.facade.mcp;

import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.model.Call;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.QueryResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code candles}: prices of the past, with a summary that covers all of them and as many rows as fit. */
final class CandlesTool implements McpTool {
    private static final int DEFAULT_LIMIT = 100;
    private static final int PERCENT_PLACES = 2;

    private final ToolMarket market;
    private final InstantSource clock;
    private final int maxCandles;

    CandlesTool(ToolMarket market, InstantSource clock, int maxCandles) {
        this.market = market;
        this.clock = clock;
        this.maxCandles = maxCandles;
    }

    @Override
    public String name() {
        return "candles";
    }

    @Override
    public String description() {
        return "Past prices: open, high, low, close, volume per interval, with a summary of the range. Gaps are named,"
                + " never filled.";
    }

    @Override
    public List<ToolArgument> arguments() {
        return List.of(
                ToolArgument.text("symbol", "such as binance:BTC/USDT").always(),
                ToolArgument.text("interval", "1d by default")
                        .oneOf(List.of("1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1M")),
                ToolArgument.text("from", "first time, ISO date or time, inclusive"),
                ToolArgument.text("to", "end, exclusive; now by default"),
                ToolArgument.number("limit", "most candles, 100 by default; without from the latest"));
    }

    @Override
    public ToolText call(ToolCall tool) throws RequestRejected {
        int most = tool.maxTokens();
        var parameters = tool.parameters();
        Listed listed = market.find(parameters.find("symbol").orElse(""));
        Interval interval = parameters.oneOf("interval", Interval.D1, Interval::find, _ -> Interval.names());
        var range = parameters.range();
        if (range.from() != null && range.from().isAfter(clock.instant())) {
            throw RequestRejected.invalid("from", range.from().toString(), "a time that is not in the future");
        }
        int limit = parameters.integer("limit", Math.min(DEFAULT_LIMIT, maxCandles), 1, maxCandles);
        Call call = market.call(tool);
        var query = new CandlesQuery(listed.provider(), listed.instrument(), interval, range.from(), range.to(), limit);
        QueryResult answer = RequestRejected.orReject(market.fetch(query, call));
        if (!(answer.data() instanceof Candles candles)) {
            throw new IllegalStateException("expected candles");
        }
        var head = new ArrayList<String>();
        head.add(answer.provenance().provider() + ":"
                + candles.listing().instrument().unified() + " " + interval
                + " in " + candles.listing().priceUnit() + "; "
                + ProvenanceText.of(answer.provenance(), candles.asOf()));
        head.add(summary(candles));
        if (!candles.candles().isEmpty()) {
            head.add("time,open,high,low,close,volume");
        }
        List<String> rows =
                candles.candles().stream().map(candle -> row(candles, candle)).toList();
        String address = address(tool, query, answer, candles);
        String more = more(query, candles);
        return ToolText.of(BoundedText.of(
                most,
                head,
                rows,
                true,
                shown -> (shown < rows.size() ? "The latest " + shown + " of " + rows.size() + " rows. " : "") + more
                        + "Full CSV: " + address));
    }

    /** What follows a range that the limit cut. */
    private static String more(CandlesQuery query, Candles candles) {
        if (query.from() == null || candles.candles().size() < query.limit()) {
            return "";
        }
        Instant next = query.interval().next(candles.candles().getLast().openTime());
        return "Cut at limit; continue with from " + ProvenanceText.time(next) + ". ";
    }

    private static String summary(Candles candles) {
        List<Candle> all = candles.candles();
        if (all.isEmpty()) {
            return "No candles in this range.";
        }
        Candle high = all.stream().max(Comparator.comparing(Candle::high)).orElseThrow();
        Candle low = all.stream().min(Comparator.comparing(Candle::low)).orElseThrow();
        Candle last = all.getLast();
        long missing = candles.gaps().stream().mapToLong(Gap::missing).sum();
        return all.size() + " candles from " + time(candles, all.getFirst()) + " to " + time(candles, last) + ": open "
                + all.getFirst().open().toPlainString() + ", close "
                + last.close().toPlainString()
                + findChange(all.getFirst().open(), last.close())
                        .map(change -> " (" + change + "%)")
                        .orElse("")
                + ", high " + high.high().toPlainString() + " on " + time(candles, high)
                + ", low " + low.low().toPlainString() + " on " + time(candles, low)
                + (missing > 0 ? "; " + missing + " missing" : "")
                + (last.complete() ? "" : "; the last one is not complete");
    }

    private static Optional<String> findChange(BigDecimal open, BigDecimal close) {
        return open.signum() <= 0
                ? Optional.empty()
                : Optional.of(close.subtract(open)
                        .movePointRight(2)
                        .divide(open, PERCENT_PLACES, RoundingMode.HALF_EVEN)
                        .toPlainString());
    }

    private static String row(Candles candles, Candle candle) {
        return time(candles, candle) + "," + candle.open().toPlainString() + ","
                + candle.high().toPlainString() + "," + candle.low().toPlainString() + ","
                + candle.close().toPlainString() + "," + plain(candle.volume());
    }

    private static String time(Candles candles, Candle candle) {
        return candles.interval().isDaily()
                ? candles.sessionDate(candle).toString()
                : ProvenanceText.time(candle.openTime());
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }

    private static String address(ToolCall tool, CandlesQuery query, QueryResult answer, Candles candles) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("interval", query.interval().wire());
        if (query.from() != null) {
            parameters.put("from", ProvenanceText.time(query.from()));
        } else if (!candles.candles().isEmpty()) {
            parameters.put(
                    "from", ProvenanceText.time(candles.candles().getFirst().openTime()));
        }
        if (query.to() != null) {
            parameters.put("to", ProvenanceText.time(query.to()));
        }
        parameters.put("format", "csv");
        return tool.address(
                "/api/v1/candles/" + answer.provenance().provider() + "/"
                        + candles.listing().instrument().unified(),
                parameters);
    }
}
