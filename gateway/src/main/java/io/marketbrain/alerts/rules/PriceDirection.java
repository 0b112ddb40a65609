package io.marketbrain.alerts.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which changes of a price an alert is about. */
public enum PriceDirection {
    UP,
    DOWN,
    EITHER;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PriceDirection> find(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }

    public boolean includes(PriceDirection change) {
        return this == EITHER || this == change;
    }
}
