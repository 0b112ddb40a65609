package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.resilience.BreakerLayer;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.pipeline.resilience.RetryAfterLayer;
import io.marketbrain.pipeline.resilience.RetryAfterStore;
import io.marketbrain.pipeline.resilience.RetryLayer;
import io.marketbrain.pipeline.resilience.TimeoutLayer;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mock.FaultInjection;
import io.marketbrain.provider.mock.MockProvider;
import io.marketbrain.provider.registry.ModeDecision;
import io.marketbrain.provider.registry.Provider;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** The mock market in place of providers; if faults are simulated, behind the resilience layers of a live provider. Thread-safe. */
final class MockRoutes {
    private final GatewayConfig config;
    private final MockProvider market;
    private final ProviderStackReports stacks;
    private final InstantSource clock;
    private final NanoClock nanoClock;
    private final Random random;

    MockRoutes(
            GatewayConfig config,
            MockProvider market,
            ProviderStackReports stacks,
            InstantSource clock,
            NanoClock nanoClock,
            Random random) {
        this.config = config;
        this.market = market;
        this.stacks = stacks;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    /** A provider that is nothing but the mock market. */
    Provider provider(Descriptor descriptor, Route.When when, ModeDecision decision) {
        Route route = route(descriptor, when, decision.reason());
        return new Provider(descriptor, decision, market.symbols(descriptor), List.of(route));
    }

    /** The route to the mock market in place of a provider. */
    Route route(Descriptor descriptor, Route.When when, String reason) {
        Layer[] layers = config.mock().faults().equals(FaultInjection.NONE)
                ? new Layer[] {new NormalisationLayer(clock)}
                : rehearsal(descriptor);
        return new Route(
                descriptor.id(),
                Mode.MOCK,
                when,
                reason,
                stacks.over(ProviderStackReports.mockName(descriptor.id()), market.standIn(descriptor), layers));
    }

    /** A live provider's resilience layers without quota and budget, because simulated calls cost nothing. */
    private Layer[] rehearsal(Descriptor descriptor) {
        ResilienceConfig settings = config.resilience();
        return new Layer[] {
            new NormalisationLayer(clock),
            new RetryLayer(settings.retry(), random, Thread::sleep),
            new BreakerLayer(settings.breaker(), nanoClock, random),
            new RetryAfterLayer(descriptor.id(), settings.unnamedWait(), RetryAfterStore.NONE, nanoClock, clock),
            LiveProviders.bulkhead(config, descriptor, nanoClock),
            new TimeoutLayer(settings.timeout(), nanoClock)
        };
    }
}
