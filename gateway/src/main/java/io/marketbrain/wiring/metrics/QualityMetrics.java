package io.marketbrain.wiring.metrics;

import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Exports as a metric what the quality checks found. */
public final class QualityMetrics {
    private QualityMetrics() {}

    public static Metric of(List<QualityLayer> layers) {
        List<Metric.Sample> samples = new ArrayList<>();
        for (QualityLayer layer : layers) {
            layer.findings((check, outcome, count) -> samples.add(new Metric.Value(
                    Map.of("provider", layer.provider().value(), "check", check.wire(), "outcome", outcome), count)));
        }
        return new Metric(
                "marketbrain_quality_findings_total",
                Metric.Kind.COUNTER,
                "Responses of providers in which a quality check found something, by what became of them.",
                samples);
    }
}
