package io.marketbrain.facade.binance;

import io.marketbrain.model.Interval;
import io.marketbrain.model.stream.StreamKind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    /** The streams of all symbols, by name, and the stream of one symbol that each is made of. */
    private static final Map<String, String> OF_ALL =
            Map.of("!ticker@arr", "ticker", "!miniTicker@arr", "miniTicker", "!bookTicker", "bookTicker");

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

    /** The streams of single symbols that a stream {@link #isOfAll of all symbols} is made of. */
    static List<BinanceStreamName> ofAll(String name, Collection<String> symbols) {
        String what = Objects.requireNonNull(OF_ALL.get(name));
        return symbols.stream()
                .flatMap(symbol -> find(symbol.toLowerCase(Locale.ROOT) + "@" + what).stream())
                .map(one -> new BinanceStreamName(name, one.symbol(), one.type(), one.kind()))
                .toList();
    }

    /** Whether there is a stream of this name. */
    static boolean isServed(String name) {
        return isOfAll(name) || find(name).isPresent();
    }

    /** Whether a stream is one of all symbols. */
    static boolean isOfAll(String name) {
        return OF_ALL.containsKey(name);
    }

    /** Whether a message is a list of what has changed. */
    boolean isList() {
        return name.endsWith("@arr");
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
