package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Route;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code auto} with the built-in descriptors of several live providers. */
class AutoByAssetTypeTest {
    private static final ProviderRegistry REGISTRY = new ProviderRegistry(
            Stream.of("ecb", "stooq", "alphavantage", "eodhd", "kraken", "binance", "yahoo")
                    .map(DescriptorReader::builtIn)
                    .map(AutoByAssetTypeTest::live)
                    .toList(),
            RouteOrder.defaults());

    private static RegisteredProvider live(Descriptor descriptor) {
        var route = new Route(descriptor.id(), Mode.LIVE, Route.When.ALWAYS, null, (query, call) -> {
            throw new AssertionError("must not be called");
        });
        return RegisteredProvider.of(
                new Provider(descriptor, new ModeDecision(Mode.LIVE, "test"), descriptor.symbols(), List.of(route)));
    }

    private static Instrument resolve(String symbol) {
        return ((Outcome.Success<Instrument>) REGISTRY.resolve(ProviderId.AUTO, symbol)).value();
    }

    @ParameterizedTest
    @CsvSource({
        "AAPL, AAPL, yahoo eodhd alphavantage stooq",
        "VOD.L, VOD@XLON, yahoo eodhd alphavantage stooq",
        "^GSPC, ^GSPC, yahoo eodhd alphavantage stooq",
        "EURUSD, EUR/USD, yahoo eodhd alphavantage ecb stooq",
        "BTC-USD, BTC/USD, binance kraken yahoo eodhd alphavantage",
        "GC=F, GC=F, yahoo stooq"
    })
    void asks_the_providers_of_its_type_in_order(String symbol, String unified, String providers) {
        Instrument instrument = resolve(symbol);
        assertThat(instrument.unified()).isEqualTo(unified);
        var query = new MarketQuery.QuoteQuery(ProviderId.AUTO, instrument, null);
        assertThat(((Outcome.Success<List<Route>>) REGISTRY.routes(query)).value())
                .extracting(route -> route.provider().value())
                .containsExactly(providers.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"AAPL, AAPL", "EURUSD, EUR/USD", "BTC-USD, BTC/USD", "^GSPC, ^GSPC"})
    void a_provider_of_series_whose_ids_are_any_text_makes_no_symbol_ambiguous(String symbol, String unified) {
        Descriptor bank = DescriptorReader.read("bank.json", """
                {"id": "bank", "name": "Bank", "exchange": "Bank", "base_url": "https://bank.example", "zone": "UTC",
                 "asset_types": ["macro"], "operations": ["series"], "symbols": {"forms": [{"ids": "macro"}]}}
                """.getBytes(StandardCharsets.UTF_8));
        var registry = new ProviderRegistry(
                List.of(live(bank), live(DescriptorReader.builtIn("yahoo"))), RouteOrder.defaults());
        assertThat(registry.resolve(ProviderId.AUTO, symbol))
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        found -> assertThat(((Instrument) found.value()).unified())
                                .isEqualTo(unified));
    }

    @ParameterizedTest
    @CsvSource({"BTC-EUR, BTC/EUR", "KRW-BTC, BTC/KRW", "EURUSD, EUR/USD"})
    void a_provider_that_writes_the_quote_first_does_not_turn_pairs_around(String symbol, String unified) {
        Descriptor reversed = DescriptorReader.read("reversed.json", """
                {"id": "reversed", "name": "Reversed", "exchange": "Reversed", "base_url": "https://reversed.example",
                 "zone": "UTC", "asset_types": ["crypto"], "operations": ["quote"],
                 "symbols": {"forms": [{"crypto": "{quote}-{base}", "quotes": ["KRW", "BTC"]}]}}
                """.getBytes(StandardCharsets.UTF_8));
        var registry = new ProviderRegistry(
                List.of(
                        live(reversed),
                        live(DescriptorReader.builtIn("kraken")),
                        live(DescriptorReader.builtIn("yahoo"))),
                RouteOrder.defaults());
        assertThat(registry.resolve(ProviderId.AUTO, symbol))
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        found -> assertThat(((Instrument) found.value()).unified())
                                .isEqualTo(unified));
    }
}
