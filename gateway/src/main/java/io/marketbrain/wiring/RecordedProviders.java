package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.paging.PagingLayer;
import io.marketbrain.pipeline.paging.SeriesDescriptionLayer;
import io.marketbrain.pipeline.resilience.RetryLayer;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.recording.RecordingArchive;
import io.marketbrain.provider.recording.RecordingConfig;
import io.marketbrain.provider.recording.ReplayClock;
import io.marketbrain.provider.recording.ReplayLayer;
import io.marketbrain.provider.recording.ReplayTransport;
import io.marketbrain.provider.registry.ListedSymbols;
import io.marketbrain.provider.registry.ModeDecision;
import io.marketbrain.provider.registry.Provider;
import io.marketbrain.provider.registry.SymbolListBudget;
import io.marketbrain.provider.registry.SymbolPages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Recordings in place of providers. Thread-safe. */
final class RecordedProviders {
    private final GatewayConfig config;
    private final DataChecks checks;
    private final ProviderStackReports stacks;
    private final SymbolListBudget symbolLists;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final Random random;
    private final Map<ProviderId, RecordingArchive> archives = new ConcurrentHashMap<>();

    RecordedProviders(
            GatewayConfig config,
            DataChecks checks,
            ProviderStackReports stacks,
            SymbolListBudget symbolLists,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.checks = checks;
        this.stacks = stacks;
        this.symbolLists = symbolLists;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    /**
     * A recording behind the layers that read and check a provider's responses, without those that limit or delay calls. A retry
     * after a failed response gets the next recording of the request.
     */
    Provider open(Descriptor descriptor, ModeDecision decision) {
        ProviderId id = descriptor.id();
        ProviderModule module = BuiltInProviders.module(descriptor);
        var settings = config.recording();
        var archive = RecordingArchive.open(settings.replayFolder().orElseThrow(), descriptor);
        archives.put(id, archive);
        var recorded = new ReplayClock(archive, settings.clock(), clock);
        var providerClock = new ProviderClock();
        var source = new ProviderSource(
                module,
                Mode.REPLAY,
                new ReplayTransport(descriptor, archive, recorded),
                checks.driftGuard(module, Mode.REPLAY),
                Optional.of(providerClock),
                checks.errors(id));
        List<Layer> layers =
                layers(module, archive, recorded, checks.quality(descriptor, Mode.REPLAY, providerClock), source);
        layers.add(new RetryLayer(config.resilience().retry(), random, _ -> {}, module::isRepeatable));
        MarketDataSource guarded = stacks.over(id.value(), source, layers.toArray(Layer[]::new));
        SymbolRules symbols = archive.hasSymbolList() && !module.symbolLists().isEmpty()
                ? new ListedSymbols(
                        id,
                        module.symbols(),
                        module.symbolLists(),
                        new SymbolPages(source, Thread::sleep),
                        config.symbols(),
                        symbolLists,
                        nanoClock)
                : module.symbols();
        return provider(descriptor, decision, symbols, guarded);
    }

    /**
     * The recording of a provider at another clock: the last response before then to each request. Each response is checked alone, so
     * that no request changes what another one gets. Empty if the provider is not replayed.
     *
     * @param symbols those of the provider that {@link #open} has returned, if it is in use
     */
    Optional<Provider> findAt(InstantSource at, IndexedDescriptor entry, Supplier<Optional<SymbolRules>> symbols) {
        return Optional.ofNullable(archives.get(entry.id()))
                .map(archive -> recorded(entry.descriptor().get(), archive.at(at), at, symbols.get()));
    }

    private Provider recorded(
            Descriptor descriptor, RecordingArchive archive, InstantSource at, Optional<SymbolRules> symbols) {
        ProviderModule module = BuiltInProviders.module(descriptor);
        var time = new ReplayClock(archive, RecordingConfig.ReplayTime.RECORDED, at);
        var source = new ProviderSource(module, Mode.REPLAY, new ReplayTransport(descriptor, archive, time));
        MarketDataSource guarded = LayerStack.outermostFirst(
                        layers(module, archive, time, checks.quality(descriptor), source)
                                .toArray(Layer[]::new))
                .over(source);
        var decision = new ModeDecision(Mode.REPLAY, "the request is at a time of the recording");
        return provider(descriptor, decision, symbols.orElse(module.symbols()), guarded);
    }

    /** The layers that read and check what {@code source} has recorded. */
    private List<Layer> layers(
            ProviderModule module, RecordingArchive archive, ReplayClock time, Layer quality, MarketDataSource source) {
        List<Layer> layers = new ArrayList<>(
                List.of(new ReplayLayer(archive, module.symbols(), time), quality, new NormalisationLayer(time)));
        if (module.describesSeries()) {
            layers.add(new SeriesDescriptionLayer(source, nanoClock));
        }
        layers.add(new PagingLayer(LiveProviders.paging(module.descriptor()), time));
        return layers;
    }

    private static Provider provider(
            Descriptor descriptor, ModeDecision decision, SymbolRules symbols, MarketDataSource guarded) {
        var route = new Route(descriptor.id(), Mode.REPLAY, Route.When.ALWAYS, null, guarded);
        return new Provider(descriptor, decision, symbols, List.of(route));
    }
}
