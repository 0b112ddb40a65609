package io.marketbrain.provider.mock;

import io.marketbrain.mock.Asset;
import io.marketbrain.mock.MacroSeries;
import io.marketbrain.mock.Markets;
import io.marketbrain.mock.NewsGenerator;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Lazy;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A deterministic simulated market that can replace any provider. Thread-safe; the only thing it keeps in memory is a
 * bounded set of {@link Markets}.
 */
public final class MockProvider {

    private final MockConfig config;
    private final InstantSource clock;
    private final Markets markets;
    private final MacroSeries series;
    private final MarketSeries marketSeries;
    private final NewsGenerator news;
    private final Lazy<TickSizes> tickSizes;
    private final Lazy<Descriptor> descriptor;

    public MockProvider(MockConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.markets = new Markets(config.seed(), config.maxMarkets(), config.assets());
        this.series = new MacroSeries(markets);
        this.marketSeries = new MarketSeries(markets);
        this.news = new NewsGenerator(markets, config.seed());
        this.tickSizes = new Lazy<>(TickSizes::builtIn);
        this.descriptor = new Lazy<>(this::readDescriptor);
    }

    /** The same market at another clock, without faults. */
    private MockProvider(MockProvider other, InstantSource clock) {
        this.config = other.config.with(FaultInjection.NONE);
        this.clock = clock;
        this.markets = other.markets;
        this.series = other.series;
        this.marketSeries = other.marketSeries;
        this.news = other.news;
        this.tickSizes = other.tickSizes;
        this.descriptor = other.descriptor;
    }

    /** The same market at another clock, without simulated faults. */
    public MockProvider at(InstantSource other) {
        return new MockProvider(this, other);
    }

    /** The mock market with a provider's symbols, precision and venue. */
    public ProviderSource standIn(Descriptor provider) {
        return new ProviderSource(
                new ProviderModule(
                        provider.onUsualTerms(descriptor().payloads()),
                        new MockAdapter(provider, tickSizes.get().of(provider.id()))),
                Mode.MOCK,
                new MockTransport(provider.id(), this, clock));
    }

    /** The tick size of an instrument at a provider that the mock market replaces: every price is a multiple of it. */
    public BigDecimal tick(ProviderId provider, Instrument instrument) {
        return asset(provider, instrument).tick();
    }

    /** The lot size of an instrument at a provider that the mock market replaces: every size is a multiple of it. */
    public BigDecimal lot(ProviderId provider, Instrument instrument) {
        return asset(provider, instrument).lot();
    }

    private Asset asset(ProviderId provider, Instrument instrument) {
        Optional<BigDecimal> tick =
                Optional.ofNullable(tickSizes.get().of(provider).get(instrument.unified()));
        return markets.of(instrument, tick).asset();
    }

    /** The symbol rules of a provider that the mock market replaces, or of the provider {@code mock} itself. */
    public SymbolRules symbols(Descriptor provider) {
        return provider.id().equals(ProviderId.MOCK)
                ? provider.symbols()
                : new MockedSymbols(provider.id(), provider.symbols());
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

    MarketSeries marketSeries() {
        return marketSeries;
    }

    NewsGenerator news() {
        return news;
    }
}
