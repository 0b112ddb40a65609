package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.budget.BudgetLayer;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.paging.PagingConfig;
import io.marketbrain.pipeline.paging.PagingLayer;
import io.marketbrain.pipeline.paging.SeriesDescriptionLayer;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.resilience.BreakerLayer;
import io.marketbrain.pipeline.resilience.BulkheadConfig;
import io.marketbrain.pipeline.resilience.BulkheadLayer;
import io.marketbrain.pipeline.resilience.QuotaLayer;
import io.marketbrain.pipeline.resilience.QuotaMemory;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.pipeline.resilience.RetryAfterLayer;
import io.marketbrain.pipeline.resilience.RetryAfterStore;
import io.marketbrain.pipeline.resilience.RetryLayer;
import io.marketbrain.pipeline.resilience.TimeoutLayer;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.recording.RecordingWriter;
import io.marketbrain.provider.registry.ListedSymbols;
import io.marketbrain.provider.registry.ModeDecision;
import io.marketbrain.provider.registry.ModePolicy;
import io.marketbrain.provider.registry.Provider;
import io.marketbrain.provider.registry.SymbolListBudget;
import io.marketbrain.provider.registry.SymbolPages;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.provider.transport.HttpTransport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Providers that are asked themselves: the stack around every attempt, their symbol lists, and the addresses of their feeds. Thread-safe. */
final class LiveProviders {
    private final GatewayConfig config;
    private final HttpConnections connections;
    private final Ledger ledger;
    private final Optional<ScriptRunner> scripts;
    private final FileProblems files;
    private final RetryAfterStore coolDowns;
    private final Optional<RecordingWriter> recorder;
    private final DataChecks checks;
    private final ProviderStackReports stacks;
    private final MockRoutes mocks;
    private final SymbolListBudget symbolLists;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final Random random;
    private final Map<ProviderId, AddressExchange> addressExchanges = new ConcurrentHashMap<>();

    LiveProviders(
            GatewayConfig config,
            HttpConnections connections,
            Ledger ledger,
            Optional<ScriptRunner> scripts,
            FileProblems files,
            Optional<RecordingWriter> recorder,
            DataChecks checks,
            ProviderStackReports stacks,
            MockRoutes mocks,
            SymbolListBudget symbolLists,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.connections = connections;
        this.ledger = ledger;
        this.scripts = scripts;
        this.files = files;
        this.coolDowns = RetryAfterStore.in(config.state(), clock, files);
        this.recorder = recorder;
        this.checks = checks;
        this.stacks = stacks;
        this.mocks = mocks;
        this.symbolLists = symbolLists;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    /**
     * A provider that is asked itself, with its limits and, where the settings allow it, the simulated market as a stand-in.
     *
     * @param own the settings of the provider
     */
    Provider open(Descriptor documented, ModeDecision decision, ProviderConfig own) {
        Descriptor descriptor = documented.withRates(own.rates());
        ProviderId id = descriptor.id();
        ProviderModule module = BuiltInProviders.module(descriptor);
        var transport =
                new HttpTransport(descriptor, own, connections, clock, recorder.map(to -> to.recorder(descriptor)));
        var providerClock = new ProviderClock();
        var source = new ProviderSource(
                module,
                Mode.LIVE,
                transport,
                checks.driftGuard(module, Mode.LIVE),
                Optional.of(providerClock),
                checks.errors(id));
        QualityLayer quality = checks.quality(descriptor, Mode.LIVE, providerClock);
        ResilienceConfig settings = config.resilience();
        var coolDown = new RetryAfterLayer(id, settings.unnamedWait(), coolDowns, nanoClock, clock);
        var quota = new QuotaLayer(
                settings.quota(),
                descriptor.limits().rates(),
                module::weight,
                QuotaMemory.of(id, scripts, config.state(), clock, random, files),
                nanoClock,
                Thread::sleep);
        stacks.add(id, quota);
        var bulkhead = bulkhead(config, descriptor, nanoClock);
        var budget = new BudgetLayer(config.budgets().costs(id, descriptor.costs()), module::weight, ledger);
        stacks.add(id, budget);
        // Whether a bar is over, and which is the last, is decided by the provider's clock.
        InstantSource providerTime = providerClock.over(clock);
        // The provider stack, around every attempt at a live provider.
        List<Layer> layers = new ArrayList<>(List.of(quality, new NormalisationLayer(providerTime)));
        if (module.describesSeries()) {
            // A separate stack: the breaker and the retries of values do not count requests for descriptions.
            MarketDataSource descriptions = LayerStack.outermostFirst(
                            coolDown, quota, bulkhead, budget, new TimeoutLayer(settings.timeout(), nanoClock))
                    .over(source);
            layers.add(new SeriesDescriptionLayer(descriptions, nanoClock));
        }
        layers.addAll(List.of(
                new PagingLayer(paging(descriptor), providerTime),
                new RetryLayer(settings.retry(), random, Thread::sleep, module::isRepeatable),
                new BreakerLayer(settings.breaker(), nanoClock, random),
                coolDown,
                quota,
                bulkhead,
                budget,
                new TimeoutLayer(settings.timeout(), nanoClock)));
        MarketDataSource guarded = stacks.over(id.value(), source, layers.toArray(Layer[]::new));
        // The symbol list has a separate stack that shares layers with the first. The bulkhead must be the same object:
        // nothing behind it limits the number of connections to the provider.
        List<SymbolListTerms> lists = module.symbolLists();
        SymbolRules symbols = !lists.isEmpty()
                ? new ListedSymbols(
                        id,
                        module.symbols(),
                        lists,
                        new SymbolPages(
                                LayerStack.outermostFirst(coolDown, quota, bulkhead, budget)
                                        .over(source),
                                Thread::sleep),
                        config.symbols(),
                        symbolLists,
                        nanoClock)
                : module.symbols();
        addressExchanges.put(id, new AddressExchange(id, transport, coolDown, quota, bulkhead, budget));
        Route mock = mocks.route(descriptor, ModePolicy.standIn(own), "stands in for " + id);
        return new Provider(
                descriptor,
                decision,
                symbols,
                List.of(new Route(id, Mode.LIVE, Route.When.ALWAYS, null, guarded), mock));
    }

    /** Sends a request for the address of a provider's feed, within the limits of its other requests. */
    Outcome<byte[]> requestAddress(ProviderId provider, ProviderRequest request, Call call) {
        AddressExchange exchange = addressExchanges.get(provider);
        return exchange == null
                ? Outcome.failed(new Failure.Unreachable(provider, provider + " is not live"))
                : exchange.send(request, call);
    }

    /** Forgets a provider that is replaced or gone. */
    void forget(ProviderId id) {
        addressExchanges.remove(id);
    }

    /** How pages of candles are requested of a provider. */
    static PagingConfig paging(Descriptor descriptor) {
        var limits = descriptor.limits();
        return new PagingConfig(
                descriptor.name(),
                limits.candlePaging(),
                limits.pageSize(),
                limits.contractPageSize(),
                limits.longestWindow());
    }

    /** Background work gets the same share of a provider's connections as of the gateway's permits. */
    static BulkheadLayer bulkhead(GatewayConfig config, Descriptor descriptor, NanoClock nanoClock) {
        var shares = config.qos();
        var settings =
                new BulkheadConfig(config.resilience().bulkheadWaiting(), shares.lowPercent(), shares.lowStarvation());
        return new BulkheadLayer(descriptor.limits().maxConnections(), settings, nanoClock);
    }
}
