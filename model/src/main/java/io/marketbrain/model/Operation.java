package io.marketbrain.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** The operation with a name, such as {@code quote}, in any case. */
    public static Optional<Operation> find(String name) {
        return Arrays.stream(values())
                .filter(operation -> operation.wire.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The names of the operations that callers can request, for messages. */
    public static String names() {
        return REQUESTABLE.stream().map(Operation::wire).collect(Collectors.joining(", "));
    }

    /** The name in JSON, descriptors and paths: lower case. */
    public String wire() {
        return wire;
    }
}
