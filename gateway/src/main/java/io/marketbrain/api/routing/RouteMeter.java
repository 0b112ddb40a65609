package io.marketbrain.api.routing;

import io.marketbrain.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests of one path, by status and by time. Thread-safe; never waits. */
public final class RouteMeter {
    /** Upper bounds of the latency buckets in seconds, from a cached response to the longest timeout. */
    private static final List<Double> BOUNDS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

    private static final long[] BOUND_NANOS =
            BOUNDS.stream().mapToLong(seconds -> Math.round(seconds * 1e9)).toArray();

    private final String path;
    private final LongAdder ok = new LongAdder();
    private final Map<Integer, LongAdder> others = new ConcurrentHashMap<>();
    private final LongAdder[] buckets = new LongAdder[BOUND_NANOS.length + 1];
    private final LongAdder nanos = new LongAdder();

    public RouteMeter(String path) {
        this.path = path;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    public void count(int status, long tookNanos) {
        if (status == 200) {
            ok.increment();
        } else {
            others.computeIfAbsent(status, _ -> new LongAdder()).increment();
        }
        int bucket = 0;
        while (bucket < BOUND_NANOS.length && tookNanos > BOUND_NANOS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(tookNanos);
    }

    /** The request and latency metrics of every path that was requested. */
    public static List<Metric> metrics(List<RouteMeter> meters) {
        var requests = new ArrayList<Metric.Sample>();
        var times = new ArrayList<Metric.Sample>();
        for (RouteMeter meter : meters) {
            var counts = meter.byStatus();
            counts.forEach((status, count) -> requests.add(
                    new Metric.Value(Map.of("path", meter.path, "status", Integer.toString(status)), count)));
            if (!counts.isEmpty()) {
                times.add(meter.times());
            }
        }
        return List.of(
                new Metric(
                        "marketbrain_http_requests_total",
                        Metric.Kind.COUNTER,
                        "HTTP responses by path and status.",
                        requests),
                new Metric(
                        "marketbrain_http_request_seconds",
                        Metric.Kind.HISTOGRAM,
                        "Time from a request's arrival in the API to its response.",
                        times));
    }

    private Map<Integer, Long> byStatus() {
        var counts = new TreeMap<Integer, Long>();
        others.forEach((status, count) -> counts.put(status, count.sum()));
        if (ok.sum() > 0) {
            counts.put(200, ok.sum());
        }
        return counts;
    }

    private Metric.Distribution times() {
        var counts = new ArrayList<Long>(buckets.length);
        for (LongAdder bucket : buckets) {
            counts.add(bucket.sum());
        }
        return new Metric.Distribution(Map.of("path", path), BOUNDS, counts, nanos.sum() / 1e9);
    }
}
