package io.marketbrain.api.endpoints;

import io.marketbrain.api.access.RejectionCounters;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.routing.RouteMeter;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.telemetry.Metric.Distribution;
import io.marketbrain.telemetry.Metric.Sample;
import io.marketbrain.telemetry.Metric.Value;
import io.marketbrain.telemetry.PrometheusText;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The paths that publish all metrics, as JSON and in Prometheus's text format. Thread-safe. */
public final class MetricsEndpoints {
    private final SystemView system;
    private final RejectionCounters rejections;
    private final Supplier<List<RouteMeter>> meters;
    private final InstantSource clock;

    public MetricsEndpoints(
            SystemView system, RejectionCounters rejections, Supplier<List<RouteMeter>> meters, InstantSource clock) {
        this.system = system;
        this.rejections = rejections;
        this.meters = meters;
        this.clock = clock;
    }

    public Response prometheus(Request request) throws RequestRejected {
        Parameters.of(request);
        return Response.text(200, PrometheusText.MEDIA_TYPE, PrometheusText.write(metrics()));
    }

    public Response json(Request request) throws RequestRejected {
        Parameters.of(request);
        return Response.json(JsonDocument.object(json -> json.put("success", true)
                .child(
                        "metrics",
                        child -> child.put("timestamp", clock.instant())
                                .child("components", components -> PredecessorJson.writeMetrics(components, system))
                                .objects("families", metrics(), MetricsEndpoints::write))));
    }

    private List<Metric> metrics() {
        var metrics = new ArrayList<Metric>();
        metrics.add(Metric.gauge(
                "marketbrain_uptime_seconds",
                "Time since the process started.",
                system.uptime().toMillis() / 1e3));
        var resources = system.resources();
        metrics.add(Metric.gauge(
                "marketbrain_heap_used_bytes", "Java heap in use, including garbage.", (double) resources.heapBytes()));
        add(metrics, Metric.Kind.GAUGE, "process_resident_memory_bytes", "Resident memory.", resources.rssBytes());
        add(
                metrics,
                Metric.Kind.COUNTER,
                "marketbrain_disk_written_bytes_total",
                "Bytes sent to storage.",
                resources.diskBytesWritten());
        add(
                metrics,
                Metric.Kind.COUNTER,
                "marketbrain_log_dropped_total",
                "Log lines dropped.",
                system.log().dropped());
        var cache = system.cache();
        metrics.add(Metric.gauge(
                "marketbrain_redis_available", "Whether Redis is in use.", cache.redisAvailable() ? 1 : 0));
        var own = system.metrics();
        metrics.addAll(LayerMetrics.of(system.layers(), own));
        metrics.add(rejections.metric());
        system.tls()
                .ifPresent(tls -> metrics.add(Metric.gauge(
                        "marketbrain_tls_certificate_end_seconds",
                        "Expiry of the TLS certificate, in seconds since 1970.",
                        (double) tls.expires().getEpochSecond())));
        metrics.addAll(RouteMeter.metrics(meters.get()));
        metrics.addAll(own);
        return metrics;
    }

    private static void add(List<Metric> metrics, Metric.Kind kind, String name, String help, @Nullable Long value) {
        if (value != null) {
            metrics.add(new Metric(name, kind, help, List.of(new Value(java.util.Map.of(), value))));
        }
    }

    private static void write(JsonDocument json, Metric metric) {
        json.put("name", metric.name())
                .put("kind", metric.kind().wire())
                .put("help", metric.help())
                .objects("samples", metric.samples(), MetricsEndpoints::write);
    }

    private static void write(JsonDocument json, Sample sample) {
        json.child("labels", labels -> sample.labels().forEach((name, value) -> labels.put(name, value)));
        switch (sample) {
            case Value value -> json.number("value", number(value.value()));
            case Distribution d -> {
                json.put("count", d.count());
                json.number("sum", number(d.sum()));
                var rows = new ArrayList<Bucket>();
                long upTo = 0;
                for (int i = 0; i < d.counts().size(); i++) {
                    upTo += d.counts().get(i);
                    rows.add(
                            new Bucket(i < d.bounds().size() ? number(d.bounds().get(i)) : null, upTo));
                }
                json.objects(
                        "buckets",
                        rows,
                        (item, row) -> item.number("le", row.le()).put("count", row.count()));
            }
        }
    }

    private record Bucket(@Nullable BigDecimal le, long count) {}

    /** JSON has no infinities and no NaN, so they become null. */
    private static @Nullable BigDecimal number(double value) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
    }
}
