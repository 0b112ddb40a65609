package io.marketbrain;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.CostModel;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.SharedScripts;
import io.marketbrain.pipeline.Stack;
import io.marketbrain.pipeline.budget.BudgetLayer;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.paging.PagingConfig;
import io.marketbrain.pipeline.paging.PagingLayer;
import io.marketbrain.pipeline.resilience.BreakerLayer;
import io.marketbrain.pipeline.resilience.BulkheadConfig;
import io.marketbrain.pipeline.resilience.BulkheadLayer;
import io.marketbrain.pipeline.resilience.CoolDownLayer;
import io.marketbrain.pipeline.resilience.CoolDownStore;
import io.marketbrain.pipeline.resilience.QuotaLayer;
import io.marketbrain.pipeline.resilience.QuotaMemory;
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
import io.marketbrain.provider.Provider;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderConfig;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.SymbolDirectory;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.binance.BinanceAdapter;
import io.marketbrain.provider.binance.BinanceSymbols;
import io.marketbrain.provider.coinbase.CoinbaseAdapter;
import io.marketbrain.provider.coinbase.CoinbaseSymbols;
import io.marketbrain.provider.kraken.KrakenAdapter;
import io.marketbrain.provider.kraken.KrakenSymbols;
import io.marketbrain.provider.mock.Faults;
import io.marketbrain.provider.mock.MockMarket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** The providers, put together: each with its routes and the stack around every attempt at it. */
final class GatewayProviders {
    private final GatewayConfig config;
    private final HttpConnections connections;
    private final Ledger ledger;
    private final GatewayFigures figures;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Random random;
    private final CoolDownStore coolDowns;
    private final MockMarket sandbox;
    private final Optional<SharedScripts> scripts;
    private final List<QuotaLayer> quotas = new ArrayList<>();

    GatewayProviders(
            GatewayConfig config,
            HttpConnections connections,
            Ledger ledger,
            Optional<SharedScripts> scripts,
            GatewayFigures figures,
            InstantSource clock,
            Ticker ticker,
            Random random) {
        this.config = config;
        this.connections = connections;
        this.ledger = ledger;
        this.scripts = scripts;
        this.figures = figures;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.coolDowns = CoolDownStore.in(config.state());
        this.sandbox = new MockMarket(config.mock(), clock);
    }

    List<Provider> all() {
        return List.of(
                provider("binance", BinanceAdapter::new, _ -> new BinanceSymbols()),
                provider("coinbase", CoinbaseAdapter::new, _ -> new CoinbaseSymbols()),
                provider("kraken", KrakenAdapter::new, KrakenSymbols::new),
                mockProvider());
    }

    /** Keeps what a restart is to know of the quotas. */
    void close() {
        quotas.forEach(QuotaLayer::close);
    }

    private Provider provider(
            String id, Function<Descriptor, ProviderAdapter> adapter, Function<Descriptor, SymbolDirectory> directory) {
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
                QuotaMemory.of(descriptor.id(), scripts, config.state(), clock, random),
                ticker,
                Thread::sleep);
        quotas.add(quota);
        figures.show(descriptor.id(), quota);
        CostModel costs = config.budgets().costs(descriptor.id(), descriptor.costs());
        // Lists of symbols are fetched beside the stack, under the same limits.
        Transport polite = (request, call) -> coolDown.isWaiting() || !quota.use(request.weight())
                ? Outcome.failed(new Failure.RateLimited("quota:" + id, "not now", Duration.ofSeconds(1)))
                : ledger.pay(descriptor.id(), call.caller().name(), costs.ofOtherCall(request.weight()))
                        .then(_ -> transport.exchange(request, call));
        var source = new ProviderSource(descriptor.id(), Mode.LIVE, speaker, transport);
        var budget = new BudgetLayer(costs, query -> speaker.request(query).weight(), ledger);
        MarketDataSource guarded = liveStack(descriptor, coolDown, quota, budget, source);
        return new Provider(
                descriptor,
                decision,
                new ListedSymbols(descriptor, directory.apply(descriptor), polite, config.symbols(), ticker),
                List.of(new Route(descriptor.id(), Mode.LIVE, Route.When.ALWAYS, null, guarded), mock));
    }

    private Provider mockProvider() {
        Descriptor descriptor = sandbox.descriptor();
        var decision = new ModeDecision(Mode.MOCK, "the mock market was asked for by name");
        Route route = mockRoute(descriptor, Route.When.ALWAYS, decision.reason());
        return new Provider(descriptor, decision, descriptor.symbols(), List.of(route));
    }

    /** The mock market in a provider's clothes; while outages are rehearsed, behind the guards of a live provider. */
    private Route mockRoute(Descriptor descriptor, Route.When when, String reason) {
        Stack stack = config.mock().faults().equals(Faults.NONE)
                ? Stack.outermostFirst(new NormalisationLayer(clock))
                : rehearsal(descriptor);
        figures.show(descriptor.id() + " (mock)", stack);
        return new Route(descriptor.id(), Mode.MOCK, when, reason, stack.over(sandbox.standIn(descriptor)));
    }

    /** A live provider's guards, without quota and budget: a rehearsal costs nothing. */
    private Stack rehearsal(Descriptor descriptor) {
        ResilienceConfig settings = config.resilience();
        return Stack.outermostFirst(
                new NormalisationLayer(clock),
                new RetryLayer(settings.retry(), random, Thread::sleep),
                new BreakerLayer(settings.breaker(), ticker, random),
                new CoolDownLayer(descriptor.id(), settings.unnamedWait(), CoolDownStore.NONE, ticker, clock),
                bulkhead(descriptor),
                new TimeoutLayer(settings.timeout(), ticker));
    }

    /** Background work has the share of a provider's places that it has of the gateway's permits. */
    private BulkheadLayer bulkhead(Descriptor descriptor) {
        var shares = config.qos();
        var settings =
                new BulkheadConfig(config.resilience().bulkheadWaiting(), shares.lowPercent(), shares.lowStarvation());
        return new BulkheadLayer(descriptor.maxConnections(), settings, ticker);
    }

    /** The provider stack: once around every attempt at a live provider. */
    private MarketDataSource liveStack(
            Descriptor descriptor,
            CoolDownLayer coolDown,
            QuotaLayer quota,
            BudgetLayer budget,
            ProviderSource source) {
        ResilienceConfig settings = config.resilience();
        var stack = Stack.outermostFirst(
                new NormalisationLayer(clock),
                new PagingLayer(
                        new PagingConfig(descriptor.name(), descriptor.candlePaging(), descriptor.pageSize()), clock),
                new RetryLayer(settings.retry(), random, Thread::sleep),
                new BreakerLayer(settings.breaker(), ticker, random),
                coolDown,
                quota,
                bulkhead(descriptor),
                budget,
                new TimeoutLayer(settings.timeout(), ticker));
        figures.show(descriptor.id().value(), stack);
        return stack.over(source);
    }
}
