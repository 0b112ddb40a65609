package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to swaps and futures: their hosts, units, marks and funding. */
class MappedContractsTest {
    private final List<ProviderRequest> requests = new ArrayList<>();

    private Outcome<QueryResult> fetch(MarketQuery query, byte[] body) {
        Descriptor descriptor = DescriptorReader.builtIn(query.provider().value());
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        Transport transport = (request, _) -> {
            requests.add(request);
            return Outcome.success(new RawPayload(200, Map.of(), body, Instant.EPOCH));
        };
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private Object data(MarketQuery query, byte[] body) {
        Outcome<QueryResult> outcome = fetch(query, body);
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    private Quote quote(String provider, String recording, String symbol) {
        return (Quote) data(
                new QuoteQuery(new ProviderId(provider), instrument(provider, symbol), null),
                Recording.of(provider, recording).body());
    }

    private static Instrument instrument(String provider, String symbol) {
        return ((Outcome.Success<Instrument>)
                        DescriptorReader.builtIn(provider).symbols().parse(symbol))
                .value();
    }

    private static CandlesQuery candles(String provider, String symbol) {
        return new CandlesQuery(
                new ProviderId(provider),
                instrument(provider, symbol),
                Interval.H1,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-02T00:00:00Z"),
                24);
    }

    @ParameterizedTest
    @CsvSource({
        "bybit, ticker--linear, BTCUSDT.P, 66667.10, 115418.19, 0.0001, 2025-08-07T08:00:00Z, 24542.2690",
        "bybit, v5_tickers--ETHUSDT-single, ETHUSDT.P, 2481.60, 2481.91, -0.00006352, 2026-09-15T16:00:00Z, 26332.3210",
        "bybit, xchange--getTickerInverse, BTCUSD, 16596.00, 16598.54, -0.001034, 2022-12-30T08:00:00Z, 186752053.5",
        "bybit, ticker--usdc, BTCPERP, 87551.2, 87548.93, 0.0001, 2026-01-01T00:00:00Z, 1052.0585",
        "bybit, ticker--linear-future, BTCUSDT-27MAR26, 88309.71, 87548.93, , , 1052.0585",
        "bitget, ticker--mix, BTCUSDT.P, 29904.1, 29132.353333, -0.0007, , 125.6844",
        "bitget, ticker--usdc, BTCPERP, 29901.95, 29131.88, 0.0001, , 98.117",
        "gate, delivery--tickers, BTC_USDT_20260327, 88305.17, 87540.22, 0, , 1204411",
        "gate, futures--tickers, BTC_USDT.P, 30144.61, 30146.1, 0.0001, , 32323904",
        "mexc, contract--ticker, BTC_USDT.P, 87150.6, 87142.1, 0.000045, , 310422871",
        "deribit, ticker--BTC-PERPETUAL, BTC-PERPETUAL, 87553.62, 87540.11, 0.0, , 1012345670",
        "deribit, ticker--BTC_USDC-PERPETUAL, BTC_USDC-PERPETUAL, 87552.9101, 87541.02, 0.0000021, , 412.8811",
    })
    void a_swap_has_its_mark_index_funding_and_open_interest(
            String provider,
            String recording,
            String symbol,
            BigDecimal mark,
            BigDecimal index,
            @Nullable BigDecimal funding,
            @Nullable Instant next,
            BigDecimal interest) {
        assertThat(quote(provider, recording, symbol).details())
                .isEqualTo(new QuoteDetails(null, null, null, mark, index, funding, next, interest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jk_GetBookPrice--docs",
                "v1_ticker_bookTicker--BTCUSDT-",
                "v1_ticker_bookTicker--all~2",
                "v1_premiumIndex--BTCUSDT-"
            })
    void a_body_without_a_last_price_is_no_quote(String recording) {
        var query = new QuoteQuery(new ProviderId("binancefutures"), instrument("binancefutures", "BTCUSDT"), null);
        assertThat(fetch(query, Recording.of("binancefutures", recording).body()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfAny(Failure.SchemaDrift.class, Failure.Malformed.class));
    }

    @Test
    void a_spot_pair_has_none_of_them() {
        assertThat(quote("deribit", "v2_public_ticker--ccxt-BTCUSDT", "BTC_USDT")
                        .details())
                .isEqualTo(QuoteDetails.NONE);
    }

    @Test
    void the_volume_of_an_inverse_swap_is_in_the_base() {
        assertThat(quote("bybit", "xchange--getTickerInverse", "BTCUSD").volume())
                .isEqualTo("2352.94950046");
        assertThat(quote("binancefutures", "v1_ticker_24hr--all", "BTCUSD_PERP").volume())
                .isEqualTo("127793.43436348");
    }

    @ParameterizedTest
    @CsvSource({
        "binancefutures, BTCUSDT, '', /fapi/v1/depth",
        "binancefutures, BTCUSDT_260327, '', /fapi/v1/depth",
        "binancefutures, BTCUSD_PERP, coinm, /dapi/v1/depth",
        "binancefutures, BTCUSD_260327, coinm, /dapi/v1/depth",
        "kucoin, BTC-USDT, '', /api/v1/market/orderbook/level2_100",
        "kucoin, XBTUSDTM, futures, /api/v1/level2/depth100",
        "htx, btcusdt, '', /market/depth",
        "htx, BTC/USDT:USDT, swaps, /linear-swap-ex/market/depth",
        "htx, BTC/USD:BTC, swaps, /swap-ex/market/depth",
        "gate, BTC/USD:BTC, '', /api/v4/futures/btc/order_book",
        "gate, BTC/USDT:USDT-260327, '', /api/v4/delivery/usdt/order_book",
        "htx, BTC/USDT:USDT-260327, swaps, /linear-swap-ex/market/depth",
        "htx, BTC/USD:BTC-260327, swaps, /market/depth",
        "htx, BTC/USD:BTC-CW, swaps, /market/depth",
        "htx, BTC/USDT:USDT-CW, swaps, /linear-swap-ex/market/depth",
        "mexc, BTC/USD:BTC, swaps, /api/v1/contract/depth/BTC_USD",
    })
    void each_kind_of_contract_is_asked_for_where_it_is(String provider, String symbol, String host, String path) {
        var _ = fetch(
                new BookQuery(new ProviderId(provider), instrument(provider, symbol), 5, null),
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(requests.getFirst().path()).isEqualTo(path);
        assertThat(requests.getFirst().host()).isEqualTo(host.isEmpty() ? "main" : host);
    }

    @ParameterizedTest
    @CsvSource({
        "bybit, BTC/USDT:USDT, symbol, BTCUSDT",
        "bybit, BTC/USDC:USDC, symbol, BTCPERP",
        "bybit, BTC/USDT:USDT-260102, symbol, BTCUSDT-02JAN26",
        "bybit, BTC/USDC:USDC-260327, symbol, BTC-27MAR26",
        "bitget, BTC/USDT:USDT, productType, usdt-futures",
        "bitget, BTC/USDT:USDT, symbol, BTCUSDT",
        "bitget, BTC/USDC:USDC, productType, usdc-futures",
        "bitget, BTC/USDC:USDC, symbol, BTCPERP",
        "bitget, BTC/USD:BTC-260327, symbol, BTCUSDH26",
        "bitget, BTC/USD:BTC-260327, productType, coin-futures",
        "gate, BTC/USDT:USDT, contract, BTC_USDT",
        "gate, BTC/USDT:USDT-260327, contract, BTC_USDT_20260327",
        "htx, BTC/USDT:USDT, contract_code, BTC-USDT",
        "htx, BTC/USDT:USDT-260327, contract_code, BTC-USDT-260327",
        "htx, BTC/USD:BTC, contract_code, BTC-USD",
        "htx, BTC/USD:BTC-260327, symbol, BTC260327",
        "htx, BTC/USD:BTC-CW, symbol, BTC_CW",
        "htx, BTC/USDT:USDT-CW, contract_code, BTC-USDT-CW",
    })
    void every_operation_asks_for_a_contract_by_the_providers_own_name(
            String provider, String symbol, String parameter, String value) {
        var id = new ProviderId(provider);
        Instrument instrument = instrument(provider, symbol);
        for (MarketQuery query : List.of(
                new QuoteQuery(id, instrument, null),
                candles(provider, symbol),
                new BookQuery(id, instrument, 5, null),
                new TradesQuery(id, instrument, 5, null))) {
            var _ = fetch(query, "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(requests.getLast().asMap()).containsEntry(parameter, value);
        }
    }

    @Test
    void the_future_of_another_day_is_another_instrument() {
        var query = new QuoteQuery(new ProviderId("htx"), instrument("htx", "BTC260626"), null);
        assertThat(fetch(query, Recording.of("htx", "futures--merged").body()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.Untrusted.class));
    }

    @Test
    void a_range_without_trades_has_no_candles() {
        String body = """
                {"jsonrpc":"2.0","result":{"volume":[],"ticks":[],"status":"no_data","open":[],"low":[],"high":[],"cost":[],"close":[]}}
                """;
        assertThat(((Candles) data(candles("deribit", "BTC-27MAR26"), body.getBytes(StandardCharsets.UTF_8))).candles())
                .isEmpty();
        assertThat(requests.getFirst().asMap())
                .containsEntry("instrument_name", "BTC-27MAR26")
                .containsEntry("end_timestamp", "1767311999999");
    }

    @Test
    void hyperliquid_is_asked_in_its_own_case() {
        var _ = fetch(candles("hyperliquid", "KPEPE/USDC:USDC"), "[]".getBytes(StandardCharsets.UTF_8));
        assertThat(requests.getFirst().body()).map(RequestBody::text).contains("""
                {"type":"candleSnapshot","req":{"coin":"kPEPE","interval":"1h","startTime":1767225600000,"endTime":1767311999999}}""");
    }
}
