package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded provider responses come in over one socket and leave as API responses over another. */
@Timeout(120)
class LiveGatewayTest {
    private static final ProviderId BINANCE = new ProviderId("binance");
    private static final ProviderId COINBASE = new ProviderId("coinbase");
    private static final ProviderId KRAKEN = new ProviderId("kraken");
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final String SYMBOLS = "/api/v3/exchangeInfo";
    private static final String KEY = "planted-key-90be";

    private final PlaybackServer upstream = PlaybackServer.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() {
        var live = new ProviderConfig(WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.of(upstream.url()));
        gateway = gateway(Map.of(BINANCE, live, COINBASE, live, KRAKEN, live));
    }

    private static Gateway gateway(Map<ProviderId, ProviderConfig> providers) {
        return new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withProviders(providers));
    }

    private static Gateway gateway(ProviderConfig binance) {
        return gateway(Map.of(BINANCE, binance));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        client.close();
    }

    private record ApiResponse(int status, Map<String, List<String>> headers, String text, JsonValue json) {
        JsonValue data() throws MalformedPayload {
            return json.at("data");
        }
    }

    private ApiResponse get(String path) throws IOException, InterruptedException, MalformedPayload {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new ApiResponse(
                response.statusCode(),
                response.headers().map(),
                response.body(),
                JsonValue.parse(response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static byte[] recorded(String name) {
        return recorded("binance", name);
    }

    private static byte[] recorded(String provider, String name) {
        return Recording.of(provider, name).body();
    }

    @Test
    void a_recorded_ticker_is_served_as_a_live_quote() throws Exception {
        upstream.on(TICKER, PlaybackServer.gzip(recorded("v3_ticker_24hr--DOGEUSDT-")));
        ApiResponse reply = get("/api/v1/data/binance/DOGEUSDT");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("success").bool()).isTrue();
        assertThat(reply.json().at("mock").bool()).isFalse();
        JsonValue data = reply.data();
        assertThat(data.at("source").text()).isEqualTo("binance");
        assertThat(data.at("symbol").text()).isEqualTo("DOGE");
        assertThat(data.at("instrument").text()).isEqualTo("DOGE/USDT");
        assertThat(data.at("provider_symbol").text()).isEqualTo("DOGEUSDT");
        assertThat(data.at("price").text()).isEqualTo("0.27050000");
        assertThat(data.at("bid").text()).isEqualTo("0.27040000");
        assertThat(data.at("ask").text()).isEqualTo("0.27050000");
        assertThat(data.at("volume").text()).isEqualTo("1343961239.70000000");
        assertThat(Instant.parse(data.at("as_of").text())).isEqualTo(Instant.ofEpochMilli(1630042422749L));
        assertThat(upstream.asked()).hasSize(1);
        assertThat(upstream.asked().getFirst().parameters()).containsEntry("symbol", "DOGEUSDT");
    }

    @Test
    void the_recorded_price_of_btcusdt_is_served_under_the_documented_path() throws Exception {
        upstream.on(TICKER, PlaybackServer.json(recorded("v3_ticker_price--BTCUSDT-")));
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT");
        assertThat(reply.data().at("price").text()).isEqualTo("6622.57000000");
        assertThat(reply.data().at("source").text()).isEqualTo("binance");
        assertThat(reply.json().at("mock").bool()).isFalse();
    }

    @Test
    void coinbase_and_kraken_responses_have_the_same_format() throws Exception {
        upstream.on(
                        "/products/BTC-USDT/ticker",
                        PlaybackServer.json(recorded("coinbase", "products_ticker--ccxt-BTCUSDT")))
                .on(
                        "/0/public/Ticker",
                        PlaybackServer.json(recorded("kraken", "connect_0_public_Ticker--valid-single")));
        ApiResponse coinbase = get("/api/v1/data/coinbase/BTC-USDT");
        assertThat(coinbase.data().at("price").text()).isEqualTo("73367.8");
        assertThat(coinbase.data().at("instrument").text()).isEqualTo("BTC/USDT");
        assertThat(coinbase.data().at("source").text()).isEqualTo("coinbase");
        assertThat(coinbase.json().at("mock").bool()).isFalse();
        ApiResponse kraken = get("/api/v1/data/kraken/XXBTZUSD");
        assertThat(kraken.data().at("price").text()).isEqualTo("64587.40000");
        assertThat(kraken.data().at("symbol").text()).isEqualTo("BTC");
        assertThat(kraken.data().at("instrument").text()).isEqualTo("BTC/USD");
        assertThat(kraken.data().at("provider_symbol").text()).isEqualTo("XBTUSD");
        assertThat(kraken.data().at("source").text()).isEqualTo("kraken");
        assertThat(upstream.asked("/0/public/Ticker").getFirst().parameters()).containsEntry("pair", "XBTUSD");
    }

    @Test
    void a_ticker_of_another_instrument_is_rejected() throws Exception {
        upstream.on(TICKER, PlaybackServer.json(recorded("v3_ticker_24hr--DOGEUSDT-")));
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().at("type").text()).isEqualTo("/problems/upstream-untrusted");
        assertThat(reply.text()).doesNotContain("0.2705");
    }

    @Test
    void an_instrument_without_trades_has_no_price() throws Exception {
        upstream.on(TICKER, PlaybackServer.json("""
                {"symbol":"BTCUSDT","lastPrice":"0.00000000","bidPrice":"0.00000000","askPrice":"0.00000000",
                 "openPrice":"0.00000000","highPrice":"0.00000000","lowPrice":"0.00000000","volume":"0.00000000",
                 "quoteVolume":"0.00000000","closeTime":1630042422749}"""));
        assertThat(get("/api/v1/data/binance/BTCUSDT").status()).isEqualTo(422);
    }

    @Test
    void a_recorded_book_and_recorded_trades_are_served_completely() throws Exception {
        upstream.on("/api/v3/depth", PlaybackServer.json(recorded("v3_depth--BTCUSDT-live-2026-07")))
                .on("/api/v3/trades", PlaybackServer.json(recorded("v3_trades--BTCUSDT-1000")));
        ApiResponse book = get("/api/v1/book/binance/BTCUSDT?depth=5");
        assertThat(book.status()).isEqualTo(200);
        assertThat(book.data().at("bids").items()).hasSize(5);
        assertThat(book.data().at("bids").at(0).at(0).text()).isEqualTo("63566.00000000");
        assertThat(book.data().at("asks").at(0).at(1).text()).isEqualTo("0.04961000");
        assertThat(upstream.asked("/api/v3/depth").getFirst().parameters()).containsEntry("limit", "5");
        ApiResponse trades = get("/api/v1/trades/binance/BTCUSDT?limit=3");
        assertThat(trades.data().at("trades").items()).hasSize(3);
        assertThat(trades.data().at("trades").at(2).at("price").text()).isEqualTo("13246.33000000");
    }

    @Test
    void pages_of_candles_are_joined_without_gaps_or_duplicates() throws Exception {
        upstream.on("/api/v3/klines", klines());
        ApiResponse reply = get("/api/v1/candles/binance/BTCUSDT?interval=1m&from=2024-01-01&to=2024-01-03&limit=2500");
        assertThat(reply.status()).isEqualTo(200);
        List<JsonValue> candles = reply.data().at("candles").items();
        assertThat(candles).hasSize(2500);
        var opens = new TreeSet<String>();
        for (JsonValue candle : candles) {
            opens.add(candle.at("open_time").text());
        }
        assertThat(opens).hasSize(2500);
        assertThat(opens.getFirst()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(opens.getLast()).isEqualTo("2024-01-02T17:39:00Z");
        // The cache may round up the number of candles, but never requests more than a page at a time.
        assertThat(upstream.asked())
                .hasSize(3)
                .allMatch(a -> Integer.parseInt(a.parameters().get("limit")) <= 1000);
    }

    /** Simulates the exchange: one candle per minute for the requested range and limit. */
    private static PlaybackServer.Answer klines() {
        return (request, line) -> {
            long start = Long.parseLong(request.parameters().get("startTime"));
            long end = Long.parseLong(request.parameters().get("endTime"));
            int limit = Integer.parseInt(request.parameters().get("limit"));
            String body = java.util.stream.LongStream.iterate(start, at -> at <= end, at -> at + 60_000)
                    .limit(limit)
                    .mapToObj(at -> "[%d,\"1.0\",\"2.0\",\"0.5\",\"1.5\",\"10\",%d,\"15\",7,\"5\",\"7.5\",\"0\"]"
                            .formatted(at, at + 59_999))
                    .collect(Collectors.joining(",", "[", "]"));
            PlaybackServer.json(body).send(request, line);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"code\":-1121,\"msg\":\"Invalid symbol.\"}                | 404 | unknown-instrument",
                "429 | {\"code\":-1003,\"msg\":\"Too much request weight used\"}   | 429 | upstream-throttled",
                "418 | {\"code\":-1003,\"msg\":\"Way too many requests; IP banned\"} | 429 | upstream-throttled",
                "451 | {\"code\":0,\"msg\":\"restricted location\"}                | 502 | upstream-blocked",
                "403 | <html>Request blocked</html>                              | 502 | upstream-blocked",
                "500 | {\"code\":-1000,\"msg\":\"unknown\"}                        | 502 | upstream-faulty",
                "503 | <html>Service unavailable</html>                          | 502 | upstream-faulty",
                "504 | {\"code\":-1007,\"msg\":\"Timeout waiting for response\"}   | 504 | upstream-timeout",
                "200 | <html>Maintenance</html>                                  | 502 | upstream-malformed",
                "200 | {\"symbol\":\"BTCUSDT\",\"lastPrice\":\"50                  | 502 | upstream-malformed",
                "200 | {\"symbol\":\"BTCUSDT\",\"lastPrice\":\"many\"}             | 502 | schema-drift",
                "200 | {\"symbol\":\"BTCUSDT\",\"price\":\"many\"}                 | 502 | upstream-malformed"
            })
    void each_upstream_failure_has_its_own_problem_type(int status, String body, int expected, String type)
            throws Exception {
        upstream.on(TICKER, PlaybackServer.status(status, body));
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT");
        assertThat(reply.status()).isEqualTo(expected);
        assertThat(reply.json().at("type").text()).isEqualTo("/problems/" + type);
        assertThat(reply.json().at("success").bool()).isFalse();
        assertThat(reply.headers().get("content-type")).containsExactly("application/problem+json");
    }

    @Test
    void an_empty_body_is_malformed() throws Exception {
        upstream.on(TICKER, PlaybackServer.json(""));
        assertThat(get("/api/v1/data/binance/BTCUSDT").json().at("type").text())
                .isEqualTo("/problems/upstream-malformed");
    }

    @Test
    void the_providers_retry_after_is_passed_to_the_caller() throws Exception {
        upstream.on(TICKER, PlaybackServer.reply(429, Map.of("Retry-After", "17"), new byte[0]));
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT");
        assertThat(reply.headers().get("retry-after")).containsExactly("17");
        assertThat(reply.json().at("retry_after").integer()).isEqualTo(17);
    }

    @Test
    void the_end_of_a_ban_in_the_response_text_becomes_retry_after() throws Exception {
        long end = System.currentTimeMillis() + Duration.ofMinutes(10).toMillis();
        upstream.on(
                TICKER,
                PlaybackServer.status(
                        418,
                        "{\"code\":-1003,\"msg\":\"Way too many requests; IP(9.9.9.9) banned until " + end + ".\"}"));
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT");
        assertThat(reply.json().at("retry_after").integer()).isBetween(400L, 601L);
        assertThat(reply.text()).doesNotContain("9.9.9.9");
    }

    @Test
    void a_provider_that_never_responds_times_out_at_the_callers_deadline() throws Exception {
        upstream.on(TICKER, PlaybackServer.hang());
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT?timeout=0.3");
        assertThat(reply.status()).isEqualTo(504);
        assertThat(upstream.awaitHangUp(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void a_provider_that_is_down_is_not_replaced_by_the_mock_market() throws Exception {
        upstream.close();
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().at("type").text()).isEqualTo("/problems/upstream-unreachable");
    }

    @Test
    void a_caller_who_accepts_mock_data_gets_it_labelled() throws Exception {
        upstream.close();
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT?mock_when_down=true");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("mock").bool()).isTrue();
        assertThat(reply.data().at("source").text()).isEqualTo("mock");
        assertThat(reply.json().at("mock_reason").text()).contains("binance");
    }

    @Test
    void rejected_credentials_switch_to_mock_with_the_reason_and_without_the_key() throws Exception {
        gateway.close();
        gateway = gateway(new ProviderConfig(
                WantedMode.AUTO, Secret.of(KEY), Secret.of("planted-secret"), Optional.of(upstream.url())));
        upstream.on(
                TICKER, PlaybackServer.status(401, "{\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions\"}"));
        ApiResponse reply = get("/api/v1/data/binance/BTCUSDT");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("mock").bool()).isTrue();
        assertThat(reply.json().at("mock_reason").text()).contains("credentials");
        assertThat(reply.text()).doesNotContain(KEY);
        ApiResponse health = get("/health");
        assertThat(health.json().at("status").text()).isEqualTo("degraded");
        assertThat(health.text()).contains("\"reasons\":[\"mock data stands in for binance\"]");
        assertThat(upstream.asked(TICKER).getFirst().headers()).containsEntry("x-mbx-apikey", KEY);
    }

    @Test
    void with_an_explicit_mode_live_rejected_credentials_are_an_error_and_never_mock_data() throws Exception {
        gateway.close();
        gateway = gateway(
                new ProviderConfig(WantedMode.LIVE, Secret.of(KEY), Optional.empty(), Optional.of(upstream.url())));
        upstream.on(
                TICKER, PlaybackServer.status(401, "{\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions\"}"));
        for (String path : List.of("/api/v1/data/binance/BTCUSDT", "/api/v1/data/binance/ETHUSDT")) {
            ApiResponse reply = get(path);
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.json().at("type").text()).isEqualTo("/problems/upstream-credentials-rejected");
            assertThat(reply.text()).doesNotContain(KEY);
        }
        ApiResponse anyProvider = get("/api/v1/data/auto/BTC/USDT");
        assertThat(anyProvider.status()).isEqualTo(502);
        assertThat(anyProvider.json().at("type").text()).isEqualTo("/problems/upstream-credentials-rejected");

        ApiResponse accepted = get("/api/v1/data/binance/SOLUSDT?mock_when_down=true");
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.json().at("mock").bool()).isTrue();
        assertThat(accepted.json().at("mock_reason").text()).contains("credentials");
    }

    @Test
    void no_request_is_sent_before_a_client_asks() throws Exception {
        gateway.close();
        gateway = gateway(
                new ProviderConfig(WantedMode.AUTO, Optional.empty(), Optional.empty(), Optional.of(upstream.url())));
        for (String path : Arrays.asList("/api/v1/data/binance/BTCUSDT", "/api/v1/providers", "/health")) {
            get(path);
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void a_wait_that_the_provider_asked_for_holds_for_its_list_of_symbols_and_the_other_way_round() throws Exception {
        var wait = PlaybackServer.reply(429, Map.of("Retry-After", "60"), new byte[0]);
        upstream.on(TICKER, wait).on(SYMBOLS, wait);
        assertThat(get("/api/v1/data/binance/BTCUSDT").status()).isEqualTo(429);
        assertThat(get("/api/v1/data/binance/BNBUSD").status()).isEqualTo(429);
        assertThat(upstream.asked(SYMBOLS)).isEmpty();

        gateway.close();
        start();
        upstream.forget();
        assertThat(get("/api/v1/data/binance/BNBUSD").status()).isEqualTo(429);
        assertThat(upstream.asked(SYMBOLS)).hasSize(1);
        assertThat(get("/api/v1/data/binance/BTCUSDT").status()).isEqualTo(429);
        assertThat(upstream.asked(TICKER)).isEmpty();
    }

    @Test
    void the_live_stack_lists_its_layers_and_its_address() {
        assertThat(gateway.printedStacks())
                .anyMatch(line -> line.startsWith("binance: ")
                        && line.contains("paging → ")
                        && line.contains("binance over http://127.0.0.1:"));
    }
}
