package io.marketbrain.facade.udf;

import io.marketbrain.model.Interval;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names that TradingView has for intervals: minutes as a number alone, and a number with S, D, W or M. Pure. */
final class UdfResolution {
    private static final Map<Interval, String> NAMES = new EnumMap<>(Interval.class);

    static {
        for (Interval interval : Interval.values()) {
            NAMES.put(interval, name(interval));
        }
    }

    private UdfResolution() {}

    private static String name(Interval interval) {
        long seconds = interval.length().toSeconds();
        return switch (interval) {
            case S1, S5, S15 -> seconds + "S";
            case D1, D3, W1, MO1 -> interval.wire().toUpperCase(Locale.ROOT);
            default -> Long.toString(seconds / 60);
        };
    }

    static String of(Interval interval) {
        return NAMES.getOrDefault(interval, interval.wire());
    }

    /** All names of {@code intervals}, in their order. */
    static List<String> of(List<Interval> intervals) {
        return intervals.stream().map(UdfResolution::of).toList();
    }

    /** The interval of a resolution; D, W and M without a number are one of it. */
    static Optional<Interval> find(String text) {
        String name = text.length() == 1 && "SDWM".contains(text) ? "1" + text : text;
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
