package io.marketbrain;

import io.marketbrain.api.Api;
import io.marketbrain.api.Edge;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.Stack;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.orchestration.Orchestration;
import io.marketbrain.pipeline.qos.QosLayer;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.DescriptorReader;
import io.marketbrain.provider.ModeDecision;
import io.marketbrain.provider.ModePolicy;
import io.marketbrain.provider.Provider;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.Registry;
import io.marketbrain.provider.mock.MockAdapter;
import io.marketbrain.provider.mock.MockTransport;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The whole gateway, put together: the only place that knows every room. */
public final class Gateway implements AutoCloseable {
    private final InstantSource clock = InstantSource.system();
    private final Ticker ticker = System::nanoTime;
    private final GatewayFigures figures = new GatewayFigures(ticker);
    private final GatewayConfig config;
    private final MarketDataSource stack;
    private final List<Provider> providers;
    private final Edge edge;

    public Gateway(GatewayConfig config) {
        this.config = config;
        this.providers = List.of(provider("binance"));
        var registry = new Registry(providers);
        // The request stack, in the order in which a request meets it.
        this.stack = Stack.outermostFirst(new QosLayer(config.qos(), ticker))
                .over(new Orchestration(registry, config.orchestration(), ticker));
        var api = new Api(config.api(), stack, registry, figures, clock, ticker, Gateway::newCallId);
        this.edge = new Edge(config.server(), api);
    }

    private Provider provider(String id) {
        Descriptor descriptor = DescriptorReader.builtIn(id);
        ModeDecision decision = ModePolicy.decide(descriptor, config.provider(descriptor.id()));
        var mock =
                new ProviderSource(descriptor.id(), Mode.MOCK, new MockAdapter(descriptor), new MockTransport(clock));
        return new Provider(
                descriptor,
                decision,
                List.of(new Route(
                        descriptor.id(), Mode.MOCK, Route.When.ALWAYS, decision.reason(), providerStack(mock))));
    }

    /** The provider stack: once around every attempt at a provider. */
    private MarketDataSource providerStack(ProviderSource source) {
        return Stack.outermostFirst(new NormalisationLayer(clock)).over(source);
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
    }
}
