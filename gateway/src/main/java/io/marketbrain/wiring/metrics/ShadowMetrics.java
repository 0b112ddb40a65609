package io.marketbrain.wiring.metrics;

import io.marketbrain.pipeline.ShadowReport;
import io.marketbrain.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The metrics of shadowing. Pure. */
public final class ShadowMetrics {
    private ShadowMetrics() {}

    public static List<Metric> of(List<ShadowReport> pairs) {
        List<Metric.Sample> deviations = new ArrayList<>();
        List<Metric.Sample> results = new ArrayList<>();
        List<Metric.Sample> failures = new ArrayList<>();
        List<Metric.Sample> latencies = new ArrayList<>();
        for (ShadowReport pair : pairs) {
            var names = Map.of(
                    "provider", pair.primary().value(), "other", pair.other().value());
            deviations.add(new Metric.Distribution(names, ShadowReport.BOUNDS, pair.deviations(), pair.deviationSum()));
            results.add(result(names, "ok", pair.compared()));
            pair.failures().forEach((code, count) -> results.add(result(names, code, count)));
            pair.primaryFailures().forEach((code, count) -> failures.add(result(names, code, count)));
            latencies.add(
                    latency(names, pair.primary().value(), pair.primaryLatency().toNanos()));
            latencies.add(
                    latency(names, pair.other().value(), pair.otherLatency().toNanos()));
        }
        return pairs.isEmpty()
                ? List.of()
                : List.of(
                        new Metric(
                                "marketbrain_shadow_deviation_basis_points",
                                Metric.Kind.HISTOGRAM,
                                "How far the price of the other provider was from the one that was served.",
                                deviations),
                        new Metric(
                                "marketbrain_shadow_requests_total",
                                Metric.Kind.COUNTER,
                                "Quotes that another provider was asked for in the background, by result.",
                                results),
                        new Metric(
                                "marketbrain_shadow_provider_failures_total",
                                Metric.Kind.COUNTER,
                                "Sampled quotes that the first provider of a pair failed to answer, by result.",
                                failures),
                        new Metric(
                                "marketbrain_shadow_latency_seconds",
                                Metric.Kind.GAUGE,
                                "The mean time that each provider of a pair took, where both answered.",
                                latencies));
    }

    private static Metric.Value result(Map<String, String> names, String result, long count) {
        return new Metric.Value(
                Map.of(
                        "provider",
                        names.getOrDefault("provider", ""),
                        "other",
                        names.getOrDefault("other", ""),
                        "result",
                        result),
                count);
    }

    private static Metric.Value latency(Map<String, String> names, String of, long nanos) {
        return new Metric.Value(
                Map.of(
                        "provider",
                        names.getOrDefault("provider", ""),
                        "other",
                        names.getOrDefault("other", ""),
                        "of",
                        of),
                nanos / 1e9);
    }
}
