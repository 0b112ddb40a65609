package io.marketbrain.wiring.metrics;

import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.telemetry.Metric;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Exports as metrics how the responses of live providers differ from their known shapes. */
public final class DriftMetrics {
    private DriftMetrics() {}

    public static List<Metric> of(Map<ProviderId, DriftReport> reports) {
        return List.of(
                new Metric(
                        "marketbrain_schema_drift_total",
                        Metric.Kind.COUNTER,
                        "Responses refused because a field that is read is missing, moved, renamed or of another type.",
                        samples(reports, DriftReport::refused)),
                new Metric(
                        "marketbrain_schema_additions",
                        Metric.Kind.GAUGE,
                        "Additions to the responses of a provider, which change nothing.",
                        samples(reports, report -> report.additions().size())),
                new Metric(
                        "marketbrain_quarantined_payload_bytes",
                        Metric.Kind.GAUGE,
                        "Characters kept of refused responses.",
                        samples(reports, DriftMetrics::kept)));
    }

    private static double kept(DriftReport report) {
        return report.payloads().stream()
                .mapToLong(payload -> payload.start().length())
                .sum();
    }

    private static List<Metric.Sample> samples(
            Map<ProviderId, DriftReport> reports, ToDoubleFunction<DriftReport> value) {
        return reports.entrySet().stream()
                .<Metric.Sample>map(entry -> new Metric.Value(
                        Map.of("provider", entry.getKey().value()), value.applyAsDouble(entry.getValue())))
                .toList();
    }
}
