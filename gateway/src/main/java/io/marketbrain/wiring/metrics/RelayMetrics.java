package io.marketbrain.wiring.metrics;

import io.marketbrain.telemetry.Metric;
import java.util.List;
import java.util.Map;

/** The metrics of feeds that gateways share. Pure. */
public final class RelayMetrics {
    private static final List<String> ROLES = List.of("holder", "follower", "alone");
    private static final List<String> EVENTS = List.of("published", "relayed", "lost", "dropped", "fenced", "invalid");

    private RelayMetrics() {}

    /**
     * The metrics of all shared feeds together.
     *
     * @param counters their sums
     */
    public static List<Metric> of(Map<String, Long> counters) {
        return List.of(
                new Metric(
                        "marketbrain_relay_feeds",
                        Metric.Kind.GAUGE,
                        "Feeds that gateways share, by the role of this gateway.",
                        samples("role", ROLES, counters)),
                new Metric(
                        "marketbrain_relay_events_total",
                        Metric.Kind.COUNTER,
                        "Events between gateways: published and relayed ones, and those that were lost, dropped, of a"
                                + " former holder or invalid.",
                        samples("result", EVENTS, counters)),
                new Metric(
                        "marketbrain_relay_takeovers_total",
                        Metric.Kind.COUNTER,
                        "How often this gateway became the holder of a feed.",
                        List.of(new Metric.Value(Map.of(), counters.getOrDefault("takeovers", 0L)))));
    }

    private static List<Metric.Sample> samples(String label, List<String> names, Map<String, Long> counters) {
        return names.stream()
                .<Metric.Sample>map(name -> new Metric.Value(Map.of(label, name), counters.getOrDefault(name, 0L)))
                .toList();
    }
}
