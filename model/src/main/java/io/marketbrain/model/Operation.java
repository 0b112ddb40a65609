package io.marketbrain.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of query that a provider can support. */
public enum Operation {
    QUOTE,
    CANDLES,
    BOOK,
    TRADES,
    SERIES,
    NEWS,
    /** Which instruments the provider lists: the gateway asks for it itself, to resolve symbols. */
    SYMBOLS;

    private static final List<Operation> REQUESTABLE =
            Arrays.stream(values()).filter(operation -> operation != SYMBOLS).toList();

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The operations that callers of the API can request, in the order of declaration. */
    public static List<Operation> requestable() {
        return REQUESTABLE;
    }

    /** The name in JSON, descriptors and paths: lower case. */
    public String wire() {
        return wire;
    }
}
