package io.marketbrain.model.price;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether past prices of a security are those that were traded, or are recalculated for what has happened to it since. New
 * kinds are added at the end: cached responses carry the position.
 */
public enum Adjustment {
    /** The prices as they were traded. */
    RAW,
    /** Recalculated for splits. */
    SPLITS,
    /** Recalculated for splits and dividends. */
    ALL;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and configuration: lower case. */
    public String wire() {
        return wire;
    }

    public static Optional<Adjustment> find(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire.equals(wire)).findFirst();
    }

    /** Every name, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Adjustment::wire).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return wire;
    }
}
