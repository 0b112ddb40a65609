package io.marketbrain.wiring;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.ShadowReport;
import io.marketbrain.pipeline.shadow.ShadowConfig;
import io.marketbrain.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** When quotes are shadowed, and the metrics of it. Pure. */
public final class ShadowWiring {
    private ShadowWiring() {}

    /** Whether there are two live providers to compare; without shadowing, what callers request of both is remembered. */
    public static boolean isUsed(ShadowConfig config, List<ProviderMode> providers) {
        return config.isOn()
                || providers.stream()
                                .filter(provider -> provider.mode() == Mode.LIVE)
                                .count()
                        > 1;
    }

    static List<Metric> metrics(List<ShadowReport> pairs) {
        List<Metric.Sample> deviations = new ArrayList<>();
        List<Metric.Sample> results = new ArrayList<>();
        List<Metric.Sample> latencies = new ArrayList<>();
        for (ShadowReport pair : pairs) {
            var names = Map.of(
                    "provider", pair.primary().value(), "other", pair.other().value());
            deviations.add(new Metric.Distribution(names, ShadowReport.BOUNDS, pair.deviations(), pair.deviationSum()));
            results.add(result(names, "ok", pair.compared()));
            pair.failures().forEach((code, count) -> results.add(result(names, code, count)));
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
