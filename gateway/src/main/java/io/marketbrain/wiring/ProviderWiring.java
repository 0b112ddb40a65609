package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.ScriptRunner;
import io.marketbrain.pipeline.budget.Ledger;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.mock.MockProvider;
import io.marketbrain.provider.recording.RecordingWriter;
import io.marketbrain.provider.registry.ListedSymbols;
import io.marketbrain.provider.registry.ModeDecision;
import io.marketbrain.provider.registry.ModePolicy;
import io.marketbrain.provider.registry.Provider;
import io.marketbrain.provider.registry.RegisteredProvider;
import io.marketbrain.provider.registry.SymbolListBudget;
import io.marketbrain.provider.transport.HttpConnections;
import io.marketbrain.telemetry.Metric;
import io.marketbrain.wiring.metrics.MemoryMetrics;
import io.marketbrain.wiring.metrics.RecordingMetrics;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Assembles the providers: each with its routes and the stack around every attempt. A provider in mock mode is
 * built when it is first needed; a live one at the start, so that its limits are reported from then on.
 */
public final class ProviderWiring {
    private final GatewayConfig config;
    private final HttpConnections connections;
    private final MockProvider mockProvider;
    private final SymbolListBudget symbolLists =
            SymbolListBudget.ofHeap(Runtime.getRuntime().maxMemory());
    private final Optional<RecordingWriter> recorder;
    private final DataChecks checks;
    private final ProviderStackReports stacks = new ProviderStackReports();
    private final MockRoutes mocks;
    private final LiveProviders live;
    private final RecordedProviders recordings;
    private final List<RegisteredProvider> all = new ArrayList<>();

    public ProviderWiring(
            GatewayConfig config,
            HttpConnections connections,
            Ledger ledger,
            Optional<ScriptRunner> scripts,
            FileProblems files,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.connections = connections;
        this.mockProvider = new MockProvider(config.mock(), clock);
        this.recorder = config.recording()
                .folder()
                .map(_ -> new RecordingWriter(config.recording(), config.secrets(), files, nanoClock));
        recorder.ifPresent(stacks::add);
        this.checks = new DataChecks(config, stacks, files, clock, nanoClock);
        this.mocks = new MockRoutes(config, mockProvider, stacks, clock, nanoClock, random);
        this.live = new LiveProviders(
                config,
                connections,
                ledger,
                scripts,
                files,
                recorder,
                checks,
                stacks,
                mocks,
                symbolLists,
                clock,
                nanoClock,
                random);
        this.recordings = new RecordedProviders(config, checks, stacks, symbolLists, clock, nanoClock, random);
        config.descriptors().forEach(entry -> all.add(registered(entry, config.provider(entry.id()))));
        var byName = new ModeDecision(Mode.MOCK, "the mock market was requested by name");
        all.add(new RegisteredProvider(
                ProviderId.MOCK,
                byName,
                new Lazy<>(() -> mocks.provider(mockProvider.descriptor(), Route.When.ALWAYS, byName))));
    }

    /** Every provider, in the order of the index, and the mock market by its own name. */
    public List<RegisteredProvider> all() {
        return all;
    }

    /** The metrics of the heap that payloads in flight and symbol lists take, of the quality checks and of the recorder. */
    public List<Metric> metrics() {
        List<Metric> metrics =
                new ArrayList<>(MemoryMetrics.of(connections.budget().figures(), symbolLists.figures()));
        metrics.add(checks.metric());
        recorder.ifPresent(to -> metrics.addAll(RecordingMetrics.of(to.counters())));
        return metrics;
    }

    /** The quality checks of a provider, which its feed passes too; empty if its data is not checked. */
    public Optional<QualityLayer> findQuality(ProviderId provider) {
        return checks.findQuality(provider);
    }

    /** What the stacks of the providers in use report. */
    public ProviderStackReports stacks() {
        return stacks;
    }

    /** The simulated market, which can replace any provider. */
    MockProvider mockMarket() {
        return mockProvider;
    }

    /** The providers in live mode. */
    LiveProviders live() {
        return live;
    }

    /** The steps of an instrument's prices and sizes at a provider: the mock market's, or those in the list of a live one. */
    Optional<PriceSteps.Steps> findSteps(ProviderId provider, Instrument instrument) {
        return find(provider)
                .flatMap(one -> one.decision().mode() == Mode.MOCK
                        ? Optional.of(new PriceSteps.Steps(
                                mockProvider.tick(provider, instrument), mockProvider.lot(provider, instrument)))
                        : listedSteps(one.opened().get().symbols(), instrument));
    }

    private static Optional<PriceSteps.Steps> listedSteps(SymbolRules symbols, Instrument instrument) {
        return symbols instanceof ListedSymbols listed
                ? listed.findFacts(instrument).flatMap(ProviderWiring::steps)
                : Optional.empty();
    }

    private static Optional<PriceSteps.Steps> steps(SymbolFacts facts) {
        BigDecimal tick = facts.tick();
        BigDecimal lot = facts.lot();
        return tick == null || lot == null ? Optional.empty() : Optional.of(new PriceSteps.Steps(tick, lot));
    }

    /** The stacks of each provider, a line each, as they are printed in ARCHITECTURE.md. Builds every provider. */
    public List<String> printed() {
        List<String> lines = new ArrayList<>();
        for (RegisteredProvider registered : all) {
            Provider provider = registered.opened().get();
            lines.add(registered.id() + ": " + provider.routes().getFirst().source());
            if (provider.symbols() instanceof ListedSymbols listed) {
                lines.add(registered.id() + " symbols: " + listed);
            }
        }
        return lines;
    }

    /**
     * A provider whose descriptor is new or has changed while the gateway runs, instead of the one with that id. Credentials
     * that were not known at the start are not used, because the log would not mask them.
     */
    RegisteredProvider rebuilt(IndexedDescriptor entry, ProviderConfig settings) {
        forget(entry.id());
        boolean known = Stream.concat(settings.key().stream(), settings.secret().stream())
                .allMatch(config.secrets()::contains);
        if (known) {
            return registered(entry, settings);
        }
        var decision = new ModeDecision(
                Mode.MOCK, "its credentials were configured after the start: restart the gateway to use them");
        return new RegisteredProvider(
                entry.id(),
                decision,
                new Lazy<>(() -> mocks.provider(entry.descriptor().get(), ModePolicy.mock(settings), decision)));
    }

    /** Forgets what was reported about a provider that is replaced or gone. */
    void forget(ProviderId id) {
        stacks.remove(id);
        live.forget(id);
        checks.forget(id);
    }

    private RegisteredProvider registered(IndexedDescriptor entry, ProviderConfig settings) {
        ModeDecision decision = ModePolicy.decide(entry, settings);
        return switch (decision.mode()) {
            case LIVE -> RegisteredProvider.of(live.open(entry.descriptor().get(), decision, settings));
            case REPLAY ->
                RegisteredProvider.of(recordings.open(entry.descriptor().get(), decision));
            case MOCK ->
                new RegisteredProvider(
                        entry.id(),
                        decision,
                        new Lazy<>(
                                () -> mocks.provider(entry.descriptor().get(), ModePolicy.mock(settings), decision)));
        };
    }

    /**
     * The recording of a provider in replay mode at another clock: the last response before then to each request. Each response is
     * checked alone, so that no request changes what another one gets. Empty if the provider is not replayed.
     */
    Optional<RegisteredProvider> findRecorded(IndexedDescriptor entry, InstantSource at) {
        return recordings
                .findAt(
                        at,
                        entry,
                        () -> find(entry.id()).map(one -> one.opened().get().symbols()))
                .map(RegisteredProvider::of);
    }

    private Optional<RegisteredProvider> find(ProviderId id) {
        return all.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Stops the background work of the providers and stores their quotas. */
    public void close() {
        recorder.ifPresent(RecordingWriter::close);
        stacks.close();
    }
}
