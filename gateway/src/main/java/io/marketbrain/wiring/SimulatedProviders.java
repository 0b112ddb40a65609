package io.marketbrain.wiring;

import io.marketbrain.api.mounting.SimulatedMarket;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.orchestration.OrchestrationConfig;
import io.marketbrain.pipeline.orchestration.Orchestrator;
import io.marketbrain.pipeline.qos.QosLayer;
import io.marketbrain.pipeline.stream.ChannelQuery;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.provider.mock.MockProvider;
import io.marketbrain.provider.registry.ModeDecision;
import io.marketbrain.provider.registry.Provider;
import io.marketbrain.provider.registry.ProviderRegistry;
import io.marketbrain.provider.registry.RegisteredProvider;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The mock market in place of every provider at any clock, for the time machine, or the recording of a provider in replay mode:
 * behind the limit of requests that are processed at once, without a cache, and without simulated faults, so that the same instant
 * has the same data. Thread-safe.
 */
final class SimulatedProviders {
    private static final ModeDecision REQUESTED = new ModeDecision(Mode.MOCK, "the request is at a simulated time");

    private final GatewayConfig config;
    private final ProviderWiring providers;
    private final MockProvider market;
    private final QosLayer qos;
    private final NanoClock nanoClock;

    SimulatedProviders(GatewayConfig config, ProviderWiring providers, QosLayer qos, NanoClock nanoClock) {
        this.config = config;
        this.providers = providers;
        this.market = providers.mockMarket();
        this.qos = qos;
        this.nanoClock = nanoClock;
    }

    SimulatedMarket at(InstantSource clock) {
        MockProvider then = market.at(clock);
        List<RegisteredProvider> all = new ArrayList<>();
        config.descriptors()
                .forEach(entry -> all.add(providers
                        .findRecorded(entry, clock)
                        .orElseGet(() -> new RegisteredProvider(
                                entry.id(),
                                REQUESTED,
                                new Lazy<>(() -> provider(entry.descriptor().get(), then, clock))))));
        all.add(new RegisteredProvider(
                ProviderId.MOCK, REQUESTED, new Lazy<>(() -> provider(then.descriptor(), then, clock))));
        var registry = new ProviderRegistry(all, config.routes());
        var orchestration = new Orchestrator(registry, OrchestrationConfig.defaults(), nanoClock);
        return new SimulatedMarket(
                LayerStack.outermostFirst(qos).over(orchestration), registry, wanted -> channel(registry, wanted));
    }

    private static Outcome<Channel> channel(ProviderRegistry registry, Channel wanted) {
        return registry.routes(ChannelQuery.of(wanted))
                .map(List::getFirst)
                .map(route -> new Channel(route.provider(), wanted.instrument(), wanted.kind()));
    }

    private static Provider provider(Descriptor descriptor, MockProvider market, InstantSource clock) {
        var source = LayerStack.outermostFirst(new NormalisationLayer(clock)).over(market.standIn(descriptor));
        var route = new Route(descriptor.id(), Mode.MOCK, Route.When.ALWAYS, REQUESTED.reason(), source);
        return new Provider(descriptor, REQUESTED, market.symbols(descriptor), List.of(route));
    }
}
