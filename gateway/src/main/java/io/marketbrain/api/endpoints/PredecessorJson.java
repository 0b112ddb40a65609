package io.marketbrain.api.endpoints;

import io.marketbrain.api.endpoints.SystemView.BackgroundFigures;
import io.marketbrain.api.endpoints.SystemView.CacheFigures;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.LayerReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Members that clients of the Python predecessor read in {@code /health}, the status and the metrics, beside the
 * documented ones. Their names and types are fixed by those clients.
 */
final class PredecessorJson {
    /** The provider that {@code mock_active} and symbols without a provider refer to. */
    static final ProviderId PROVIDER = new ProviderId("binance");

    private PredecessorJson() {}

    /** Whether Binance is in mock mode; if it is not configured, whether every provider is. */
    static boolean mockActive(List<ProviderMode> providers) {
        return providers.stream()
                .filter(provider -> provider.id().equals(PROVIDER))
                .findFirst()
                .map(provider -> provider.mode() == Mode.MOCK)
                .orElseGet(() -> providers.stream().allMatch(provider -> provider.mode() == Mode.MOCK));
    }

    /** The components of {@code /health}: scheduler, Redis, budgets, and each provider as an adapter. */
    static void writeComponents(JsonDocument json, SystemView system, List<ProviderMode> providers) {
        json.child("qos_scheduler", child -> child.put("status", system.ready() ? "healthy" : "unhealthy"))
                .child(
                        "redis",
                        child -> child.put("status", HealthPolicy.ofRedis(system.cache()))
                                .put("state", system.cache().redisState()))
                .child("budget_firewall", child -> child.put("status", HealthPolicy.ofBudgets(system)))
                .child(
                        "adapters",
                        adapters -> providers.forEach(provider -> adapters.child(
                                provider.id().value(),
                                child -> child.put(
                                        "status",
                                        HealthPolicy.ofProvider(system, provider)
                                                .wire()))));
    }

    /** The content of the status as one object. */
    static void writeStatus(
            JsonDocument json, SystemView system, List<ProviderMode> providers, BigDecimal uptime, boolean mock) {
        CacheFigures cache = system.cache();
        json.put("mode", SystemEndpoints.MODE)
                .number("uptime", uptime)
                .child("optimizations", child -> writeOptimizations(child, system, mock))
                .child(
                        "cache",
                        child -> child.put("redis_available", cache.redisAvailable())
                                .number("hit_rate", hitRate(cache))
                                .put("l1_size", cache.counter("l1_entries"))
                                .put("fallback_hits", cache.fallbackHits()))
                .child(
                        "providers",
                        child -> providers.forEach(provider -> child.child(
                                provider.id().value(), item -> item.put("using_mock", provider.mode() == Mode.MOCK))))
                .child("performance", child -> writePerformance(child, system.background()));
    }

    static void writeOptimizations(JsonDocument json, SystemView system, boolean mock) {
        json.put("redis_fallback_active", system.cache().fallbackActive())
                .put("mock_routing_enabled", mock)
                .put("async_logging", system.log().asynchronous())
                .put("single_worker_mode", true)
                .put("reduced_background_tasks", system.background().tasks());
    }

    static void writePerformance(JsonDocument json, BackgroundFigures background) {
        json.put("background_task_interval", words(background.warmingInterval()))
                .put("health_check_interval", words(background.redisProbeInterval()))
                .strings("cache_warming_symbols", background.warmedSymbols());
    }

    /** The components of the JSON metrics. */
    static void writeMetrics(JsonDocument json, SystemView system) {
        List<LayerReport> layers = system.layers();
        CacheFigures cache = system.cache();
        json.child("qos", child -> {
            child.put("tasks_processed", entered(layers, "qos"));
            counters(layers, "qos").forEach(child::put);
        });
        json.child(
                "cache",
                child -> child.child(
                                "overall_stats",
                                overall -> overall.number("hit_rate", hitRate(cache))
                                        .put("hits", cache.counter("hits"))
                                        .put("misses", cache.counter("misses")))
                        .put("redis_available", cache.redisAvailable())
                        .put("l1_size", cache.counter("l1_entries"))
                        .put("fallback_hits", cache.fallbackHits()));
        json.child(
                "budget_firewall",
                child -> child.put("requests_allowed", counter(layers, "paid") + counter(layers, "free"))
                        .put("requests_blocked", counter(layers, "refused")));
        json.child(
                "adapters",
                adapters -> outermost(layers)
                        .forEach((id, layer) -> adapters.child(
                                id,
                                child -> child.put("requests", layer.entered()).put("failures", layer.failed()))));
    }

    /** The outermost layer of each provider's stacks, by provider; the mode in the stack's name is left out. */
    private static Map<String, LayerReport> outermost(List<LayerReport> layers) {
        var first = new LinkedHashMap<String, LayerReport>();
        for (LayerReport layer : layers) {
            if (!layer.stack().equals("request")) {
                int end = layer.stack().indexOf(' ');
                first.putIfAbsent(end < 0 ? layer.stack() : layer.stack().substring(0, end), layer);
            }
        }
        return first;
    }

    private static long entered(List<LayerReport> layers, String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .mapToLong(LayerReport::entered)
                .sum();
    }

    /** A counter of the budget layers of all providers. */
    private static long counter(List<LayerReport> layers, String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals("budget"))
                .mapToLong(layer -> layer.counters().getOrDefault(name, 0L))
                .sum();
    }

    private static Map<String, Long> counters(List<LayerReport> layers, String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .map(LayerReport::counters)
                .orElse(Map.of());
    }

    /** The hit rate as those clients need it: 0 before the first lookup, never null. */
    private static BigDecimal hitRate(CacheFigures cache) {
        return Objects.requireNonNullElse(cache.hitRate(), BigDecimal.ZERO);
    }

    /** {@code 10 minutes}; null if there is no such task. */
    private static @Nullable String words(@Nullable Duration interval) {
        if (interval == null) {
            return null;
        }
        long seconds = Math.max(1, interval.toSeconds());
        return seconds % 60 == 0 ? plural(seconds / 60, "minute") : plural(seconds, "second");
    }

    private static String plural(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
