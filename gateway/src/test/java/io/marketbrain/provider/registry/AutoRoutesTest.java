package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Route;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoRoutesTest {
    private static RegisteredProvider provider(String id, Mode mode, String quotes, String... operations)
            throws Exception {
        String list =
                operations.length == 0 ? "[\"quote\", \"candles\"]" : "[\"" + String.join("\",\"", operations) + "\"]";
        Descriptor descriptor = DescriptorReader.read(
                "test.json", """
            {"id": "%s", "name": "N", "exchange": "E", "base_url": "https://example.com", "asset_types": ["crypto"],
             "zone": "UTC", "operations": %s, "intervals": ["1h"],
             "limits": {"candles_per_call": 100, "candle_paging": "count", "book_depth": 100, "trades_per_call": 100,
                        "connections": 4, "rates": []},
             "symbols": {"separator": "-", "quotes": %s}, "examples": []}
            """.formatted(id, list, quotes).getBytes(StandardCharsets.UTF_8));
        List<Route> routes = new ArrayList<>();
        if (mode == Mode.LIVE) {
            routes.add(route(descriptor.id(), Mode.LIVE, Route.When.ALWAYS));
        }
        routes.add(route(descriptor.id(), Mode.MOCK, mode == Mode.LIVE ? Route.When.STAND_IN : Route.When.ALWAYS));
        return RegisteredProvider.of(
                new Provider(descriptor, new ModeDecision(mode, "test"), descriptor.symbols(), routes));
    }

    private static Route route(ProviderId id, Mode mode, Route.When when) {
        return new Route(id, mode, when, null, (query, call) -> {
            throw new AssertionError("must not be called");
        });
    }

    private static List<String> routes(ProviderRegistry registry, MarketQuery query) {
        return ((Outcome.Success<List<Route>>) registry.routes(query))
                .value().stream()
                        .map(route -> route.provider() + " " + route.mode().wire())
                        .toList();
    }

    private static MarketQuery quote(String base, String quote) {
        return new MarketQuery.QuoteQuery(ProviderId.AUTO, Instrument.crypto(base, quote), null);
    }

    private static Outcome<Instrument> resolve(ProviderRegistry registry, String symbol) {
        return registry.resolve(ProviderId.AUTO, symbol);
    }

    @Test
    void asks_live_providers_in_order_then_their_stand_ins_and_never_a_mock_one() throws Exception {
        var registry = new ProviderRegistry(
                List.of(
                        provider("zeta", Mode.LIVE, "[\"USD\"]"),
                        provider("made-up", Mode.MOCK, "[\"USD\"]"),
                        provider("alpha", Mode.LIVE, "[\"USD\"]")),
                new RouteOrder(List.of(new ProviderId("alpha")), Map.of()));
        assertThat(routes(registry, quote("BTC", "USD")))
                .containsExactly("alpha live", "zeta live", "alpha mock", "zeta mock");
    }

    @Test
    void keeps_an_order_of_its_own_for_an_operation() throws Exception {
        var registry = new ProviderRegistry(
                List.of(provider("a", Mode.MOCK, "[\"USD\"]"), provider("b", Mode.MOCK, "[\"USD\"]")),
                new RouteOrder(List.of(), Map.of(Operation.CANDLES, List.of(new ProviderId("b")))));
        assertThat(routes(registry, quote("BTC", "USD"))).containsExactly("a mock", "b mock");
        assertThat(routes(
                        registry,
                        new MarketQuery.CandlesQuery(
                                ProviderId.AUTO, Instrument.crypto("BTC", "USD"), Interval.H1, null, null, 10)))
                .containsExactly("b mock", "a mock");
    }

    @Test
    void the_series_of_a_provider_of_exchange_rates_are_its_pairs() {
        Descriptor bank = DescriptorReader.builtIn("frankfurter");
        var registry = new ProviderRegistry(
                List.of(RegisteredProvider.of(new Provider(
                        bank,
                        new ModeDecision(Mode.LIVE, "test"),
                        bank.symbols(),
                        List.of(route(bank.id(), Mode.LIVE, Route.When.ALWAYS))))),
                RouteOrder.defaults());
        assertThat(routes(registry, new MarketQuery.SeriesQuery(ProviderId.AUTO, "EURUSD", null, null, 5)))
                .containsExactly("frankfurter live");
        assertThat(registry.routes(new MarketQuery.SeriesQuery(ProviderId.AUTO, "CPI", null, null, 5)))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_contract_that_no_provider_has_the_kind_of_is_not_told_what_it_is_itself() {
        var registry = new ProviderRegistry(
                Stream.of("kucoin", "cryptocom").map(AutoRoutesTest::builtIn).toList(), RouteOrder.defaults());
        assertThat(registry.routes(series("open_interest:BTC/USD:USD")))
                .isEqualTo(Outcome.failed(new Failure.Unsupported(
                        ProviderId.AUTO, "no provider offers series of open_interest:BTC/USD:USD")));
    }

    @Test
    void a_series_of_an_instrument_goes_to_the_providers_that_have_it_in_the_order_of_its_type() {
        var registry = new ProviderRegistry(
                Stream.of("yahoo", "tradier", "polygon", "finnhub", "fred", "okx", "binancefutures", "coingecko")
                        .map(AutoRoutesTest::builtIn)
                        .toList(),
                RouteOrder.defaults());
        assertThat(routes(registry, series("dividends:AAPL")))
                .containsExactly("finnhub live", "polygon live", "tradier live", "yahoo live");
        assertThat(routes(registry, series("splits:AAPL")))
                .containsExactly("yahoo live", "finnhub live", "polygon live", "tradier live");
        assertThat(routes(registry, series("funding_rate:BTC/USDT:USDT")))
                .containsExactly("okx live", "binancefutures live");
        assertThat(routes(registry, series("price:BTC/USD"))).containsExactly("coingecko live");
        assertThat(routes(registry, series("CPI"))).containsExactly("fred live");
        assertThat(registry.routes(series("funding_rate:BTC/USDT"))).isInstanceOf(Outcome.Failed.class);
    }

    private static MarketQuery series(String id) {
        return new MarketQuery.SeriesQuery(ProviderId.AUTO, id, null, null, 5);
    }

    private static RegisteredProvider builtIn(String id) {
        Descriptor descriptor = DescriptorReader.builtIn(id);
        return RegisteredProvider.of(new Provider(
                descriptor,
                new ModeDecision(Mode.LIVE, "test"),
                descriptor.symbols(),
                List.of(route(descriptor.id(), Mode.LIVE, Route.When.ALWAYS))));
    }

    @Test
    void leaves_out_providers_that_cannot_do_what_is_asked() throws Exception {
        var registry = new ProviderRegistry(
                List.of(
                        provider("quotes-only", Mode.LIVE, "[\"USD\"]", "quote"),
                        provider("candles-too", Mode.LIVE, "[\"USD\"]")),
                RouteOrder.defaults());
        var candles = new MarketQuery.CandlesQuery(
                ProviderId.AUTO, Instrument.crypto("BTC", "USD"), Interval.H1, null, null, 10);
        assertThat(routes(registry, candles)).containsExactly("candles-too live", "candles-too mock");
        var daily = new MarketQuery.CandlesQuery(
                ProviderId.AUTO, Instrument.crypto("BTC", "USD"), Interval.D1, null, null, 10);
        assertThat(registry.routes(daily))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, f -> assertThat(f.failure()).isInstanceOf(Failure.Unsupported.class));
    }

    @Test
    void finds_the_instrument_that_any_provider_knows_and_refuses_what_means_two() throws Exception {
        var registry = new ProviderRegistry(
                List.of(
                        provider("dollars", Mode.MOCK, "[\"USD\"]"),
                        provider("tethers", Mode.MOCK, "[\"USDT\", \"BTC\"]")),
                RouteOrder.defaults());
        assertThat(resolve(registry, "BTCUSD")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "USD")));
        assertThat(resolve(registry, "ETHBTC")).isEqualTo(Outcome.success(Instrument.crypto("ETH", "BTC")));
        assertThat(resolve(registry, "BTC/EUR")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "EUR")));
        assertThat(resolve(registry, "BTC"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        f -> assertThat(f.failure())
                                .isInstanceOfSatisfying(
                                        Failure.AmbiguousInstrument.class,
                                        ambiguous -> assertThat(ambiguous.candidates())
                                                .containsExactly("BTC/USD", "BTC/USDT")));
        assertThat(resolve(registry, "B C"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        f -> assertThat(f.failure()).isInstanceOf(Failure.UnknownInstrument.class));
    }

    @Test
    void refuses_a_text_in_which_two_providers_read_different_instruments() throws Exception {
        var registry = new ProviderRegistry(
                List.of(provider("a", Mode.MOCK, "[\"SDT\"]"), provider("b", Mode.MOCK, "[\"USDT\"]")),
                RouteOrder.defaults());
        assertThat(resolve(registry, "ABCUSDT"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        f -> assertThat(f.failure()).isInstanceOf(Failure.AmbiguousInstrument.class));
    }

    /** A live provider with forms of symbols; its routes are not called. */
    private static RegisteredProvider live(String id, String types, String symbols) {
        Descriptor descriptor = DescriptorReader.read(
                "test.json", """
            {"id": "%s", "name": "N", "exchange": "E", "base_url": "https://example.com", "asset_types": %s,
             "zone": "UTC", "operations": ["quote"], "limits": {}, "symbols": %s}
            """.formatted(id, types, symbols).getBytes(StandardCharsets.UTF_8));
        return RegisteredProvider.of(new Provider(
                descriptor,
                new ModeDecision(Mode.LIVE, "test"),
                descriptor.symbols(),
                List.of(route(descriptor.id(), Mode.LIVE, Route.When.ALWAYS))));
    }

    private static ProviderRegistry everything(RouteOrder order) {
        String securities = """
            {"forms": [{"currencies": "{base}{quote}=X"}, {"indices": "^{code}"}, {"futures": "{root}=F"},
              {"crypto": "{base}-{quote}", "quotes": ["USD"]},
              {"listed": {"class_mark": "-", "markets": {"US": "", "XLON": "L"}}}]}
            """;
        return new ProviderRegistry(
                List.of(
                        live("ecb", "[\"fx\"]", "{\"currencies_against\": {\"base\": \"EUR\"}}"),
                        live("kraken", "[\"crypto\"]", """
                            {"separator": "", "quotes": ["USD", "EUR", "BTC"], "codes": {"XBT": "BTC"},
                             "spelled": {"BTC": "XBT"}}
                            """),
                        live("binance", "[\"crypto\"]", "{\"separator\": \"\", \"quotes\": [\"USDT\", \"USD\"]}"),
                        live("polygon", "[\"stock\", \"index\", \"fx\", \"crypto\"]", """
                            {"forms": [{"currencies": "C:{base}{quote}"},
                              {"indices": "I:{code}", "spelled": {"GSPC": "SPX"}},
                              {"crypto": "X:{base}{quote}", "quotes": ["USD"]}, {"listed": {"markets": {"US": ""}}}]}
                            """),
                        live("yahoo", "[\"stock\", \"index\", \"fx\", \"commodity\", \"crypto\"]", securities)),
                order);
    }

    private static MarketQuery quote(Instrument instrument) {
        return new MarketQuery.QuoteQuery(ProviderId.AUTO, instrument, null);
    }

    @ParameterizedTest
    @CsvSource({
        "AAPL, STOCK, AAPL, yahoo polygon",
        "AAPL.US, STOCK, AAPL, yahoo polygon",
        "NASDAQ:AAPL, STOCK, AAPL, yahoo polygon",
        "BRK-B, STOCK, BRK.B, yahoo polygon",
        "VOD.L, STOCK, VOD@XLON, yahoo",
        "LSE:VOD, STOCK, VOD@XLON, yahoo",
        "EURUSD, FX, EUR/USD, yahoo polygon ecb",
        "EUR/USD, FX, EUR/USD, yahoo polygon ecb",
        "EURUSD=X, FX, EUR/USD, yahoo polygon ecb",
        "USDEUR=X, FX, USD/EUR, yahoo polygon",
        "BTC-USD, CRYPTO, BTC/USD, binance kraken yahoo polygon",
        "BTCUSD, CRYPTO, BTC/USD, binance kraken yahoo polygon",
        "XBTUSD, CRYPTO, BTC/USD, binance kraken yahoo polygon",
        "KRAKEN:XBTUSD, CRYPTO, BTC/USD, binance kraken yahoo polygon",
        "^GSPC, INDEX, ^GSPC, yahoo polygon",
        "I:SPX, INDEX, ^GSPC, yahoo polygon",
        "GC=F, COMMODITY, GC=F, yahoo",
        "BTC.US, STOCK, BTC, yahoo polygon"
    })
    void chooses_providers_by_the_type_of_the_instrument(
            String symbol, AssetType type, String unified, String providers) {
        ProviderRegistry registry = everything(RouteOrder.defaults());
        Outcome<Instrument> outcome = resolve(registry, symbol);
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        Instrument instrument = ((Outcome.Success<Instrument>) outcome).value();
        assertThat(instrument.type()).isEqualTo(type);
        assertThat(instrument.unified()).isEqualTo(unified);
        assertThat(routes(registry, quote(instrument)))
                .containsExactly(
                        providers.replace(" ", " live,").concat(" live").split(","));
    }

    @Test
    void the_order_for_a_type_can_be_configured() {
        var order = new RouteOrder(
                List.of(new ProviderId("yahoo")), Map.of(), Map.of(AssetType.FX, List.of(new ProviderId("ecb"))));
        ProviderRegistry registry = everything(order);
        assertThat(routes(registry, quote(new Instrument(AssetType.FX, "EUR", "USD", null, null))))
                .containsExactly("ecb live", "yahoo live", "polygon live");
        assertThat(routes(registry, quote("BTC", "USD"))).first().isEqualTo("yahoo live");
    }

    @Test
    void ids_of_a_live_provider_of_series_give_way_to_instruments_of_mock_ones() throws Exception {
        var registry = new ProviderRegistry(
                List.of(
                        live("offices", "[\"macro\"]", "{\"forms\": [{\"ids\": \"macro\"}]}"),
                        provider("yahoo", Mode.MOCK, "[\"USD\"]")),
                RouteOrder.defaults());
        assertThat(resolve(registry, "BTC-USD")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "USD")));
        assertThat(routes(registry, quote("BTC", "USD"))).containsExactly("yahoo mock");
        assertThat(resolve(registry, "GDP"))
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        found -> assertThat(((Instrument) found.value()).type()).isEqualTo(AssetType.MACRO));
    }

    @ParameterizedTest
    @CsvSource({"BTC-USDT, BTC/USDT", "BTC-USDC, BTC/USDC", "BTC-KRW, BTC/KRW", "KRW-BTC, BTC/KRW"})
    void a_provider_that_writes_the_quote_first_makes_no_usual_pair_ambiguous(String symbol, String unified) {
        var registry = new ProviderRegistry(
                List.of(
                        live("quotefirst", "[\"crypto\"]", """
                            {"forms": [{"crypto": "{quote}-{base}", "quotes": ["KRW", "BTC"]}]}
                            """),
                        live(
                                "usual",
                                "[\"crypto\"]",
                                "{\"separator\": \"-\", \"quotes\": [\"USDT\", \"USDC\", \"KRW\"]}")),
                RouteOrder.defaults());
        assertThat(resolve(registry, symbol))
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        found -> assertThat(((Instrument) found.value()).unified())
                                .isEqualTo(unified));
    }

    @Test
    void a_code_that_is_a_coin_and_a_ticker_is_ambiguous_and_every_candidate_is_accepted() {
        ProviderRegistry registry = everything(RouteOrder.defaults());
        var failed = (Outcome.Failed<Instrument>) resolve(registry, "BTC");
        List<String> candidates = ((Failure.AmbiguousInstrument) failed.failure()).candidates();
        assertThat(candidates).contains("BTC/USD", "BTC/USDT", "BTC.US");
        assertThat(candidates)
                .allSatisfy(
                        candidate -> assertThat(resolve(registry, candidate)).isInstanceOf(Outcome.Success.class));
    }
}
