package io.marketbrain;

import io.marketbrain.api.Api;
import io.marketbrain.api.Edge;
import io.marketbrain.api.LocalApi;
import io.marketbrain.api.mounting.MountAddress;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileProblems;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.model.CallId;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.cache.CacheLayer;
import io.marketbrain.pipeline.cache.CacheWarming;
import io.marketbrain.pipeline.cache.redis.SharedTiers;
import io.marketbrain.pipeline.orchestration.Orchestrator;
import io.marketbrain.pipeline.qos.QosLayer;
import io.marketbrain.pipeline.shadow.ShadowLayer;
import io.marketbrain.provider.registry.ProviderRegistry;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.security.KeyRing;
import io.marketbrain.store.redis.RedisScripts;
import io.marketbrain.telemetry.log.LogCounts;
import io.marketbrain.wiring.AccessWiring;
import io.marketbrain.wiring.AddedProviders;
import io.marketbrain.wiring.FacadeWiring;
import io.marketbrain.wiring.GatewayStatus;
import io.marketbrain.wiring.LiveFeeds;
import io.marketbrain.wiring.ProviderWiring;
import io.marketbrain.wiring.ScarceCallTtls;
import io.marketbrain.wiring.StreamWiring;
import io.marketbrain.wiring.alerts.AlertWiring;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The composition of the gateway: the only class that knows every package. */
public final class Gateway implements AutoCloseable {
    private final InstantSource clock;
    private final NanoClock nanoClock = System::nanoTime;
    private final Random random = new Random();
    private final FileProblems files = new FileProblems(nanoClock);
    private final GatewayStatus status;
    private final HttpConnections connections;
    private final Optional<ScriptRunner> scripts;
    private final Ledger ledger;
    private final MarketDataSource stack;
    private final ProviderWiring providers;
    private final ProviderRegistry registry;
    private final AddedProviders added;
    private final CacheLayer cache;
    private final CacheWarming warming;
    private final LiveFeeds feeds;
    private final StreamWiring streams;
    private final AlertWiring alerts;
    private final Api api;
    private final @Nullable Edge edge;

    /** A serving gateway in a process without the gateway's log. */
    public Gateway(GatewayConfig config) {
        this(config, () -> LogCounts.NONE);
    }

    /** A serving gateway. */
    Gateway(GatewayConfig config, Supplier<LogCounts> log) {
        this(config, log, true);
    }

    /** A gateway that only {@link #local()} reaches. */
    static Gateway withoutServer(GatewayConfig config, Supplier<LogCounts> log) {
        return new Gateway(config, log, false);
    }

    private Gateway(GatewayConfig config, Supplier<LogCounts> log, boolean serving) {
        this.clock = config.mock().clock(InstantSource.system());
        this.connections = new HttpConnections(config.transport());
        this.scripts = RedisScripts.find(config.redis(), config.cache().shared().budget(), nanoClock, random);
        var keys = config.state().map(folder -> new KeyRing(folder.resolve("keys"), files));
        keys.filter(_ -> serving).ifPresent(KeyRing::load);
        this.ledger = AccessWiring.ledger(config, keys, scripts, random, files, clock);
        this.providers = new ProviderWiring(config, connections, ledger, scripts, files, clock, nanoClock, random);
        this.registry = new ProviderRegistry(providers.all(), config.routes());
        this.added = new AddedProviders(config, providers, registry, files, nanoClock);
        var shared = SharedTiers.of(config.redis(), config.cache(), nanoClock, random);
        var qos = new QosLayer(config.qos(), nanoClock);
        this.cache = new CacheLayer(
                config.cache(),
                shared,
                registry::modeOf,
                new ScarceCallTtls(registry, providers.stacks()),
                qos,
                nanoClock,
                clock,
                random);
        // The request stack, in the order in which a request meets it.
        var shadow = new ShadowLayer(config.shadow(), registry, qos, nanoClock, random);
        var layers = config.shadow().isOn()
                ? LayerStack.outermostFirst(qos, cache, shadow)
                : LayerStack.outermostFirst(qos, cache);
        var orchestration = new Orchestrator(registry, config.orchestration(), nanoClock);
        this.stack = layers.over(orchestration);
        this.feeds = new LiveFeeds(config, registry, providers, orchestration, connections, clock, nanoClock, random);
        this.streams = new StreamWiring(config, registry, stack, orchestration, feeds, nanoClock, clock, random);
        this.warming = new CacheWarming(config.warming(), stack, registry, nanoClock, random);
        var tls = serving ? Edge.tls(config.server(), nanoClock) : Optional.<ServerTls>empty();
        this.status = new GatewayStatus(
                nanoClock,
                new GatewayStatus.Parts(
                        log,
                        cache,
                        warming::warm,
                        ledger,
                        layers,
                        orchestration,
                        providers.stacks(),
                        providers::metrics,
                        shadow,
                        streams,
                        GatewayStatus.background(config),
                        tls,
                        files,
                        this::findEdge));
        this.alerts = new AlertWiring(config, streams, status, files, clock, nanoClock, random);
        this.api = new Api(
                config.api(),
                stack,
                registry,
                status,
                AccessWiring.admitting(keys, config, serving, nanoClock),
                Optional.of(streams).filter(_ -> config.streams().enabled()).map(StreamWiring::live),
                FacadeWiring.extensions(config, providers, qos, ledger, status, nanoClock)
                        .with(alerts),
                clock,
                nanoClock,
                Gateway::newCallId);
        this.edge = serving ? new Edge(config.server(), tls, api, nanoClock, clock) : null;
        added.startIf(serving);
        alerts.startIf(serving);
    }

    private Optional<Edge> findEdge() {
        return Optional.ofNullable(edge);
    }

    private static CallId newCallId() {
        return new CallId(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    public int port() {
        return findEdge().orElseThrow().port();
    }

    /** The ports and host names of the APIs of other programs. */
    public List<MountAddress> facadeAddresses() {
        return findEdge().orElseThrow().mountAddresses();
    }

    LocalApi local() {
        return new LocalApi(api);
    }

    /** The mode of each provider. */
    List<ProviderMode> modesOfProviders() {
        return registry.modes();
    }

    /** The request stack, the sources of streams, the stack of each provider's first route and that of its symbol list, a line each. */
    public List<String> printedStacks() {
        var all = Stream.of(List.of("request: " + stack), streams.printed(), providers.printed());
        return all.flatMap(List::stream).toList();
    }

    @Override
    public void close() {
        status.stop();
        alerts.close();
        streams.close();
        feeds.close();
        if (edge != null) {
            edge.close();
        }
        added.close();
        warming.close();
        cache.close();
        connections.close();
        providers.close();
        ledger.close();
        scripts.ifPresent(ScriptRunner::close);
    }
}
