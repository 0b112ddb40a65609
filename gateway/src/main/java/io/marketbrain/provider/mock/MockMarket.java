package io.marketbrain.provider.mock;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.DescriptorReader;
import io.marketbrain.provider.ProviderSource;
import java.time.InstantSource;

/**
 * A deterministic simulated market that can replace any provider. Thread-safe; the only thing it keeps in memory is a
 * bounded set of {@link Markets}.
 */
public final class MockMarket {

    private final MockConfig config;
    private final InstantSource clock;
    private final Markets markets;
    private final MacroSeries series;
    private final NewsDesk news;
    private final Clothes tickSizes;

    public MockMarket(MockConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.markets = new Markets(config);
        this.series = new MacroSeries(markets);
        this.news = new NewsDesk(markets, config.seed());
        this.tickSizes = Clothes.builtIn();
    }

    /** The mock market in place of a provider: with its symbols, precision and venue. */
    public ProviderSource standIn(Descriptor descriptor) {
        return new ProviderSource(
                descriptor.id(),
                Mode.MOCK,
                new MockAdapter(descriptor, tickSizes.of(descriptor.id())),
                new MockTransport(descriptor.id(), this, clock));
    }

    /** The descriptor of the provider {@code mock}, for callers who request it by name. */
    public Descriptor descriptor() {
        return DescriptorReader.builtIn(ProviderId.MOCK.value()).withSymbols(new MockSymbols(config.assets()));
    }

    MockConfig config() {
        return config;
    }

    Markets markets() {
        return markets;
    }

    MacroSeries series() {
        return series;
    }

    NewsDesk news() {
        return news;
    }
}
