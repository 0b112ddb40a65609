package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.Gateway;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.PlaybackServer.Answer;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers that have nothing for one instrument, over real sockets: that instrument fails and no other. */
@Timeout(120)
@SuppressWarnings("InlineFormatString")
class DeadInstrumentsTest {
    private static final int STEPS = 8;
    /** As many as Kraken's rate limit allows. */
    private static final int KRAKEN_STEPS = 3;

    private static final String COINBASE_QUOTE = "{\"ask\":\"101\",\"bid\":\"%s\",\"volume\":\"5\",\"trade_id\":1,"
            + "\"price\":\"%s\",\"size\":\"1\",\"time\":\"2026-11-28T12:00:00Z\"}";
    private static final String KRAKEN_QUOTE = "{\"error\":[],\"result\":{\"%s\":{\"a\":[\"101\",\"1\",\"1.0\"],"
            + "\"b\":[\"99\",\"1\",\"1.0\"],\"c\":[\"%s\",\"1\"],\"v\":[\"1\",\"2\"],\"p\":[\"1\",\"2\"],\"t\":[1,2],"
            + "\"l\":[\"%s\",\"%s\"],\"h\":[\"%s\",\"%s\"],\"o\":\"100\"}}}";

    private final PlaybackServer upstream = PlaybackServer.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Gateway gateway = new Gateway(GatewayConfig.defaults()
            .withServer(new ServerConfig("127.0.0.1", 0))
            .withProviders(live("binance", "coinbase", "kraken")));

    private Map<ProviderId, ProviderConfig> live(String... ids) {
        Map<ProviderId, ProviderConfig> providers = new HashMap<>();
        for (String id : ids) {
            providers.put(
                    new ProviderId(id),
                    new ProviderConfig(
                            WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.of(upstream.url())));
        }
        return providers;
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        client.close();
    }

    /** Sent again while the rate limit of the provider is used up, which a fast machine reaches. */
    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.port() + path);
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        for (int i = 0; i < 5 && response.body().contains("\"policy\":\"quota:"); i++) {
            Thread.sleep(1000);
            response = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
        return response;
    }

    private static String krakenQuote(String pair, String last, String highLow) {
        return KRAKEN_QUOTE.formatted(pair, last, highLow, highLow, highLow, highLow);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"message\":\"Not allowed for delisted products\"}                  | 422 | unsupported",
                "404 | {\"message\":\"NotFound\"}                                           | 404 | unknown-instrument",
                "200 | {\"price\":\"0\",\"bid\":\"0\",\"ask\":\"0\",\"volume\":\"0\"}       | 422 | unsupported",
                "200 | {\"price\":\"0.00000000\",\"bid\":\"\",\"ask\":\"\",\"volume\":\"0\"} | 422 | unsupported",
                "200 | {\"price\":\"\",\"bid\":\"\",\"ask\":\"\",\"volume\":\"0\"}           | 422 | unsupported",
                "200 | {\"price\":\"many\"}                                                 | 502 | "
            })
    void coinbase_serves_the_others_at_every_step(int status, String body, int expected, String type) throws Exception {
        Answer dead = PlaybackServer.status(status, body);
        Answer good = PlaybackServer.json(COINBASE_QUOTE.formatted("99", "100"));
        upstream.otherwise((asked, line) -> (asked.path().contains("OLD") ? dead : good).send(asked, line));
        // One dead instrument only, where the response does not say that the instrument is the reason.
        List<String> olds = expected == 502 ? List.of("OLD1") : List.of("OLD1", "OLD2");
        for (int step = 0; step < STEPS; step++) {
            for (String base : List.of("BTC", "GOOD" + step)) {
                HttpResponse<String> served = get("/api/v1/data/coinbase/" + base + "-USD");
                assertThat(served.statusCode())
                        .as("%s at step %d: %s", base, step, served.body())
                        .isEqualTo(200);
            }
            for (String old : olds) {
                HttpResponse<String> failed = get("/api/v1/data/coinbase/" + old + "-USD");
                assertThat(failed.statusCode()).as(failed.body()).isEqualTo(expected);
                assertThat(failed.body()).contains("/problems/" + (type == null ? "" : type));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no data     | 422 | unsupported",
                "zero prices | 422 | unsupported",
                "unknown     | 404 | unknown-instrument"
            })
    void kraken_serves_the_others_at_every_step(String how, int expected, String type) throws Exception {
        upstream.on("/0/public/Ticker", (asked, line) -> {
            String pair = asked.parameters().get("pair");
            String body = switch (pair.startsWith("OLD") ? how : "good") {
                case "no data" -> "{\"error\":[\"EGeneral:No data\"]}";
                case "zero prices" -> krakenQuote(pair, "0.00000", "0.00000");
                case "unknown" -> "{\"error\":[\"EQuery:Unknown asset pair\"]}";
                default -> krakenQuote(pair, "100", "102");
            };
            PlaybackServer.json(body).send(asked, line);
        });
        for (int step = 0; step < KRAKEN_STEPS; step++) {
            for (String base : List.of("ADA", "GOOD" + step)) {
                HttpResponse<String> served = get("/api/v1/data/kraken/" + base + "/USD");
                assertThat(served.statusCode())
                        .as("%s at step %d: %s", base, step, served.body())
                        .isEqualTo(200);
            }
            for (String old : List.of("OLD1", "OLD2")) {
                HttpResponse<String> failed = get("/api/v1/data/kraken/" + old + "/USD");
                assertThat(failed.statusCode()).as(failed.body()).isEqualTo(expected);
                assertThat(failed.body()).contains("/problems/" + type);
            }
        }
    }

    @Test
    void an_empty_bid_is_no_bid() throws Exception {
        upstream.otherwise(PlaybackServer.json(COINBASE_QUOTE.formatted("", "100")));
        HttpResponse<String> served = get("/api/v1/data/coinbase/BTC-USD");
        assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
        assertThat(served.body()).contains("\"bid\":null", "\"ask\":\"101\"");
    }

    @Test
    void a_kraken_instrument_without_trades_today_keeps_its_last_price() throws Exception {
        upstream.on("/0/public/Ticker", PlaybackServer.json(krakenQuote("ADAUSD", "100", "0.00000")));
        HttpResponse<String> quiet = get("/api/v1/data/kraken/ADA/USD");
        assertThat(quiet.statusCode()).as(quiet.body()).isEqualTo(200);
        assertThat(quiet.body()).contains("\"price\":\"100\"").doesNotContain("0.00000");
    }

    @Test
    void a_rejected_request_is_sent_once() throws Exception {
        upstream.otherwise(PlaybackServer.status(400, "{\"code\":-71012,\"msg\":\"IPv6 not supported\"}"));
        HttpResponse<String> rejected = get("/api/v1/data/binance/BTCUSDT");
        assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(422);
        assertThat(rejected.body())
                .contains("\"provider_error\":{\"code\":\"-71012\",\"message\":\"IPv6 not supported\"}");
        assertThat(upstream.asked("/api/v3/ticker/24hr")).hasSize(1);
    }
}
