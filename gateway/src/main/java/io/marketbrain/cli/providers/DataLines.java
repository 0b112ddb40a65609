package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Market data in a few lines: how many records there are, the first and the last, with everything that was read into them. */
final class DataLines {
    private DataLines() {}

    /** Prints the request, then the data or why there is none. Returns the exit code. */
    static int print(ResponseCheck.Reading reading, PrintStream out) {
        reading.requests().forEach(request -> out.println("request: " + request));
        reading.data().ifPresent(data -> of(data).forEach(out::println));
        reading.failure().ifPresent(failure -> out.println("failed: " + failure.message()));
        return reading.data().isPresent() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static List<String> of(MarketData data) {
        return switch (data) {
            case Quote quote -> lines(quote);
            case Candles candles -> lines(candles);
            case Trades trades -> ofRecords("trades", trades.trades(), DataLines::line);
            case Series series -> lines(series);
            case OrderBook book -> lines(book);
            case NewsItems news -> ofRecords("items", news.items(), DataLines::line);
            case Symbols symbols -> ofRecords("symbols", symbols.symbols(), DataLines::line);
        };
    }

    /** The number of records, or the price of a quote. */
    static String summary(MarketData data) {
        return switch (data) {
            case Quote quote -> "price " + quote.price().toPlainString();
            case Candles candles -> candles.candles().size() + " candles";
            case Trades trades -> trades.trades().size() + " trades";
            case Series series -> series.observations().size() + " observations";
            case OrderBook book -> book.bids().size() + " bids, " + book.asks().size() + " asks";
            case NewsItems news -> news.items().size() + " items";
            case Symbols symbols -> symbols.symbols().size() + " symbols";
        };
    }

    /** Whether the data has no records. */
    static boolean isEmpty(MarketData data) {
        return switch (data) {
            case Quote _ -> false;
            case Candles candles -> candles.candles().isEmpty();
            case Trades trades -> trades.trades().isEmpty();
            case Series series -> series.observations().isEmpty();
            case OrderBook book -> book.bids().isEmpty() && book.asks().isEmpty();
            case NewsItems news -> news.items().isEmpty();
            case Symbols symbols -> symbols.symbols().isEmpty();
        };
    }

    private static List<String> lines(Quote quote) {
        List<String> lines = new ArrayList<>();
        add(lines, "price", quote.price());
        add(lines, "bid", quote.bid());
        add(lines, "bid_size", quote.bidSize());
        add(lines, "ask", quote.ask());
        add(lines, "ask_size", quote.askSize());
        add(lines, "open", quote.open());
        add(lines, "high", quote.high());
        add(lines, "low", quote.low());
        add(lines, "volume", quote.volume());
        add(lines, "quote_volume", quote.quoteVolume());
        add(lines, "time", quote.asOf());
        return lines;
    }

    private static List<String> lines(Candles candles) {
        List<String> lines = new ArrayList<>(ofRecords("candles", candles.candles(), DataLines::line));
        SampleIntervals.between(candles.candles())
                .filter(apart -> apart != candles.interval())
                .ifPresent(apart -> lines.add("warning: the candles are " + apart.wire() + " apart, not "
                        + candles.interval().wire()));
        if (candles.candles().stream().anyMatch(candle -> !isWhole(candle.openTime()))) {
            lines.add("warning: 'time' is not when the candles begin, which is at whole seconds");
        }
        return lines;
    }

    private static List<String> lines(Series series) {
        List<String> lines = new ArrayList<>(ofRecords("observations", series.observations(), DataLines::line));
        add(lines, "title", series.title());
        add(lines, "unit", series.unit());
        add(lines, "unit_multiplier", series.details().unitMultiplier());
        add(lines, "frequency", series.details().frequency());
        add(lines, "seasonal_adjustment", series.details().seasonalAdjustment());
        return lines;
    }

    private static boolean isWhole(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).equals(time);
    }

    private static List<String> lines(OrderBook book) {
        List<String> lines = new ArrayList<>(ofRecords("bids", book.bids(), DataLines::line));
        lines.addAll(ofRecords("asks", book.asks(), DataLines::line));
        add(lines, "sequence", book.sequence());
        add(lines, "time", book.asOf());
        if (!book.bids().isEmpty()
                && !book.asks().isEmpty()
                && book.bids()
                                .getFirst()
                                .price()
                                .compareTo(book.asks().getFirst().price())
                        >= 0) {
            lines.add("warning: the best bid is not below the best ask");
        }
        return lines;
    }

    private static void add(List<String> lines, String name, @Nullable Object value) {
        if (value != null) {
            lines.add(name + ": " + text(value));
        }
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String named(String name, @Nullable Object value) {
        return value == null ? "" : " " + name + " " + text(value);
    }

    private static <T> List<String> ofRecords(String what, List<T> records, Function<T, String> line) {
        return records.isEmpty()
                ? List.of(what + ": 0")
                : List.of(
                        what + ": " + records.size(),
                        "first: " + line.apply(records.getFirst()),
                        "last: " + line.apply(records.getLast()));
    }

    private static String line(Candle candle) {
        return candle.openTime()
                + named("open", candle.open())
                + named("high", candle.high())
                + named("low", candle.low())
                + named("close", candle.close())
                + named("volume", candle.volume())
                + named("quote_volume", candle.quoteVolume());
    }

    private static String line(Level level) {
        return level.price() + " " + level.size();
    }

    private static String line(NewsItem item) {
        return item.published() + " " + item.title();
    }

    private static String line(ListedSymbol symbol) {
        return symbol.providerSymbol() + " is " + symbol.instrument().unified();
    }

    private static String line(Trade trade) {
        return trade.time()
                + named("price", trade.price())
                + named("size", trade.size())
                + named(
                        "side",
                        trade.side() == null ? null : trade.side().name().toLowerCase(Locale.ROOT))
                + named("id", trade.id());
    }

    private static String line(Observation observation) {
        return observation.time() + " " + observation.value()
                + (observation.ratio() == null ? "" : " " + observation.ratio().text());
    }
}
