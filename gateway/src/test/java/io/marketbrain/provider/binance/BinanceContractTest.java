package io.marketbrain.provider.binance;

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
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class BinanceContractTest extends ProviderContract {
    private static final ProviderId BINANCE = new ProviderId("binance");

    /** The symbols of recordings that do not name theirs but whose body speaks of one. */
    private static final Map<String, String> SYMBOLS =
            Map.of("v3_ticker_24hr--2022-12-Tickers", "ETHBTC", "jk_GetRollingWindowTicker--docs", "BNBBTC");

    @Override
    protected List<String> folders() {
        return List.of("binance");
    }

    @Override
    protected String id() {
        return "binance";
    }

    @Override
    protected ProviderAdapter adapter(Descriptor descriptor) {
        return new BinanceAdapter(descriptor);
    }

    @Override
    protected Optional<MarketQuery> query(Recording recording) {
        String symbol = recording.symbol().orElse(SYMBOLS.getOrDefault(recording.name(), "BTCUSDT"));
        Instrument instrument = resolve(symbol);
        return switch (recording.kind()) {
            case "quote" -> Optional.of(new QuoteQuery(BINANCE, instrument, null));
            case "ohlcv" -> Optional.of(new CandlesQuery(BINANCE, instrument, Interval.D1, null, null, 1000));
            case "orderbook" -> Optional.of(new BookQuery(BINANCE, instrument, 5000, null));
            case "trades" -> Optional.of(new TradesQuery(BINANCE, instrument, 1000, null));
            default -> Optional.empty();
        };
    }

    @Override
    protected Map<String, Class<? extends Failure>> errors() {
        return Map.of(
                "api_v3_account--error_invalid_api_key-2018-05", Failure.CredentialsRejected.class,
                "cl_api_v3_ticker_price--NONEXISTING-400", Failure.UnknownInstrument.class,
                "error--restricted-location-451", Failure.Blocked.class,
                "error--too-much-weight-429", Failure.Throttled.class);
    }

    @Override
    protected Map<String, String> unused() {
        return Map.of(
                "v3_ticker_bookTicker--BTCUSDT-", "has no last price, which a quote needs; the 24-hour ticker has both",
                "jk_GetReferencePrice--docs", "a reference price is not a traded price",
                "jk_GetServerTime--docs", "the clock is not market data",
                "jk_GetSystemStatus--docs", "the status of other services");
    }

    @Override
    protected Map<String, Integer> lists() {
        return Map.of(
                "v1_exchangeInfo--all-2019-08", 73,
                "v1_exchangeInfo--all-2019-08~2", 73,
                "v1_exchangeInfo--all-2019-09", 14,
                "v3_exchangeInfo--all-2021-10", 102,
                "v3_exchangeInfo--all-2021-10~2", 77);
    }

    @Override
    protected PlaybackServer.Answer unknownInstrument(MarketQuery query) {
        return PlaybackServer.status(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
    }
}
