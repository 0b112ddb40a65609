package io.marketbrain.api;

import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.telemetry.Metric;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the gateway knows about itself, read when somebody asks. Thread-safe; cheap; never blocks. */
public interface SystemView {
    String version();

    Duration uptime();

    /** Whether new requests are welcome: false from the moment the gateway stops. */
    boolean ready();

    CacheFigures cache();

    LogFigures log();

    ResourceFigures resources();

    /** The figures of every room, beyond those above. */
    List<Metric> metrics();

    /** Every layer that requests pass, outermost first, those of the request stack before those of providers. */
    default List<LayerReport> layers() {
        return List.of();
    }

    /** The certificate; empty where HTTP is spoken in the clear. */
    default Optional<TlsFigures> tls() {
        return Optional.empty();
    }

    /** The HTTP server as the outermost layer; empty where there is none. */
    default Optional<LayerReport> server() {
        return Optional.empty();
    }

    /** Whether there are budgets. */
    default boolean budgeted() {
        return false;
    }

    /** Every budget. */
    default List<BudgetReport> budgets() {
        return List.of();
    }

    /** How a provider stands. */
    default ProviderReport provider(ProviderId id) {
        return ProviderReport.UNLIMITED;
    }

    /** The live providers whose answers were replaced by mock data lately. */
    default List<ProviderId> standIns() {
        return List.of();
    }

    /** What warms the cache; empty where there is no cache. */
    Optional<Warming> warming();

    /** What purges the cache; empty where there is no cache. */
    default Optional<Purging> purging() {
        return Optional.empty();
    }

    /**
     * The cache.
     *
     * @param status {@code off} where there is none, {@code healthy}, or {@code degraded} with a fallback in use
     * @param hitRate hits per look-up since the start, 0 to 1; null before the first look-up
     * @param fallbackActive whether the in-process fallback stands in for Redis now
     * @param redisState {@code off}, {@code connecting}, {@code up}, {@code read_only}, {@code down}, {@code refused} or
     *     {@code recovering}
     * @param redisStateChanges how often it changed
     * @param swallowedErrors how often Redis failed without anybody noticing
     * @param counters everything else that is counted, by name
     */
    record CacheFigures(
            String status,
            boolean redisAvailable,
            @Nullable BigDecimal hitRate,
            long fallbackHits,
            boolean fallbackActive,
            String redisState,
            long redisStateChanges,
            long swallowedErrors,
            Map<String, Long> counters) {
        /** A gateway without a cache. */
        public static final CacheFigures OFF = new CacheFigures("off", false, null, 0, false, "off", 0, 0, Map.of());

        /** One of the counters; 0 where there is none of that name. */
        public long counter(String name) {
            return counters.getOrDefault(name, 0L);
        }
    }

    /**
     * TLS.
     *
     * @param expires when the certificate ends
     * @param problem why newer files cannot be used; null where those that are there hold
     */
    record TlsFigures(Instant expires, @Nullable String problem) {}

    /**
     * The log.
     *
     * @param asynchronous whether a log call can never wait
     * @param dropped lines thrown away since the start; null where nobody counts
     */
    record LogFigures(boolean asynchronous, @Nullable Long dropped) {}

    /**
     * What the process uses of the machine; null where the system does not say.
     *
     * @param cpu the share of one core used lately, 1 for a whole core
     * @param openConnections clients connected now; null where nothing is served
     */
    record ResourceFigures(
            @Nullable Long rssBytes,
            long heapBytes,
            @Nullable BigDecimal cpu,
            @Nullable Long diskBytesWritten,
            @Nullable Long openConnections) {}
}
