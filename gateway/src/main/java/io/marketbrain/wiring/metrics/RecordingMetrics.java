package io.marketbrain.wiring.metrics;

import io.marketbrain.telemetry.Metric;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The metrics of the recorder. Pure. */
public final class RecordingMetrics {
    private RecordingMetrics() {}

    public static List<Metric> of(Map<String, Long> counters) {
        return List.of(new Metric(
                "marketbrain_recorded_exchanges_total",
                Metric.Kind.COUNTER,
                "Exchanges with providers, by what the recorder did with them.",
                Stream.of("recorded", "dropped", "failed")
                        .<Metric.Sample>map(
                                result -> new Metric.Value(Map.of("result", result), counters.getOrDefault(result, 0L)))
                        .toList()));
    }
}
