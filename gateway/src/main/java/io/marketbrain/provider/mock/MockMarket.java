package io.marketbrain.provider.mock;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.DescriptorReader;
import io.marketbrain.provider.ProviderSource;
import java.time.InstantSource;

/**
 * The sandbox: one deterministic world that stands in for any provider. Thread-safe; nothing in it is stored but markets
 * that are ready to be computed.
 */
public final class MockMarket {

    private final MockConfig config;
    private final InstantSource clock;
    private final Markets markets;
    private final MacroSeries series;
    private final NewsDesk news;
    private final Clothes clothes;
    private final Descriptor descriptor;

    public MockMarket(MockConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.markets = new Markets(config);
        this.series = new MacroSeries(markets);
        this.news = new NewsDesk(markets, config.seed());
        this.clothes = Clothes.builtIn();
        this.descriptor =
                DescriptorReader.builtIn(ProviderId.MOCK.value()).withSymbols(new MockSymbols(config.assets()));
    }

    /** This world in a provider's clothes: its symbols, its precision, its venue. */
    public ProviderSource standIn(Descriptor provider) {
        return new ProviderSource(
                provider.id(),
                Mode.MOCK,
                new MockAdapter(provider, clothes.of(provider.id())),
                new MockTransport(provider.id(), this, clock),
                descriptor.payloads());
    }

    /** The mock market as a provider of its own, for those who ask for it by name. */
    public Descriptor descriptor() {
        return descriptor;
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
