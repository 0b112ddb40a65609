package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.PlaybackServer.Answer;
import io.marketbrain.provider.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code auto} with several providers of stocks, currencies, indices and coins, recorded bytes and real sockets. */
@Timeout(120)
class AutoAcrossProvidersTest {
    private static final List<String> PROVIDERS = List.of("yahoo", "twelvedata", "eodhd", "stooq", "ecb", "kraken");

    /** The recordings by provider, path and the symbol in the request. */
    private static final Map<String, Recording> RECORDED = Map.ofEntries(
            recorded("yahoo", "/v8/finance/chart/AAPL", "v8_historical--via-chart-AAPL-2020-01-01-to-2020-01-03"),
            recorded("twelvedata", "/quote AAPL", "quote--AAPL"),
            recorded("twelvedata", "/quote VOD", "quote--VOD-XLON"),
            recorded("twelvedata", "/quote BTC/USD", "quote--BTC_USD"),
            recorded("twelvedata", "/exchange_rate EUR/USD", "exchange_rate--php"),
            recorded("eodhd", "/api/real-time/EURUSD.FOREX", "real-time--EURUSD.FOREX"),
            recorded("stooq", "/q/l/ aapl.us", "quote--AAPL"),
            recorded("stooq", "/q/l/ eurusd", "quote--EURUSD"),
            recorded("stooq", "/q/l/ ^spx", "quote--SPX"),
            recorded("ecb", "/stats/eurofxref/eurofxref-daily.xml", "daily--xrc"));

    private static final Answer NOT_FOUND = PlaybackServer.status(404, "");

    @TempDir
    Path folder;

    private final Map<String, PlaybackServer> upstreams = new LinkedHashMap<>();
    private TestGateway gateway;

    private static Map.Entry<String, Recording> recorded(String provider, String request, String name) {
        return Map.entry(provider + " " + request, Recording.of(provider, name));
    }

    private void start(String... more) {
        var settings = new ArrayList<>(List.of(
                "LIVE_PROVIDERS",
                String.join(",", PROVIDERS),
                "TWELVEDATA_API_KEY",
                "a-key-of-twelvedata",
                "EODHD_API_KEY",
                "a-key-of-eodhd",
                "STOOQ_API_KEY",
                "a-key-of-stooq",
                "RESILIENCE_RETRY_FIRST_DELAY",
                "1ms",
                "RESILIENCE_BREAKER_CALLS",
                "100",
                "RESILIENCE_BREAKER_MINIMUM",
                "100"));
        for (String provider : PROVIDERS) {
            PlaybackServer upstream = PlaybackServer.start().otherwise((asked, line) -> {
                String symbol = asked.parameters()
                        .getOrDefault("symbol", asked.parameters().get("s"));
                Recording found = RECORDED.get(provider + " " + asked.path() + (symbol == null ? "" : " " + symbol));
                (found == null ? NOT_FOUND : PlaybackServer.json(found.body())).send(asked, line);
            });
            upstreams.put(provider, upstream);
            settings.add(provider.toUpperCase(Locale.ROOT) + "_BASE_URL");
            settings.add(upstream.url().toString());
        }
        settings.addAll(List.of(more));
        gateway = TestGateway.with(folder, settings.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstreams.values().forEach(PlaybackServer::close);
    }

    private PlaybackServer upstream(String provider) {
        PlaybackServer found = upstreams.get(provider);
        assertThat(found).as(provider).isNotNull();
        return found;
    }

    private void forget(String symbol) {
        assertThat(gateway.client.send("DELETE", "/api/v1/cache/auto/" + symbol).status())
                .isLessThan(300);
    }

    private JsonNode answer(String symbol) {
        ContractClient.Answer answer = gateway.get("/api/v1/data/auto/" + symbol);
        assertThat(answer.status()).as(symbol + ": " + answer.text()).isEqualTo(200);
        assertThat(answer.json().get("mock").asBoolean()).isFalse();
        return answer.json();
    }

    private static List<String> attempts(JsonNode answer) {
        List<String> attempts = new ArrayList<>();
        answer.get("attempts")
                .forEach(attempt -> attempts.add(attempt.get("provider").asString() + " "
                        + attempt.get("outcome").asString()));
        return attempts;
    }

    private static Answer recording(String provider, String name) {
        Recording recording = Recording.of(provider, name);
        return PlaybackServer.status(recording.status(), recording.bodyText());
    }

    /** A recorded body in which a text is another one. */
    private static Answer changed(String provider, String name, String text, String other) {
        String body = Recording.of(provider, name).bodyText();
        assertThat(body).contains(text);
        return PlaybackServer.json(body.replace(text, other));
    }

    @ParameterizedTest
    @CsvSource({
        "ROUTES_STOCK, 'yahoo,twelvedata,stooq', AAPL, AAPL, yahoo, 245.55, AAPL, 2025-02-21T21:00:02Z",
        "ROUTES_STOCK, 'twelvedata,stooq,yahoo', AAPL, AAPL, twelvedata, 303.10001, AAPL, 2026-06-30T13:30:00Z",
        "ROUTES_STOCK, 'stooq,yahoo,twelvedata', AAPL, AAPL, stooq, 219.3, aapl.us, 2026-05-15T20:00:18Z",
        "ROUTES_FX, 'twelvedata,eodhd,ecb', EURUSD, EUR/USD, twelvedata, 1.16844, EUR/USD, 2025-08-07T08:36:00Z",
        "ROUTES_FX, 'eodhd,ecb,stooq', EURUSD, EUR/USD, eodhd, 1.1634, EURUSD.FOREX, 2026-05-17T12:59:00Z",
        "ROUTES_FX, 'ecb,eodhd,stooq', EURUSD, EUR/USD, ecb, 0.9764, EURUSD, 2022-10-03T12:10:00Z",
        "ROUTES_CRYPTO, 'twelvedata,kraken', BTC-USD, BTC/USD, twelvedata, 88010.00000, BTC/USD, 2026-06-30T15:30:00Z",
        "ROUTES_INDEX, 'stooq,yahoo', ^GSPC, ^GSPC, stooq, 5944.75, ^spx, 2026-05-15T21:00:00Z"
    })
    void the_first_provider_in_the_configured_order_answers_and_is_named(
            String setting,
            String order,
            String symbol,
            String instrument,
            String source,
            String price,
            String sent,
            String asOf) {
        start(setting, order);
        JsonNode answer = answer(symbol.replace("^", "%5E"));
        assertThat(attempts(answer)).containsExactly(source + " ok");
        JsonNode data = answer.get("data");
        assertThat(data.get("source").asString()).isEqualTo(source);
        assertThat(data.get("instrument").asString()).isEqualTo(instrument);
        assertThat(data.get("provider_symbol").asString()).isEqualTo(sent);
        assertThat(data.get("price").asString()).isEqualTo(price);
        assertThat(data.get("as_of").asString()).isEqualTo(asOf);
        upstreams.forEach((provider, upstream) -> assertThat(upstream.asked())
                .as(provider)
                .filteredOn(asked -> !provider.equals("kraken"))
                .hasSize(provider.equals(source) ? 1 : 0));
    }

    @Test
    void the_next_provider_answers_while_the_first_is_down_throttles_or_has_nothing() {
        start("ROUTES_STOCK", "yahoo,twelvedata,stooq");
        upstream("yahoo").on("/v8/finance/chart/AAPL", PlaybackServer.hangUp());
        JsonNode answer = answer("AAPL");
        assertThat(attempts(answer)).containsExactly("yahoo upstream-unreachable", "twelvedata ok");
        assertThat(answer.at("/data/price").asString()).isEqualTo("303.10001");

        upstream("twelvedata").on("/quote", recording("twelvedata", "error--minute-credits-429"));
        forget("AAPL");
        answer = answer("AAPL");
        assertThat(attempts(answer))
                .containsExactly("yahoo upstream-unreachable", "twelvedata upstream-throttled", "stooq ok");
        assertThat(answer.at("/data/price").asString()).isEqualTo("219.3");

        // A symbol that only the last one has is no failure of the others.
        upstream("yahoo").on("/v8/finance/chart/%5EGSPC", recording("yahoo", "v8_chart--unknown-symbol-404"));
        answer = answer("%5EGSPC");
        assertThat(attempts(answer)).last().isEqualTo("stooq ok");
        assertThat(answer.at("/data/price").asString()).isEqualTo("5944.75");
    }

    @Test
    void throttled_providers_are_left_alone_and_the_next_one_answers_for_pairs_and_coins() {
        start("ROUTES_FX", "twelvedata,ecb", "ROUTES_CRYPTO", "yahoo,twelvedata");
        upstream("twelvedata").on("/exchange_rate", recording("twelvedata", "error--day-credits-429"));
        assertThat(attempts(answer("EURUSD"))).containsExactly("twelvedata upstream-throttled", "ecb ok");

        upstream("yahoo").on("/v8/finance/chart/BTC-USD", recording("yahoo", "error--too-many-requests-429"));
        upstream("yahoo").forget();
        JsonNode answer = gateway.get("/api/v1/data/auto/BTC-USD").json();
        // The quota of twelvedata is used up for a moment, whatever is asked.
        assertThat(attempts(answer).subList(0, 2))
                .containsExactly("yahoo upstream-throttled", "twelvedata upstream-throttled");
        assertThat(upstream("twelvedata").asked("/quote")).isEmpty();
    }

    @Test
    void a_provider_without_budget_is_not_called_and_the_next_one_answers() {
        start(
                "ROUTES_STOCK",
                "twelvedata,stooq",
                "budgets.paid.provider",
                "twelvedata",
                "budgets.paid.limit",
                "0",
                "COST_TWELVEDATA",
                "1");
        JsonNode answer = answer("AAPL");
        assertThat(attempts(answer)).containsExactly("twelvedata budget-exhausted", "stooq ok");
        assertThat(answer.at("/data/source").asString()).isEqualTo("stooq");
        assertThat(upstream("twelvedata").asked()).isEmpty();
    }

    @Test
    void the_price_of_another_listing_of_the_ticker_is_refused_and_the_next_provider_asked() {
        start("ROUTES_STOCK", "yahoo,twelvedata,eodhd,stooq");
        upstream("yahoo")
                .on(
                        "/v8/finance/chart/VOD.L",
                        changed(
                                "yahoo",
                                "v8_historical--via-chart-AAPL-2020-01-01-to-2020-01-03",
                                "\"symbol\":\"AAPL\"",
                                "\"symbol\":\"VOD\""));
        JsonNode answer = answer("VOD.L");
        assertThat(attempts(answer)).containsExactly("yahoo upstream-untrusted", "twelvedata ok");
        assertThat(answer.at("/data/instrument").asString()).isEqualTo("VOD@XLON");
        assertThat(answer.at("/data/price").asString()).isEqualTo("81.62000");
        assertThat(upstream("twelvedata").asked("/quote").getFirst().parameters())
                .containsEntry("mic_code", "XLON");

        upstream("twelvedata").on("/quote", changed("twelvedata", "quote--VOD-XLON", "XLON", "XNGS"));
        forget("VOD.L");
        ContractClient.Answer refused = gateway.get("/api/v1/data/auto/VOD.L");
        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        assertThat(attempts(refused.json()).subList(0, 2))
                .containsExactly("yahoo upstream-untrusted", "twelvedata upstream-untrusted");
    }

    @Test
    void a_ticker_of_the_united_states_is_never_asked_for_at_another_market() {
        start("ROUTES_STOCK", "twelvedata,stooq");
        answer("AAPL");
        assertThat(upstream("twelvedata").asked("/quote").getFirst().parameters())
                .containsEntry("country", "United States");
    }

    @ParameterizedTest
    @CsvSource({"LUNA/USD, LUNA20314-USD, LUNA2USD", "LUNC/USD, LUNC-USD, LUNAUSD"})
    void a_coin_is_never_answered_with_another_one_of_its_letters(String pair, String yahoo, String kraken) {
        start("ROUTES_CRYPTO", "yahoo,kraken");
        // Whatever it is asked for, it answers about the coin that it calls LUNA.
        upstream("yahoo")
                .on(
                        "/v8/finance/chart/" + yahoo,
                        changed(
                                "yahoo",
                                "v8_historical--via-chart-AAPL-2020-01-01-to-2020-01-03",
                                "\"symbol\":\"AAPL\"",
                                "\"symbol\":\"LUNA-USD\""));
        ContractClient.Answer answer = gateway.get("/api/v1/data/auto/" + pair);
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(attempts(answer.json())).first().isEqualTo("yahoo upstream-untrusted");
        assertThat(upstream("yahoo").asked())
                .extracting(PlaybackServer.Asked::path)
                .contains("/v8/finance/chart/" + yahoo);
        assertThat(upstream("kraken").asked("/0/public/Ticker"))
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.parameters().get("pair")).isEqualTo(kraken));
    }

    @Test
    void the_names_of_all_providers_are_read_in_the_settings_of_the_order() throws InterruptedException {
        start("ROUTES_QUOTE", "stooq,ecb", "ROUTES_STOCK", "yahoo");
        for (String symbol : List.of("AAPL", "EURUSD", "%5EGSPC")) {
            // One call a second is allowed; another provider is asked until then.
            ContractClient.Answer answer = gateway.get("/api/v1/data/auto/" + symbol);
            while (attempts(answer.json()).contains("stooq rate-limited")) {
                Thread.sleep(200);
                answer = gateway.get("/api/v1/data/auto/" + symbol);
            }
            assertThat(answer.json().at("/data/source").asString()).isEqualTo("stooq");
        }
    }
}
