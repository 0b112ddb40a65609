package io.marketbrain.api.endpoints;

import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.pipeline.ShadowReport;
import io.marketbrain.telemetry.Metric;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateway's own state and counters, read on request. Thread-safe; cheap; never blocks. */
public interface SystemView {
    String version();

    Duration uptime();

    /** Whether new requests are accepted; false once the gateway is stopping. */
    boolean ready();

    CacheFigures cache();

    LogFigures log();

    ResourceFigures resources();

    /** The metrics of all packages, in addition to the figures above. */
    List<Metric> metrics();

    /** Every layer that requests pass, outermost first; the request stack before the provider stacks. */
    default List<LayerReport> layers() {
        return List.of();
    }

    /** The TLS certificate; empty for plain HTTP. */
    default Optional<TlsFigures> tls() {
        return Optional.empty();
    }

    /** What is wrong with the gateway's own files, a sentence each. */
    default List<String> fileProblems() {
        return List.of();
    }

    /** The HTTP server as the outermost layer; empty if there is none. */
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

    /** The health, quota and budgets of a provider. */
    default ProviderReport provider(ProviderId id) {
        return ProviderReport.UNLIMITED;
    }

    /** How a provider's responses differ from the shapes they are known to have. */
    default DriftReport drift(ProviderId id) {
        return DriftReport.NONE;
    }

    /** The live providers whose data was recently replaced by mock data. */
    default List<ProviderId> standIns() {
        return List.of();
    }

    /** How pairs of providers compare whose quotes were shadowed. */
    default List<ShadowReport> shadows() {
        return List.of();
    }

    /** The names of the background loops that keep failing. */
    default List<String> failingLoops() {
        return List.of();
    }

    /** The work that runs in the background. */
    default BackgroundFigures background() {
        return BackgroundFigures.NONE;
    }

    /** Warms the cache; empty if there is no cache. */
    Optional<CacheWarmer> warming();

    /** Purges the cache; empty if there is no cache. */
    default Optional<CachePurger> purging() {
        return Optional.empty();
    }

    /**
     * The cache.
     *
     * @param status {@code off} if there is none, {@code healthy}, or {@code degraded} while a fallback is in use
     * @param hitRate hits per lookup since the start, 0 to 1; null before the first lookup
     * @param fallbackActive whether the in-process fallback currently replaces Redis
     * @param redisState {@code off}, {@code connecting}, {@code up}, {@code read_only}, {@code down}, {@code refused}
     *     or {@code recovering}
     * @param redisStateChanges number of state changes
     * @param swallowedErrors number of Redis errors that callers did not see
     * @param counters all other counters by name
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

        /** The counter {@code name}; 0 if there is none. */
        public long counter(String name) {
            return counters.getOrDefault(name, 0L);
        }
    }

    /**
     * Periodic background work.
     *
     * @param tasks how many periodic tasks run
     * @param warmingInterval the interval of cache warming; null if no symbols are configured
     * @param warmedSymbols the symbols that are kept cached
     * @param redisProbeInterval the shortest interval between probes of an unavailable Redis; null without Redis
     */
    record BackgroundFigures(
            long tasks,
            @Nullable Duration warmingInterval,
            List<String> warmedSymbols,
            @Nullable Duration redisProbeInterval) {
        /** No background work. */
        public static final BackgroundFigures NONE = new BackgroundFigures(0, null, List.of(), null);

        public BackgroundFigures {
            warmedSymbols = List.copyOf(warmedSymbols);
        }
    }

    /**
     * TLS.
     *
     * @param expires when the certificate expires
     * @param problem why the current files cannot be used, so that older ones are; null if they can
     */
    record TlsFigures(Instant expires, @Nullable String problem) {}

    /**
     * The log.
     *
     * @param asynchronous whether a log call never blocks
     * @param dropped lines dropped since the start; null if they are not counted
     */
    record LogFigures(boolean asynchronous, @Nullable Long dropped) {}

    /**
     * The resources that the process uses; a value is null if the operating system does not report it.
     *
     * @param cpu recent CPU use, 1 for one whole core
     * @param openConnections current client connections; null if there is no server
     */
    record ResourceFigures(
            @Nullable Long rssBytes,
            long heapBytes,
            @Nullable BigDecimal cpu,
            @Nullable Long diskBytesWritten,
            @Nullable Long openConnections) {}
}
