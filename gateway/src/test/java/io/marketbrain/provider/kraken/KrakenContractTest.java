package io.marketbrain.provider.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderContract;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.Descriptor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrakenContractTest extends ProviderContract {
    private static final ProviderId KRAKEN = new ProviderId("kraken");
    private static final Instant NOW = Instant.ofEpochSecond(1_600_000_000);

    @Override
    protected List<String> folders() {
        return List.of("kraken");
    }

    @Override
    protected String id() {
        return "kraken";
    }

    @Override
    protected ProviderAdapter adapter(Descriptor descriptor) {
        return new KrakenAdapter(descriptor);
    }

    @Override
    protected Optional<MarketQuery> query(Recording recording) {
        return switch (recording.kind()) {
            case "quote" -> Optional.of(new QuoteQuery(KRAKEN, subject(recording), null));
            case "ohlcv" -> Optional.of(new CandlesQuery(KRAKEN, subject(recording), Interval.M1, null, null, 720));
            case "orderbook" -> Optional.of(new BookQuery(KRAKEN, subject(recording), 500, null));
            case "trades" -> Optional.of(new TradesQuery(KRAKEN, subject(recording), 1000, null));
            default -> Optional.empty();
        };
    }

    /** The pair that the body speaks of. */
    private Instrument subject(Recording recording) {
        try {
            return resolve(JsonValue.parse(recording.body()).at("result").members().keySet().stream()
                    .filter(name -> !name.equals("last"))
                    .findFirst()
                    .orElseThrow());
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Map<String, Class<? extends Failure>> errors() {
        return Map.of(
                "error--invalid-arguments-200", Failure.Unsupported.class,
                "error--unavailable-200", Failure.Faulty.class);
    }

    @Override
    protected Map<String, String> unused() {
        return Map.of("jk_GetSystemStatus--docs", "the status of the exchange is not market data");
    }

    @Override
    protected Map<String, Integer> lists() {
        return Map.of("AssetPairs--all-2017-10", 84, "xchange--example-assetpairs-data", 116);
    }

    /** Best prices without the size in whole lots, and trades without ids: Kraken sent them until 2022 at the latest. */
    @Override
    protected Set<String> outdated() {
        return Set.of("xchange--example-ticker-data");
    }

    /** Trades had no ids before 2022; one that lost its id is named by its time. */
    @Override
    protected Set<String> skipsIncompleteRows() {
        return Set.of("jk_GetTradeHistory--docs");
    }

    @Override
    protected PlaybackServer.Answer unknownInstrument(MarketQuery query) {
        return PlaybackServer.json("{\"error\":[\"EQuery:Unknown asset pair\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "XBTUSD, BTC/USD, XBTUSD",
        "XXBTZUSD, BTC/USD, XBTUSD",
        "BTCUSD, BTC/USD, XBTUSD",
        "btc/usd, BTC/USD, XBTUSD",
        "XBT/EUR, BTC/EUR, XBTEUR",
        "XDGUSD, DOGE/USD, XDGUSD",
        "DOGEUSD, DOGE/USD, XDGUSD",
        "XETHXXBT, ETH/BTC, ETHXBT",
        "ETHXBT, ETH/BTC, ETHXBT",
        "USDTZUSD, USDT/USD, USDTUSD",
        "XTZUSD, XTZ/USD, XTZUSD",
        "XTZXBT, XTZ/BTC, XTZXBT",
        "ZEURZUSD, EUR/USD, EURUSD",
        "XBTUSDT, BTC/USDT, XBTUSDT"
    })
    void every_name_of_a_pair_is_one_instrument(String text, String unified, String spelled) {
        Instrument instrument = resolve(text);
        assertThat(instrument.unified()).isEqualTo(unified);
        assertThat(descriptor().symbols().spell(instrument)).isEqualTo(spelled);
    }

    @Test
    void the_rules_agree_with_kraken_on_every_listed_pair() throws MalformedPayload {
        for (String name : lists().keySet()) {
            RawPayload raw =
                    new RawPayload(200, Map.of(), Recording.of("kraken", name).body(), NOW);
            for (ListedSymbol pair : listed(raw)) {
                Outcome<Instrument> byRule = descriptor().symbols().parse(pair.providerSymbol());
                assertThat(byRule).as(pair.providerSymbol()).isEqualTo(Outcome.success(pair.instrument()));
            }
        }
    }

    @Test
    void candidates_of_an_ambiguous_base_are_in_canonical_codes() {
        var failed = (Outcome.Failed<Instrument>) descriptor().symbols().parse("XBT");
        assertThat(((Failure.AmbiguousInstrument) failed.failure()).candidates())
                .contains("BTC/USD", "BTC/EUR")
                .allMatch(candidate -> !candidate.contains("XBT"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EQuery:Unknown asset pair       | unknown-instrument",
                "EQuery:Invalid asset pair       | unknown-instrument",
                "EAPI:Rate limit exceeded        | upstream-throttled",
                "EGeneral:Too many requests      | upstream-throttled",
                "EService:Throttled: 1600000060  | upstream-throttled",
                "EGeneral:Temporary lockout      | upstream-throttled",
                "EAPI:Invalid key                | upstream-credentials-rejected",
                "EAPI:Invalid signature          | upstream-credentials-rejected",
                "EGeneral:Permission denied      | upstream-credentials-rejected",
                "EService:Unavailable            | upstream-faulty",
                "EService:Busy                   | upstream-faulty",
                "EGeneral:Internal error         | upstream-faulty",
                "EService:Timeout                | upstream-timeout",
                "EGeneral:Invalid arguments      | unsupported",
                "ESomething:new                  | upstream-faulty"
            })
    void errors_under_status_200_are_told_apart(String error, String code) {
        assertThat(failure(error).code()).isEqualTo(code);
    }

    @Test
    void the_moment_named_in_a_throttling_error_becomes_a_wait() {
        assertThat(((Failure.Throttled) failure("EService:Throttled: 1600000060")).retryAfter())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void the_moment_in_a_throttling_error_is_measured_by_the_date_of_the_response() {
        var raw = new RawPayload(
                200,
                Map.of("date", "Sun, 13 Sep 2020 12:25:00 GMT"),
                "{\"error\":[\"EService:Throttled: 1600000060\"]}".getBytes(StandardCharsets.UTF_8),
                NOW);
        var throttled = (Failure.Throttled)
                adapter(descriptor()).findFailure(quote(), raw).orElseThrow();
        assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(160));
    }

    @Test
    void a_lockout_is_a_ban() {
        assertThat(((Failure.Throttled) failure("EGeneral:Temporary lockout")).retryAfter())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void a_warning_beside_data_is_no_error() {
        String body = "{\"error\":[\"WGeneral:Danger\"],\"result\":{}}";
        assertThat(adapter(descriptor()).findFailure(quote(), payload(body))).isEmpty();
    }

    @Test
    void data_of_another_pair_is_not_passed_on() {
        RawPayload bitcoinCash = new RawPayload(
                200, Map.of(), Recording.of("kraken", "Ticker--BCHEUR-2017-10").body(), NOW);
        assertThatThrownBy(() -> parse(quote(), bitcoinCash)).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void a_dead_pair_beside_one_that_is_traded_is_no_error() {
        String dead = "\"RHEAUSD\":{\"c\":[\"0.000000000\",\"0.00000\"]}";
        String traded = "\"XXBTZUSD\":{\"c\":[\"65231.80000\",\"0.00802897\"]}";
        ProviderAdapter adapter = adapter(descriptor());
        assertThat(adapter.findFailure(quote(), payload("{\"error\":[],\"result\":{" + dead + "," + traded + "}}")))
                .isEmpty();
        assertThat(adapter.findFailure(quote(), payload("{\"error\":[],\"result\":{" + dead + "}}")))
                .isPresent();
    }

    private Failure failure(String error) {
        return adapter(descriptor())
                .findFailure(quote(), payload("{\"error\":[\"" + error + "\"]}"))
                .orElseThrow();
    }

    private QuoteQuery quote() {
        return new QuoteQuery(KRAKEN, Instrument.crypto("BTC", "USD"), null);
    }

    private static RawPayload payload(String body) {
        return new RawPayload(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
