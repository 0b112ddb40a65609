package io.marketbrain.api.endpoints;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.ShadowReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;

/** The paths that report health and status. Thread-safe. */
public final class SystemEndpoints {
    public static final String MODE = "Hybrid (Low-Resource)";

    private final SystemView system;
    private final ProviderCatalog catalogue;
    private final AccessControl access;
    private final InstantSource clock;

    public SystemEndpoints(SystemView system, ProviderCatalog catalogue, AccessControl access, InstantSource clock) {
        this.system = system;
        this.catalogue = catalogue;
        this.access = access;
        this.clock = clock;
    }

    public Response health(Request request) throws RequestRejected {
        Parameters.of(request);
        var cache = system.cache();
        List<ProviderMode> all = catalogue.modes();
        long mock = mocks();
        HealthPolicy.Health providers = HealthPolicy.ofProviders(system, all);
        HealthPolicy.Health gateway = HealthPolicy.ofGateway(system, providers);
        return Response.json(JsonDocument.object(json -> json.put(
                        "status", gateway.status().wire())
                .strings("reasons", gateway.reasons())
                .put("timestamp", clock.instant())
                .number("uptime", seconds())
                .put("redis_available", cache.redisAvailable())
                .put("mock_active", PredecessorJson.mockActive(all))
                .put("version", system.version())
                .child("components", components -> {
                    components
                            .child(
                                    "cache",
                                    child -> child.put("status", cache.status())
                                            .put("redis_available", cache.redisAvailable())
                                            .put("redis_state", cache.redisState())
                                            .put("redis_state_changes", cache.redisStateChanges())
                                            .put("swallowed_errors", cache.swallowedErrors())
                                            .number("hit_rate", cache.hitRate())
                                            .put("l1_size", cache.counter("l1_entries"))
                                            .put("l1_hits", cache.counter("l1_hits"))
                                            .put("l2_hits", cache.counter("l2_hits"))
                                            .put("fallback_hits", cache.fallbackHits())
                                            .put("stale_hits", cache.counter("stale_hits"))
                                            .put("refreshes", cache.counter("refreshes")))
                            .child(
                                    "providers",
                                    child -> child.put(
                                                    "status", providers.status().wire())
                                            .put("live", all.size() - mock)
                                            .put("mock", mock));
                    PredecessorJson.writeComponents(components, system, all);
                })));
    }

    public Response live(Request request) throws RequestRejected {
        Parameters.of(request);
        return Response.json(JsonDocument.object(json -> json.put("status", "live")));
    }

    public Response ready(Request request) throws RequestRejected {
        Parameters.of(request);
        if (system.ready()) {
            return Response.json(JsonDocument.object(json -> json.put("status", "ready")));
        }
        return ProblemResponses.reply(
                        503,
                        "stopping",
                        "The gateway is stopping",
                        "send requests to another instance",
                        request.callId())
                .with("Retry-After", "5");
    }

    public Response status(Request request) throws RequestRejected {
        Parameters.of(request);
        var cache = system.cache();
        var log = system.log();
        var resources = system.resources();
        var tls = system.tls();
        List<ProviderMode> providers = catalogue.modes();
        boolean mock = mocks() > 0;
        return Response.json(JsonDocument.object(json -> json.put("success", true)
                .put("timestamp", clock.instant())
                .put("mode", MODE)
                .put("version", system.version())
                .number("uptime", seconds())
                .child("optimizations", child -> PredecessorJson.writeOptimizations(child, system, mock))
                .child("performance", child -> PredecessorJson.writePerformance(child, system.background()))
                .child(
                        "cache",
                        child -> child.put("status", cache.status())
                                .put("redis_available", cache.redisAvailable())
                                .put("redis_state", cache.redisState())
                                .put("redis_state_changes", cache.redisStateChanges())
                                .put("swallowed_errors", cache.swallowedErrors())
                                .number("hit_rate", cache.hitRate())
                                .put("l1_size", cache.counter("l1_entries"))
                                .put("fallback_hits", cache.fallbackHits())
                                .child("counters", counters -> cache.counters().forEach(counters::put)))
                .objects(
                        "providers",
                        providers,
                        (item, provider) -> item.put("id", provider.id().value())
                                .put("mode", provider.mode().wire())
                                .put("reason", provider.reason()))
                .objects("shadow", system.shadows(), SystemEndpoints::writeShadow)
                .child("tls", child -> {
                    child.put("on", tls.isPresent());
                    tls.ifPresent(on -> child.put("expires", on.expires()).put("problem", on.problem()));
                })
                .child(
                        "access",
                        child -> child.put("keys_needed", !access.keyless())
                                .child(
                                        "turned_away",
                                        counts -> access.rejections().each(counts::put)))
                .child(
                        "resources",
                        child -> child.put("rss_bytes", resources.rssBytes())
                                .put("heap_bytes", resources.heapBytes())
                                .number("cpu", resources.cpu())
                                .put("disk_bytes_written", resources.diskBytesWritten())
                                .put("log_dropped", log.dropped())
                                .put("open_connections", resources.openConnections()))
                .child("status", child -> PredecessorJson.writeStatus(child, system, providers, seconds(), mock))));
    }

    private BigDecimal seconds() {
        return BigDecimal.valueOf(system.uptime().toMillis(), 3);
    }

    private static void writeShadow(JsonDocument json, ShadowReport pair) {
        json.put("provider", pair.primary().value())
                .put("other", pair.other().value())
                .put("compared", pair.compared())
                .number("provider_availability", rounded(pair.primaryAvailability()))
                .number("availability", rounded(pair.availability()))
                .child("provider_failures", failures -> new TreeMap<>(pair.primaryFailures()).forEach(failures::put))
                .child("failures", failures -> new TreeMap<>(pair.failures()).forEach(failures::put))
                .number(
                        "mean_deviation_bp",
                        pair.meanDeviation().map(SystemEndpoints::rounded).orElse(null))
                .number("max_deviation_bp", rounded(pair.maxDeviation()))
                .number("latency", seconds(pair.primaryLatency()))
                .number("other_latency", seconds(pair.otherLatency()));
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP);
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).setScale(6, RoundingMode.HALF_UP);
    }

    private long mocks() {
        return catalogue.modes().stream()
                .filter(provider -> provider.mode() == Mode.MOCK)
                .count();
    }
}
