package io.marketbrain.provider.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderContract;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.MappedAdapter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoinbaseContractTest extends ProviderContract {
    private static final ProviderId COINBASE = new ProviderId("coinbase");

    @Override
    protected List<String> folders() {
        return List.of("coinbase");
    }

    @Override
    protected String id() {
        return "coinbase";
    }

    @Override
    protected ProviderAdapter adapter(Descriptor descriptor) {
        return MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow());
    }

    @Override
    protected Optional<MarketQuery> query(Recording recording) {
        Instrument instrument = resolve(recording.symbol().orElse("BTC-USD"));
        return switch (recording.kind()) {
            case "quote" -> Optional.of(new QuoteQuery(COINBASE, instrument, null));
            case "ohlcv" -> Optional.of(new CandlesQuery(COINBASE, instrument, Interval.M1, null, null, 300));
            case "orderbook" -> Optional.of(new BookQuery(COINBASE, instrument, 10_000, null));
            case "trades" -> Optional.of(new TradesQuery(COINBASE, instrument, 1000, null));
            default -> Optional.empty();
        };
    }

    @Override
    protected Map<String, Class<? extends Failure>> errors() {
        return Map.of(
                "error--granularity-400", Failure.Unsupported.class,
                "error--rate-limit-429", Failure.Throttled.class,
                "error--unknown-product-404", Failure.UnknownInstrument.class,
                "products--error_invalid_passphrase-2018-05", Failure.Blocked.class,
                "products--error_maintenance-2018-06", Failure.Faulty.class);
    }

    /** Orders at one price are added up. */
    @Override
    protected Set<String> scaled() {
        return Set.of("products_book--level3-docs", "products_book--level3-time-docs");
    }

    @Override
    protected Map<String, String> unused() {
        String otherApi = "of Coinbase's retail or Advanced Trade API; the gateway speaks the Exchange API";
        Map<String, String> unused = new HashMap<>();
        unused.put("cl_v2_prices_BTC-USD_spot--BTC", otherApi);
        unused.put("connect_v2_prices_spot--valid", otherApi);
        unused.put("jk_GetKlines--docs", otherApi);
        unused.put("jk_GetOrderBook--docs", otherApi);
        unused.put("jk_GetSymbols--docs", otherApi);
        unused.put("jk_GetTradeHistory--docs", otherApi);
        unused.put("v3_brokerage_market_products_candles--ETH-USD-PT1D-20241105_20251020", otherApi);
        unused.put("xchange--example-exchange-rate-data", otherApi);
        unused.put("xchange--example-price-data", otherApi);
        unused.put("jk_GetAssets--docs", "a list of currencies, not of instruments");
        unused.put("time--live-2026-06", "the clock is not market data");
        unused.put("xchange--example-stats-data", "an old form of the statistics, without a last price");
        return unused;
    }

    @Override
    protected Map<String, Integer> lists() {
        return Map.of(
                "products--all-2017-10", 9,
                "products--all-2022-01~2", 97,
                "xchange--products", 10,
                "product--BTC-USD-live-2026-06", 1,
                "products_ETH-USDT--ETH-USDT-2022-01", 1);
    }

    @Override
    protected PlaybackServer.Answer unknownInstrument(MarketQuery query) {
        return PlaybackServer.status(404, "{\"message\":\"NotFound\"}");
    }

    @Test
    void a_window_of_candles_never_spans_more_than_its_bars() {
        Instant from = Instant.parse("2024-01-01T00:00:00Z");
        ProviderRequest request =
                request(new CandlesQuery(COINBASE, instrument(), Interval.M1, from, from.plusSeconds(300 * 60), 300));
        assertThat(request.path()).isEqualTo("/products/BTC-USD/candles");
        assertThat(request.parameters())
                .containsEntry("granularity", "60")
                .containsEntry("start", "2024-01-01T00:00:00Z")
                .containsEntry("end", "2024-01-01T04:59:59Z");
    }

    @Test
    void the_best_level_alone_is_asked_for_alone() {
        assertThat(book(1).parameters()).containsEntry("level", "1");
        assertThat(book(2).parameters()).containsEntry("level", "2");
    }

    private ProviderRequest book(int depth) {
        return request(new BookQuery(COINBASE, instrument(), depth, null));
    }
}
