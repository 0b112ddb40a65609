package io.marketbrain.facade.binance;

import io.marketbrain.model.Interval;
import io.marketbrain.model.stream.StreamKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a stream of Binance's, such as {@code btcusdt@kline_1m}. Immutable.
 *
 * @param name as the client writes it
 * @param symbol in upper case
 * @param kind whose events it is made of
 */
record BinanceStreamName(String name, String symbol, Type type, StreamKind kind) {
    /** How many levels a book has whose changes are sent; Binance's own has all. */
    static final int DIFF_LEVELS = 100;

    private static final String KLINE = "kline_";
    private static final String DEPTH = "depth";
    private static final Set<String> LEVELS = Set.of("5", "10", "20");

    /** What the messages of a stream are. */
    enum Type {
        TRADE,
        AGGREGATED_TRADE,
        KLINE,
        MINI_TICKER,
        TICKER,
        BOOK_TICKER,
        PARTIAL_DEPTH,
        DEPTH_CHANGES
    }

    /** Reads a name; empty if it is none, or that of a stream that is not served. */
    static Optional<BinanceStreamName> find(String name) {
        int at = name.indexOf('@');
        if (at <= 0 || at > 20) {
            return Optional.empty();
        }
        String symbol = name.substring(0, at).toUpperCase(Locale.ROOT);
        String what = name.substring(at + 1);
        return switch (what) {
            case "trade" -> Optional.of(new BinanceStreamName(name, symbol, Type.TRADE, new StreamKind.Trades()));
            case "aggTrade" ->
                Optional.of(new BinanceStreamName(name, symbol, Type.AGGREGATED_TRADE, new StreamKind.Trades()));
            case "miniTicker" ->
                Optional.of(new BinanceStreamName(name, symbol, Type.MINI_TICKER, new StreamKind.Quotes()));
            case "ticker" -> Optional.of(new BinanceStreamName(name, symbol, Type.TICKER, new StreamKind.Quotes()));
            case "bookTicker" ->
                Optional.of(new BinanceStreamName(name, symbol, Type.BOOK_TICKER, new StreamKind.Quotes()));
            default -> what.startsWith(KLINE) ? kline(name, symbol, what) : depth(name, symbol, what);
        };
    }

    private static Optional<BinanceStreamName> kline(String name, String symbol, String what) {
        return KlineEndpoints.findInterval(what.substring(KLINE.length()))
                .map((Interval interval) ->
                        new BinanceStreamName(name, symbol, Type.KLINE, new StreamKind.Bars(interval)));
    }

    /** {@code depth}, {@code depth5}, {@code depth20@100ms}; the pause between two messages is the gateway's own. */
    private static Optional<BinanceStreamName> depth(String name, String symbol, String what) {
        String levels = what.replaceFirst("@(100|1000)ms$", "");
        if (!levels.startsWith(DEPTH)) {
            return Optional.empty();
        }
        String count = levels.substring(DEPTH.length());
        if (count.isEmpty()) {
            return Optional.of(
                    new BinanceStreamName(name, symbol, Type.DEPTH_CHANGES, new StreamKind.Book(DIFF_LEVELS)));
        }
        return LEVELS.contains(count)
                ? Optional.of(new BinanceStreamName(
                        name, symbol, Type.PARTIAL_DEPTH, new StreamKind.Book(Integer.parseInt(count))))
                : Optional.empty();
    }
}
