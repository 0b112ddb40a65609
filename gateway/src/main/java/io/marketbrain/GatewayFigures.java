package io.marketbrain;

import io.marketbrain.api.Edge;
import io.marketbrain.api.Purging;
import io.marketbrain.api.SystemView;
import io.marketbrain.api.Warming;
import io.marketbrain.api.tls.Tls;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.pipeline.Stack;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.cache.CacheLayer;
import io.marketbrain.pipeline.cache.CacheSnapshot;
import io.marketbrain.pipeline.cache.SharedTier.State;
import io.marketbrain.pipeline.orchestration.Orchestration;
import io.marketbrain.pipeline.resilience.QuotaLayer;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.telemetry.ProcessReader;
import io.marketbrain.telemetry.log.LogCounts;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the gateway tells about itself, gathered from its rooms. */
final class GatewayFigures implements SystemView {
    private final Ticker ticker;
    private final long start;
    private final ProcessReader process;
    private final Supplier<LogCounts> logCounts;
    private volatile @Nullable CacheLayer cache;
    private volatile @Nullable Warming warming;
    private volatile @Nullable Orchestration orchestration;
    private volatile @Nullable Ledger budgets;
    private volatile @Nullable Edge edge;
    private volatile @Nullable Tls tls;
    private final SequencedMap<String, Stack> stacks = new LinkedHashMap<>();
    private final Map<ProviderId, QuotaLayer> quotas = new HashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

    GatewayFigures(Ticker ticker, Supplier<LogCounts> logCounts) {
        this.logCounts = logCounts;
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.process = new ProcessReader(ticker);
    }

    void show(CacheLayer cache, Warming warming) {
        this.cache = cache;
        this.warming = warming;
    }

    void show(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    void show(Tls tls) {
        this.tls = tls;
    }

    void show(Edge edge) {
        this.edge = edge;
    }

    void show(Ledger budgets) {
        this.budgets = budgets;
    }

    /** From now on the layers of a stack are told of, under its name. */
    void show(String name, Stack stack) {
        synchronized (stacks) {
            stacks.put(name, stack);
        }
    }

    /** From now on the gateway is not ready for new requests. */
    void stop() {
        stopping.set(true);
    }

    @Override
    public String version() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(ticker.nanos() - start);
    }

    @Override
    public boolean ready() {
        return !stopping.get();
    }

    @Override
    public CacheFigures cache() {
        CacheLayer layer = cache;
        if (layer == null) {
            return CacheFigures.OFF;
        }
        CacheSnapshot snapshot = layer.snapshot();
        boolean lookedUp = snapshot.counter("misses") + snapshot.counter("hits") > 0;
        return new CacheFigures(
                snapshot.state() == State.OFF || snapshot.state() == State.UP ? "healthy" : "degraded",
                snapshot.redisAvailable(),
                lookedUp ? snapshot.hitRate() : null,
                snapshot.counter("fallback_hits"),
                snapshot.fallbackActive(),
                snapshot.state().wire(),
                snapshot.counter("redis_state_changes"),
                snapshot.swallowedErrors(),
                snapshot.counterMap());
    }

    @Override
    public List<Metric> metrics() {
        CacheLayer layer = cache;
        return layer == null ? List.of() : CacheMetrics.of(layer.snapshot());
    }

    @Override
    public Optional<LayerReport> server() {
        return Optional.ofNullable(edge).map(Edge::report);
    }

    @Override
    public List<LayerReport> layers() {
        synchronized (stacks) {
            return stacks.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> !entry.getKey().equals("request")))
                    .flatMap(entry -> entry.getValue().reports(entry.getKey()).stream())
                    .toList();
        }
    }

    @Override
    public Optional<TlsFigures> tls() {
        Tls on = tls;
        return on == null
                ? Optional.empty()
                : Optional.of(new TlsFigures(on.expires(), on.findProblem().orElse(null)));
    }

    @Override
    public boolean budgeted() {
        Ledger ledger = budgets;
        return ledger != null && ledger.any();
    }

    @Override
    public List<BudgetReport> budgets() {
        Ledger ledger = budgets;
        return ledger == null ? List.of() : ledger.reports();
    }

    /** From now on a provider's quota is told of. */
    void show(ProviderId provider, QuotaLayer quota) {
        synchronized (stacks) {
            quotas.put(provider, quota);
        }
    }

    @Override
    public ProviderReport provider(ProviderId id) {
        Ledger ledger = budgets;
        Stack stack;
        QuotaLayer quota;
        synchronized (stacks) {
            stack = stacks.get(id.value());
            quota = quotas.get(id);
        }
        return stack == null || quota == null || ledger == null
                ? ProviderReport.UNLIMITED
                : ProviderReport.of(stack.reports(id.value()), quota.reports(), ledger.reports(id));
    }

    @Override
    public List<ProviderId> standIns() {
        Orchestration chooser = orchestration;
        return chooser == null ? List.of() : chooser.standIns();
    }

    @Override
    public Optional<Warming> warming() {
        return Optional.ofNullable(warming);
    }

    @Override
    public Optional<Purging> purging() {
        CacheLayer layer = cache;
        return layer == null ? Optional.empty() : Optional.of(layer::purge);
    }

    @Override
    public LogFigures log() {
        return new LogFigures(true, logCounts.get().dropped());
    }

    @Override
    public ResourceFigures resources() {
        Edge serving = edge;
        return new ResourceFigures(
                process.rssBytes(),
                process.heapBytes(),
                process.cpu(),
                process.diskBytesWritten(),
                serving == null ? null : (long) serving.openConnections());
    }
}
