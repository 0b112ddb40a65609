package io.marketbrain.provider.mock;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.Descriptor;
import io.marketbrain.provider.DescriptorReader;
import io.marketbrain.provider.Lazy;
import io.marketbrain.provider.ProviderModule;
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
    private final Lazy<Clothes> clothes = new Lazy<>(Clothes::builtIn);
    private final Lazy<Descriptor> descriptor = new Lazy<>(this::readDescriptor);

    public MockMarket(MockConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.markets = new Markets(config);
        this.series = new MacroSeries(markets);
        this.news = new NewsDesk(markets, config.seed());
    }

    /** This world in a provider's clothes: its symbols, its precision, its venue. */
    public ProviderSource standIn(Descriptor provider) {
        return new ProviderSource(
                new ProviderModule(
                        provider.onUsualTerms(descriptor().payloads()),
                        new MockAdapter(provider, clothes.get().of(provider.id()))),
                Mode.MOCK,
                new MockTransport(provider.id(), this, clock));
    }

    /** The mock market as a provider of its own, for those who ask for it by name. */
    public Descriptor descriptor() {
        return descriptor.get();
    }

    private Descriptor readDescriptor() {
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
