package io.marketbrain.wiring;

import io.marketbrain.api.Edge;
import io.marketbrain.api.endpoints.CachePurger;
import io.marketbrain.api.endpoints.CacheWarmer;
import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.concurrent.ThreadCounts;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileProblems;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.DriftReport;
import io.marketbrain.pipeline.LayerReport;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.ProviderReport;
import io.marketbrain.pipeline.ShadowReport;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.cache.CacheLayer;
import io.marketbrain.pipeline.cache.tier.CacheSnapshot;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.pipeline.orchestration.Orchestrator;
import io.marketbrain.pipeline.shadow.ShadowLayer;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.telemetry.ProcessReader;
import io.marketbrain.telemetry.log.LogCounts;
import io.marketbrain.wiring.metrics.CacheMetrics;
import io.marketbrain.wiring.metrics.ShadowMetrics;
import io.marketbrain.wiring.metrics.ThreadMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The status of the gateway, collected from its parts. Thread-safe. */
public final class GatewayStatus implements SystemView {
    private final NanoClock nanoClock;
    private final long start;
    private final ProcessReader process;
    private final Parts parts;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /**
     * A status that is collected from these parts.
     *
     * @param requests the request stack
     * @param ofProviders the metrics of the providers: of the memory they take and of the quality of their data
     * @param edge the server, which is started after everything that it serves; empty until then, and where there is none
     */
    public record Parts(
            Supplier<LogCounts> log,
            CacheLayer cache,
            CacheWarmer warming,
            Ledger budgets,
            LayerStack requests,
            Orchestrator orchestration,
            ProviderStackReports providers,
            Supplier<List<Metric>> ofProviders,
            ShadowLayer shadow,
            StreamWiring streams,
            BackgroundFigures background,
            Optional<ServerTls> tls,
            FileProblems files,
            Supplier<Optional<Edge>> edge) {}

    public GatewayStatus(NanoClock nanoClock, Parts parts) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.nanos();
        this.process = new ProcessReader(nanoClock);
        this.parts = parts;
    }

    /** The periodic background work of a gateway with this configuration. */
    public static BackgroundFigures background(GatewayConfig config) {
        boolean warms = !config.warming().symbols().isEmpty();
        boolean redis = config.redis().url().isPresent();
        return new BackgroundFigures(
                (warms ? 1 : 0)
                        + (redis ? 1 : 0)
                        + (config.updates().findFolder().isPresent() ? 1 : 0),
                warms ? config.warming().every() : null,
                config.warming().symbols(),
                redis ? config.redis().probeMin() : null);
    }

    /** From now on the gateway is not ready for new requests. */
    public void stop() {
        stopping.set(true);
    }

    @Override
    public String version() {
        String version = GatewayStatus.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(nanoClock.nanos() - start);
    }

    @Override
    public boolean ready() {
        return !stopping.get();
    }

    @Override
    public CacheFigures cache() {
        CacheSnapshot snapshot = parts.cache().snapshot();
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
        return Stream.of(
                        CacheMetrics.of(parts.cache().snapshot()),
                        ThreadMetrics.current(),
                        parts.ofProviders().get(),
                        parts.providers().driftMetrics(),
                        ShadowMetrics.of(parts.shadow().reports()),
                        parts.streams().metrics(),
                        List.of(fileProblemCounts()))
                .flatMap(List::stream)
                .toList();
    }

    private Metric fileProblemCounts() {
        return new Metric(
                "marketbrain_file_problems_total",
                Metric.Kind.COUNTER,
                "Failed uses of the gateway's own files, by file.",
                parts.files().counts().entrySet().stream()
                        .<Metric.Sample>map(file -> new Metric.Value(Map.of("file", file.getKey()), file.getValue()))
                        .toList());
    }

    @Override
    public List<String> fileProblems() {
        return parts.files().current();
    }

    @Override
    public Optional<LayerReport> server() {
        return parts.edge().get().map(Edge::report);
    }

    @Override
    public List<LayerReport> layers() {
        return Stream.of(
                        parts.requests().reports("request"),
                        parts.streams().reports(),
                        parts.providers().layers())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Optional<TlsFigures> tls() {
        return parts.tls()
                .map(tls -> new TlsFigures(tls.expires(), tls.findProblem().orElse(null)));
    }

    @Override
    public boolean budgeted() {
        return parts.budgets().any();
    }

    @Override
    public List<BudgetReport> budgets() {
        return parts.budgets().reports();
    }

    @Override
    public ProviderReport provider(ProviderId id) {
        return parts.providers().report(id, parts.budgets());
    }

    @Override
    public DriftReport drift(ProviderId id) {
        return parts.providers().drift(id);
    }

    @Override
    public List<ProviderId> standIns() {
        return parts.orchestration().standIns();
    }

    @Override
    public List<ShadowReport> shadows() {
        return parts.shadow().reports();
    }

    @Override
    public List<String> failingLoops() {
        return ThreadCounts.loops().stream()
                .filter(ThreadCounts.Loops::failing)
                .map(ThreadCounts.Loops::name)
                .toList();
    }

    @Override
    public BackgroundFigures background() {
        return parts.background();
    }

    @Override
    public Optional<CacheWarmer> warming() {
        return Optional.of(parts.warming());
    }

    @Override
    public Optional<CachePurger> purging() {
        return Optional.of(parts.cache()::purge);
    }

    @Override
    public LogFigures log() {
        return new LogFigures(true, parts.log().get().dropped());
    }

    @Override
    public ResourceFigures resources() {
        return new ResourceFigures(
                process.rssBytes(),
                process.heapBytes(),
                process.cpu(),
                process.diskBytesWritten(),
                parts.edge().get().map(edge -> (long) edge.openConnections()).orElse(null));
    }
}
