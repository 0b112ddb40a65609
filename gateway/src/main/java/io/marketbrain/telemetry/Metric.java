package io.marketbrain.telemetry;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One metric that the gateway publishes, with its samples, as read at one moment. Immutable.
 *
 * @param name by Prometheus's conventions: snake_case, the unit at the end, {@code _total} for counters
 * @param help one sentence for the user
 */
public record Metric(String name, Kind kind, String help, List<Sample> samples) {
    public Metric {
        samples = List.copyOf(samples);
    }

    /** The type of a metric. */
    public enum Kind {
        /** Only increases. */
        COUNTER,
        GAUGE,
        HISTOGRAM;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One value, distinguished from the metric's other samples by its labels. */
    public sealed interface Sample {
        Map<String, String> labels();
    }

    public record Value(Map<String, String> labels, double value) implements Sample {}

    /**
     * Observations counted by size.
     *
     * @param bounds the inclusive upper bounds of the buckets, ascending; the last bucket, without a bound, is implied
     * @param counts how many observations fell into each bucket, not cumulative; one more than there are bounds
     */
    public record Distribution(Map<String, String> labels, List<Double> bounds, List<Long> counts, double sum)
            implements Sample {
        public Distribution {
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
            if (counts.size() != bounds.size() + 1) {
                throw new IllegalArgumentException(
                        "there must be one count per bound and one for the last bucket, but there are " + counts.size()
                                + " counts and " + bounds.size() + " bounds");
            }
        }

        public long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    public static Metric gauge(String name, String help, double value) {
        return new Metric(name, Kind.GAUGE, help, List.of(new Value(Map.of(), value)));
    }

    public static Metric counter(String name, String help, double value) {
        return new Metric(name, Kind.COUNTER, help, List.of(new Value(Map.of(), value)));
    }
}
