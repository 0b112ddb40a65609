package io.marketbrain.api.endpoints;

import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.telemetry.Metric.Sample;
import io.marketbrain.telemetry.Metric.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Converts the reports of layers to metrics. */
final class LayerMetrics {
    private LayerMetrics() {}

    /**
     * The metrics of {@code layers}, except the figures of layers that already have named metrics in {@code others}.
     */
    static List<Metric> of(List<LayerReport> layers, List<Metric> others) {
        var entered = new ArrayList<Sample>();
        var failed = new ArrayList<Sample>();
        var figures = new ArrayList<Sample>();
        for (LayerReport layer : layers) {
            var labels = Map.of("stack", layer.stack(), "layer", layer.name());
            entered.add(new Value(labels, layer.entered()));
            failed.add(new Value(labels, layer.failed()));
            if (others.stream().anyMatch(other -> other.name().startsWith("marketbrain_" + layer.name() + "_"))) {
                continue;
            }
            layer.counters()
                    .forEach((name, value) -> figures.add(
                            new Value(Map.of("stack", layer.stack(), "layer", layer.name(), "name", name), value)));
        }
        return List.of(
                new Metric(
                        "marketbrain_layer_requests_total",
                        Metric.Kind.COUNTER,
                        "Requests that entered a layer.",
                        entered),
                new Metric(
                        "marketbrain_layer_failures_total",
                        Metric.Kind.COUNTER,
                        "Requests that failed in a layer.",
                        failed),
                new Metric(
                        "marketbrain_layer_figure",
                        Metric.Kind.GAUGE,
                        "Other counters and measurements of a layer.",
                        figures));
    }
}
