package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.PlaybackServer.Answer;
import io.marketbrain.provider.Recording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** When mock data stands in for a live provider, over real sockets: hardly ever, and never for callers that decline it. */
@Timeout(120)
class MockStandInTest {
    private static final String DECLINED = "?mock_when_down=false";
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final String COINBASE_QUOTE = "{\"ask\":\"101\",\"bid\":\"99\",\"volume\":\"5\",\"trade_id\":1,"
            + "\"price\":\"100\",\"size\":\"1\",\"time\":\"2026-11-28T12:00:00Z\"}";
    private static final Answer REJECTION =
            PlaybackServer.status(401, "{\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions for action.\"}");
    private static final Answer DATA = PlaybackServer.json(
            Recording.of("binance", "v3_ticker_24hr--DOGEUSDT-").body());

    static final List<Arguments> REFUSALS = List.of(
            Arguments.of("coinbase", 403, "text/plain", "error code: 1020"),
            Arguments.of("coinbase", 403, "application/json", "{\"message\":\"Forbidden\"}"),
            Arguments.of("coinbase", 403, "text/plain", ""),
            Arguments.of("coinbase", 403, "text/html", "\n<html>Blocked</html>"),
            Arguments.of("coinbase", 403, "text/html", "\uFEFF<html>Blocked</html>"),
            Arguments.of("coinbase", 401, "application/json", "{\"message\":\"Unauthorized\"}"),
            Arguments.of("coinbase", 400, "application/json", "{\"message\":\"invalid api key\"}"),
            Arguments.of("kraken", 200, "application/json", "{\"error\":[\"EGeneral:Permission denied\"]}"),
            Arguments.of("kraken", 200, "application/json", "{\"error\":[\"EAPI:Invalid key\"]}"),
            Arguments.of("kraken", 403, "text/plain", "error code: 1020"),
            Arguments.of("binance", 401, "application/json", "{\"code\":-2015,\"msg\":\"Invalid API-key\"}"),
            Arguments.of("binance", 403, "text/html", "<html>Blocked</html>"));

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private void startKeyless() {
        String url = upstream.url().toString();
        gateway = TestGateway.with(
                folder,
                "LIVE_PROVIDERS",
                "coinbase,kraken,binance",
                "COINBASE_BASE_URL",
                url,
                "KRAKEN_BASE_URL",
                url,
                "BINANCE_BASE_URL",
                url);
    }

    /** Binance in the mode {@code auto} with a key. */
    private void startWithKey() {
        gateway = TestGateway.with(
                folder,
                "BINANCE_API_KEY",
                "planted-key-1",
                "BINANCE_API_SECRET",
                "planted-secret-1",
                "BINANCE_BASE_URL",
                upstream.url().toString());
    }

    private static String type(ContractClient.Answer answer) {
        return answer.json().get("type").asString().replace("/problems/", "");
    }

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void without_a_key_a_refusal_is_a_block_and_never_mock_data(
            String provider, int status, String contentType, String body) {
        Answer refusal = PlaybackServer.reply(
                status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
        upstream.otherwise(refusal);
        startKeyless();
        for (String path : List.of(
                "/api/v1/data/" + provider + "/ETH/USDT",
                "/api/v1/data/" + provider + "/ETH/USDT" + DECLINED,
                "/api/v1/candles/" + provider + "/ETH/USDT?interval=1h&limit=5",
                "/api/v1/book/" + provider + "/ETH/USDT",
                "/api/v1/trades/" + provider + "/ETH/USDT")) {
            ContractClient.Answer answer = gateway.get(path);
            assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(502);
            assertThat(type(answer)).isEqualTo("upstream-blocked");
        }
        JsonNode any = gateway.get("/api/v1/data/auto/ETH/USDT").json();
        assertThat(any.get("success").asBoolean()).as(any.toString()).isFalse();
        assertThat(gateway.counter("request", "orchestration", "stand_ins")).isZero();
    }

    @Test
    void a_block_of_one_instrument_leaves_the_others_alone() {
        Answer data = PlaybackServer.json(COINBASE_QUOTE);
        Answer blocked = PlaybackServer.status(403, "error code: 1020");
        upstream.otherwise((asked, line) -> (asked.path().contains("ETH") ? blocked : data).send(asked, line));
        startKeyless();
        for (int step = 0; step < 6; step++) {
            assertThat(type(gateway.get("/api/v1/data/coinbase/ETH-USD"))).isEqualTo("upstream-blocked");
            JsonNode good =
                    gateway.get("/api/v1/data/coinbase/NEW" + step + "-USD").json();
            assertThat(good.get("mock").asBoolean()).as(good.toString()).isFalse();
        }
    }

    @Test
    void a_confirmed_rejection_of_a_key_is_counted_and_degrades_the_health() {
        upstream.on(TICKER, REJECTION);
        startWithKey();
        assertThat(gateway.get("/health").json().get("status").asString()).isEqualTo("healthy");
        JsonNode answer = gateway.get("/api/v1/data/binance/DOGEUSDT").json();
        assertThat(answer.get("mock").asBoolean()).as(answer.toString()).isTrue();
        assertThat(answer.get("mock_reason").asString()).contains("rejected the credentials");
        assertThat(upstream.asked(TICKER)).as("a second call confirms it").hasSize(2);
        assertThat(gateway.counter("request", "orchestration", "stand_ins")).isEqualTo(1);
        assertThat(gateway.get("/health").json().get("status").asString()).isEqualTo("degraded");
    }

    @Test
    void a_rejection_that_the_second_call_does_not_confirm_is_no_rejection() {
        int[] calls = {0};
        upstream.on(TICKER, (asked, line) -> (calls[0]++ == 0 ? REJECTION : DATA).send(asked, line));
        startWithKey();
        JsonNode answer = gateway.get("/api/v1/data/binance/DOGEUSDT").json();
        assertThat(answer.get("mock").asBoolean()).as(answer.toString()).isFalse();
        assertThat(gateway.counter("request", "orchestration", "stand_ins")).isZero();
    }

    @Test
    void a_page_with_status_401_is_no_rejection_of_the_key() {
        upstream.on(TICKER, PlaybackServer.html(401));
        startWithKey();
        ContractClient.Answer answer = gateway.get("/api/v1/data/binance/DOGEUSDT");
        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
        assertThat(type(answer)).isEqualTo("upstream-blocked");
    }

    @Test
    void a_caller_that_declines_mock_data_gets_the_rejection_whatever_is_cached() {
        upstream.on(TICKER, REJECTION);
        startWithKey();
        for (int i = 0; i < 2; i++) {
            assertThat(gateway.get("/api/v1/data/binance/DOGEUSDT")
                            .json()
                            .get("mock")
                            .asBoolean())
                    .isTrue();
            for (String path : List.of("/api/v1/data/binance/DOGEUSDT", "/api/v1/data/auto/DOGE/USDT")) {
                ContractClient.Answer declined = gateway.get(path + DECLINED);
                assertThat(declined.status()).as(declined.text()).isEqualTo(502);
                assertThat(type(declined)).isEqualTo("upstream-credentials-rejected");
            }
        }
        assertThat(gateway.counter("request", "orchestration", "stand_ins")).isEqualTo(1);
        JsonNode batch = gateway.get("/api/v1/quotes" + DECLINED + "&symbols=binance:DOGEUSDT,mock:BTC/USD")
                .json();
        assertThat(batch.get("failed").asInt()).as(batch.toString()).isEqualTo(1);
    }

    @Test
    void a_caller_that_declines_mock_data_gets_none_for_a_provider_that_is_not_live() {
        gateway = TestGateway.with(folder);
        for (String path : List.of(
                "/api/v1/data/binance/BTCUSDT",
                "/api/v1/data/auto/BTC/USDT",
                "/api/v1/candles/coinbase/BTC-USD",
                "/api/v1/book/coinbase/BTC-USD")) {
            assertThat(gateway.get(path).json().get("mock").asBoolean())
                    .as(path)
                    .isTrue();
            ContractClient.Answer declined = gateway.get(path + DECLINED);
            assertThat(declined.status()).as(declined.text()).isEqualTo(422);
            assertThat(type(declined)).isEqualTo("unsupported");
            assertThat(declined.json().get("detail").asString()).contains("mock_when_down=false", "_MODE=live");
            assertThat(gateway.get(path).json().get("mock").asBoolean())
                    .as(path)
                    .isTrue();
        }
        assertThat(gateway.get("/health").json().get("status").asString()).isEqualTo("healthy");
    }

    @Test
    void mock_data_that_the_providers_name_or_its_mode_asks_for_is_not_declined() {
        gateway = TestGateway.with(folder, "KRAKEN_MODE", "mock");
        for (String asked : List.of("/api/v1/data/mock/BTC/USD", "/api/v1/data/kraken/BTC/USD")) {
            assertThat(gateway.get(asked + DECLINED).json().get("mock").asBoolean())
                    .as(asked)
                    .isTrue();
        }
    }
}
