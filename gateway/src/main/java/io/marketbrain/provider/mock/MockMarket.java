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
 * A deterministic simulated market that can replace any provider. Thread-safe; the only thing it keeps in memory is a
 * bounded set of {@link Markets}.
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
        this.markets = new Markets(config.seed(), config.maxMarkets(), config.assets());
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

    /** The descriptor of the provider {@code mock}, for callers who request it by name. */
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
