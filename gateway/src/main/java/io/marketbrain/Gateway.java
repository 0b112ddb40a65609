package io.marketbrain;

import io.marketbrain.api.Api;
import io.marketbrain.api.Edge;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.Stack;
import io.marketbrain.pipeline.cache.CacheLayer;
import io.marketbrain.pipeline.cache.CacheWarming;
import io.marketbrain.pipeline.cache.NoSharedTier;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.orchestration.Orchestration;
import io.marketbrain.pipeline.qos.QosLayer;
import io.marketbrain.pipeline.resilience.BreakerLayer;
import io.marketbrain.pipeline.resilience.BulkheadLayer;
import io.marketbrain.pipeline.resilience.CoolDownFile;
import io.marketbrain.pipeline.resilience.CoolDownLayer;
import io.marketbrain.pipeline.resilience.CoolDownStore;
import io.marketbrain.pipeline.resilience.QuotaLayer;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.pipeline.resilience.RetryLayer;
import io.marketbrain.pipeline.resilience.TimeoutLayer;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.DescriptorReader;
import io.marketbrain.provider.HttpConnections;
import io.marketbrain.provider.HttpTransport;
import io.marketbrain.provider.ListedSymbols;
import io.marketbrain.provider.ModeDecision;
import io.marketbrain.provider.ModePolicy;
import io.marketbrain.provider.PagingLayer;
import io.marketbrain.provider.Provider;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderConfig;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.Registry;
import io.marketbrain.provider.SymbolDirectory;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.binance.BinanceAdapter;
import io.marketbrain.provider.binance.BinanceSymbols;
import io.marketbrain.provider.mock.MockAdapter;
import io.marketbrain.provider.mock.MockTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** The whole gateway, put together: the only place that knows every room. */
public final class Gateway implements AutoCloseable {
    private final InstantSource clock = InstantSource.system();
    private final Ticker ticker = System::nanoTime;
    private final Random random = new Random();
    private final GatewayFigures figures = new GatewayFigures(ticker);
    private final GatewayConfig config;
    private final HttpConnections connections;
    private final CoolDownStore coolDowns;
    private final MarketDataSource stack;
    private final List<Provider> providers;
    private final CacheLayer cache;
    private final CacheWarming warming;
    private final Edge edge;

    public Gateway(GatewayConfig config) {
        this.config = config;
        this.connections = new HttpConnections(config.transport());
        this.coolDowns = config.state()
                .<CoolDownStore>map(folder -> new CoolDownFile(folder.resolve("retry-after")))
                .orElse(CoolDownStore.NONE);
        this.providers = List.of(provider("binance", BinanceAdapter::new, new BinanceSymbols()));
        var registry = new Registry(providers, config.routes());
        var chance = new Random();
        this.cache = new CacheLayer(config.cache(), new NoSharedTier(), modes(), ticker, clock, chance);
        // The request stack, in the order in which a request meets it.
        this.stack = Stack.outermostFirst(new QosLayer(config.qos(), ticker), cache)
                .over(new Orchestration(registry, config.orchestration(), ticker));
        this.warming = new CacheWarming(config.warming(), stack, registry, ticker, chance);
        figures.show(cache, warming::warm);
        var api = new Api(config.api(), stack, registry, figures, clock, ticker, Gateway::newCallId);
        this.edge = new Edge(config.server(), api, ticker, clock);
    }

    private Provider provider(String id, Function<Descriptor, ProviderAdapter> adapter, SymbolDirectory directory) {
        Descriptor descriptor = DescriptorReader.builtIn(id);
        ProviderConfig settings = config.provider(descriptor.id());
        ModeDecision decision = ModePolicy.decide(descriptor, settings);
        boolean live = decision.mode() == Mode.LIVE;
        Route mock = mockRoute(
                descriptor,
                live ? Route.When.STAND_IN : Route.When.ALWAYS,
                live ? "stands in for " + id : decision.reason());
        if (!live) {
            return new Provider(descriptor, decision, descriptor.symbols(), List.of(mock));
        }
        var speaker = adapter.apply(descriptor);
        var transport = new HttpTransport(descriptor, settings, connections, clock);
        var coolDown = new CoolDownLayer(descriptor.id(), config.resilience().unnamedWait(), coolDowns, ticker, clock);
        var quota = new QuotaLayer(
                config.resilience().quota(),
                descriptor.rates(),
                query -> speaker.request(query).weight(),
                ticker,
                Thread::sleep);
        // Lists of symbols are fetched beside the stack, under the same limits.
        Transport polite = (request, call) -> coolDown.isWaiting() || !quota.use(request.weight())
                ? Outcome.failed(new Failure.RateLimited("quota:" + id, "not now", Duration.ofSeconds(1)))
                : transport.exchange(request, call);
        var source = new ProviderSource(descriptor.id(), Mode.LIVE, speaker, transport);
        MarketDataSource guarded = liveStack(descriptor, coolDown, quota, source);
        return new Provider(
                descriptor,
                decision,
                new ListedSymbols(descriptor, directory, polite, config.symbols(), ticker),
                List.of(new Route(descriptor.id(), Mode.LIVE, Route.When.ALWAYS, null, guarded), mock));
    }

    private Route mockRoute(Descriptor descriptor, Route.When when, String reason) {
        var mock =
                new ProviderSource(descriptor.id(), Mode.MOCK, new MockAdapter(descriptor), new MockTransport(clock));
        return new Route(
                descriptor.id(),
                Mode.MOCK,
                when,
                reason,
                Stack.outermostFirst(new NormalisationLayer(clock)).over(mock));
    }

    /** The provider stack: once around every attempt at a live provider. */
    private MarketDataSource liveStack(
            Descriptor descriptor, CoolDownLayer coolDown, QuotaLayer quota, ProviderSource source) {
        ResilienceConfig settings = config.resilience();
        return Stack.outermostFirst(
                        new NormalisationLayer(clock),
                        new PagingLayer(descriptor, clock),
                        new RetryLayer(settings.retry(), random, Thread::sleep),
                        new BreakerLayer(settings.breaker(), ticker, random),
                        coolDown,
                        quota,
                        new BulkheadLayer(descriptor.maxConnections(), settings.bulkheadWaiting()),
                        new TimeoutLayer(settings.timeout(), ticker))
                .over(source);
    }

    /** In which mode a provider answers, as a part of the cache's keys; of the route chooser, all of them. */
    private Function<ProviderId, String> modes() {
        Map<ProviderId, String> modes = new TreeMap<>();
        providers.forEach(
                p -> modes.put(p.descriptor().id(), p.decision().mode().wire()));
        String all = modes.toString();
        return id -> modes.getOrDefault(id, all);
    }

    private static CallId newCallId() {
        return new CallId(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    public int port() {
        return edge.port();
    }

    /** The request stack, and the provider stack of each provider's first route, a line each. */
    public List<String> printedStacks() {
        return Stream.concat(
                        Stream.of("request: " + stack),
                        providers.stream()
                                .map(p -> p.descriptor().id() + ": "
                                        + p.routes().getFirst().source()))
                .toList();
    }

    @Override
    public void close() {
        figures.stop();
        edge.close();
        warming.close();
        cache.close();
        connections.close();
    }
}
