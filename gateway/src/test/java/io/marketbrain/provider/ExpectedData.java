package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares parsed data with what a recording's meta file expects, and with the digits of its body. */
final class ExpectedData {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final MathContext CALCULATED = new MathContext(12);
    private static final Pattern LEVEL =
            Pattern.compile("orderbook\\.(asks|bids)\\[(\\d+)]\\.(price|quantity_base), ([0-9.]+)");
    private static final Pattern LENGTH = Pattern.compile("orderbook\\.(asks|bids)\\.len\\(\\), (\\d+)");

    private ExpectedData() {}

    static void assertMatches(MarketData data, JsonValue expected) throws MalformedPayload {
        if (expected.find("rust_asserts").isPresent()) {
            assertBookLines((OrderBook) data, expected.at("rust_asserts"));
            return;
        }
        switch (data) {
            case Quote quote -> assertQuote(quote, expected);
            case Candles candles -> assertCandles(candles, expected);
            case OrderBook book -> assertBook(book, expected);
            case Trades trades -> assertTrades(trades, expected);
            default -> throw new IllegalStateException("nothing is expected of " + data);
        }
    }

    /** The data with base and quote volumes in each other's place. */
    static MarketData withVolumesSwapped(MarketData data) {
        return switch (data) {
            case Quote q ->
                new Quote(
                        q.listing(),
                        q.price(),
                        q.bid(),
                        q.bidSize(),
                        q.ask(),
                        q.askSize(),
                        q.open(),
                        q.high(),
                        q.low(),
                        q.quoteVolume(),
                        q.volume(),
                        q.asOf(),
                        q.details());
            case Candles candles ->
                candles.with(
                        candles.candles().stream()
                                .map(c -> new Candle(
                                        c.openTime(),
                                        c.open(),
                                        c.high(),
                                        c.low(),
                                        c.close(),
                                        c.quoteVolume(),
                                        c.volume(),
                                        c.trades(),
                                        c.complete()))
                                .toList(),
                        candles.gaps());
            default -> data;
        };
    }

    /** The last candles, as many as are expected. */
    static MarketData latest(MarketData data, JsonValue expected) throws MalformedPayload {
        var candles = (Candles) data;
        List<Candle> sorted = candles.candles().stream()
                .sorted(Comparator.comparing(Candle::openTime))
                .toList();
        long cut = sorted.size() - expected.at("length").integer();
        assertThat(cut).isPositive();
        return candles.with(sorted.stream().skip(cut).toList(), candles.gaps());
    }

    private static void assertQuote(Quote quote, JsonValue expected) throws MalformedPayload {
        assertSame("last", quote.price(), expected.find("last").orElseThrow());
        assertIfBoth("bid", quote.bid(), expected);
        assertIfBoth("bidVolume", quote.bidSize(), expected);
        assertIfBoth("ask", quote.ask(), expected);
        assertIfBoth("askVolume", quote.askSize(), expected);
        assertIfBoth("open", quote.open(), expected);
        assertIfBoth("high", quote.high(), expected);
        assertIfBoth("low", quote.low(), expected);
        assertIfBoth("baseVolume", quote.volume(), expected);
        assertIfOurs("quoteVolume", quote.quoteVolume(), expected);
        if (expected.find("timestamp").isPresent()) {
            assertThat(quote.asOf().toEpochMilli())
                    .isEqualTo(expected.at("timestamp").integer());
        }
    }

    /** What is expected must be there, unless the provider's own words for it were left out on purpose. */
    private static void assertIfBoth(String name, BigDecimal value, JsonValue expected) throws MalformedPayload {
        if (expected.find(name).isPresent()) {
            assertSame(name, value, expected.at(name));
        }
    }

    /** What is expected may be calculated there, from floats. */
    private static void assertIfOurs(String name, @Nullable BigDecimal value, JsonValue expected)
            throws MalformedPayload {
        if (value != null && expected.find(name).isPresent()) {
            assertThat(value.round(CALCULATED))
                    .as(name)
                    .isEqualByComparingTo(expected.at(name).decimal().round(CALCULATED));
        }
    }

    private static void assertSame(String what, BigDecimal value, JsonValue expected) throws MalformedPayload {
        assertThat(value).as(what).isNotNull().isEqualByComparingTo(expected.decimal());
    }

    private static void assertCandles(Candles candles, JsonValue expected) throws MalformedPayload {
        List<Candle> sorted = candles.candles().stream()
                .sorted(Comparator.comparing(Candle::openTime))
                .toList();
        for (Pair<Candle> pair : pairs(sorted, expected)) {
            JsonValue row = pair.expected;
            Candle candle = pair.actual;
            assertThat(candle.openTime()).isEqualTo(row.at(0).epochMillis());
            assertSame("open", candle.open(), row.at(1));
            assertSame("high", candle.high(), row.at(2));
            assertSame("low", candle.low(), row.at(3));
            assertSame("close", candle.close(), row.at(4));
            assertSame("volume", candle.volume(), row.at(5));
        }
    }

    private static void assertTrades(Trades trades, JsonValue expected) throws MalformedPayload {
        for (Pair<Trade> pair : pairs(trades.trades(), expected)) {
            JsonValue row = pair.expected;
            Trade trade =
                    row.find("id").isPresent() ? withId(trades, row.at("id").text()) : pair.actual;
            assertThat(trade.time().toEpochMilli())
                    .isEqualTo(row.at("timestamp").integer());
            assertSame("price", trade.price(), row.at("price"));
            assertSame("amount", trade.size(), row.at("amount"));
            if (row.find("side").isPresent()) {
                assertThat(trade.side()).isEqualTo(row.at("side").text().equals("buy") ? Side.BUY : Side.SELL);
            }
        }
    }

    /** Trades of one millisecond may have another order there. */
    private static Trade withId(Trades trades, String id) {
        List<Trade> found =
                trades.trades().stream().filter(trade -> trade.id().equals(id)).toList();
        assertThat(found).as(id).hasSize(1);
        return found.getFirst();
    }

    private record Pair<T>(T actual, JsonValue expected) {}

    /** The expected rows beside ours: all of them, or the first and last of a long list. */
    private static <T> List<Pair<T>> pairs(List<T> actual, JsonValue expected) throws MalformedPayload {
        List<Pair<T>> pairs = new ArrayList<>();
        if (expected.isArray()) {
            assertThat(actual).hasSize(expected.items().size());
            for (int i = 0; i < actual.size(); i++) {
                pairs.add(new Pair<>(actual.get(i), expected.at(i)));
            }
            return pairs;
        }
        assertThat(actual).hasSize((int) expected.at("length").integer());
        List<JsonValue> first = expected.at("first").items();
        List<JsonValue> last = expected.at("last").items();
        for (int i = 0; i < first.size(); i++) {
            pairs.add(new Pair<>(actual.get(i), first.get(i)));
        }
        for (int i = 0; i < last.size(); i++) {
            pairs.add(new Pair<>(actual.get(actual.size() - last.size() + i), last.get(i)));
        }
        return pairs;
    }

    private static void assertBook(OrderBook book, JsonValue expected) throws MalformedPayload {
        assertLevels(book.bids(), expected.at("bids"));
        assertLevels(book.asks(), expected.at("asks"));
        if (expected.find("nonce").isPresent()) {
            assertThat(book.sequence()).isEqualTo(expected.at("nonce").integer());
        }
        if (expected.find("timestamp").isPresent()) {
            assertThat(book.asOf().toEpochMilli())
                    .isEqualTo(expected.at("timestamp").integer());
        }
        if (expected.find("levels").isPresent()) {
            assertThat(book.bids())
                    .hasSize((int) expected.at("levels").at("bids").integer());
            assertThat(book.asks())
                    .hasSize((int) expected.at("levels").at("asks").integer());
        }
    }

    private static void assertLevels(List<Level> levels, JsonValue expected) throws MalformedPayload {
        for (int i = 0; i < expected.items().size(); i++) {
            assertSame("price", levels.get(i).price(), expected.at(i).at(0));
            assertSame("size", levels.get(i).size(), expected.at(i).at(1));
        }
    }

    private static void assertBookLines(OrderBook book, JsonValue lines) throws MalformedPayload {
        int checked = 0;
        for (JsonValue item : lines.items()) {
            Matcher level = LEVEL.matcher(item.text());
            if (level.find()) {
                Level actual = side(book, level.group(1)).get(Integer.parseInt(level.group(2)));
                assertThat(level.group(3).equals("price") ? actual.price() : actual.size())
                        .isEqualByComparingTo(level.group(4));
                checked++;
            }
            Matcher length = LENGTH.matcher(item.text());
            if (length.find()) {
                assertThat(side(book, length.group(1))).hasSize(Integer.parseInt(length.group(2)));
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(speaksOfLevels(lines) ? 6 : 0);
    }

    private static boolean speaksOfLevels(JsonValue lines) throws MalformedPayload {
        for (JsonValue item : lines.items()) {
            if (item.text().startsWith("orderbook.")) {
                return true;
            }
        }
        return false;
    }

    private static List<Level> side(OrderBook book, String name) {
        return name.equals("asks") ? book.asks() : book.bids();
    }

    /** Every decimal of the data stands in the body with exactly these digits, trailing zeros included. */
    static void assertDigitsAreThoseOf(Recording recording, MarketData data) {
        Set<BigDecimal> sent = new HashSet<>();
        Matcher numbers = NUMBER.matcher(recording.bodyText());
        while (numbers.find()) {
            sent.add(new BigDecimal(numbers.group()));
        }
        if (data instanceof NewsItems) {
            return;
        }
        List<BigDecimal> ours = decimals(data);
        assertThat(ours).isNotEmpty();
        assertThat(sent).containsAll(ours);
    }

    static List<BigDecimal> decimals(MarketData data) {
        List<BigDecimal> all = new ArrayList<>();
        switch (data) {
            case Quote q -> {
                all.add(q.price());
                all.add(q.bid());
                all.add(q.bidSize());
                all.add(q.ask());
                all.add(q.askSize());
                all.add(q.open());
                all.add(q.high());
                all.add(q.low());
                all.add(q.volume());
                all.add(q.quoteVolume());
            }
            case Candles candles ->
                candles.candles().forEach(c -> {
                    all.add(c.open());
                    all.add(c.high());
                    all.add(c.low());
                    all.add(c.close());
                    all.add(c.volume());
                    all.add(c.quoteVolume());
                });
            case OrderBook book -> {
                book.bids().forEach(level -> {
                    all.add(level.price());
                    all.add(level.size());
                });
                book.asks().forEach(level -> {
                    all.add(level.price());
                    all.add(level.size());
                });
            }
            case Trades trades ->
                trades.trades().forEach(trade -> {
                    all.add(trade.price());
                    all.add(trade.size());
                });
            case Series series -> series.observations().forEach(one -> all.add(one.value()));
            default -> throw new IllegalStateException("no decimals known in " + data);
        }
        all.removeIf(value -> value == null);
        return all;
    }

    /** The prices of market data, without sizes and volumes. */
    static List<BigDecimal> prices(MarketData data) {
        List<BigDecimal> all = new ArrayList<>();
        switch (data) {
            case Quote q -> all.addAll(Arrays.asList(q.price(), q.bid(), q.ask(), q.open(), q.high(), q.low()));
            case Candles candles ->
                candles.candles().forEach(c -> all.addAll(List.of(c.open(), c.high(), c.low(), c.close())));
            case OrderBook book -> {
                book.bids().forEach(level -> all.add(level.price()));
                book.asks().forEach(level -> all.add(level.price()));
            }
            case Trades trades -> trades.trades().forEach(trade -> all.add(trade.price()));
            default -> throw new IllegalStateException("no prices known in " + data);
        }
        all.removeIf(Objects::isNull);
        return all;
    }
}
