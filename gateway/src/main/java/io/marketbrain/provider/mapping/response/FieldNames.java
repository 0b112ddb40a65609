package io.marketbrain.provider.mapping.response;

import io.marketbrain.model.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The fields that rows of an operation can have, by the names that the gateway uses. */
public record FieldNames(List<String> required, List<String> optional) {
    private static final Set<String> TIMES = Set.of("time", "pre_time", "post_time", "next_funding");

    private static final List<String> OF_QUOTES = List.of(
            "bid",
            "bid_size",
            "ask",
            "ask_size",
            "open",
            "high",
            "low",
            "volume",
            "quote_volume",
            "currency",
            "delay",
            "pre_price",
            "pre_time",
            "post_price",
            "post_time",
            "mark",
            "index",
            "funding_rate",
            "next_funding",
            "open_interest",
            "time",
            "version");

    private static final List<String> OF_SYMBOLS = List.of(
            "symbol", "base", "quote", "type", "settle", "mic", "contract_size", "isin", "tick", "lot", "delisted");

    private static final List<String> OF_DESCRIPTIONS =
            List.of("title", "unit", "unit_multiplier", "frequency", "seasonal_adjustment");

    /** Those of a response that says what a series is, without its values. */
    public static final FieldNames DESCRIPTION = new FieldNames(List.of(), OF_DESCRIPTIONS);

    /** Those of an operation. */
    public static FieldNames of(Operation operation) {
        return switch (operation) {
            case QUOTE -> new FieldNames(List.of("price"), OF_QUOTES);
            case CANDLES ->
                new FieldNames(
                        List.of("time", "open", "high", "low", "close"),
                        List.of("volume", "quote_volume", "trades", "currency", "dividend", "split"));
            case BOOK -> new FieldNames(List.of("price", "size"), List.of("side", "sequence", "time"));
            case TRADES -> new FieldNames(List.of("time", "price", "size"), List.of("id", "side"));
            case SERIES ->
                new FieldNames(
                        List.of("time", "value"),
                        Stream.concat(Stream.of("version", "old_shares", "currency"), OF_DESCRIPTIONS.stream())
                                .toList());
            case NEWS -> new FieldNames(List.of("time", "title"), List.of("id", "url", "summary"));
            case SYMBOLS -> new FieldNames(List.of(), OF_SYMBOLS);
        };
    }

    public boolean has(String name) {
        return required.contains(name) || optional.contains(name);
    }

    /** All names, the required ones first. */
    Stream<String> all() {
        return Stream.concat(required.stream(), optional.stream());
    }

    /** Whether a field of this name is a time. */
    static boolean isTime(String name) {
        return TIMES.contains(name);
    }
}
