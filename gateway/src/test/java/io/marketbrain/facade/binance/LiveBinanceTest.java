package io.marketbrain.facade.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.provider.PlaybackServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests of Binance's API pass the layers that those of our own pass: cache, quality, budgets, and what becomes of a dead provider. */
@Timeout(60)
class LiveBinanceTest {
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final String TARGET = TICKER + "?symbol=BTCUSDT";

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start().on(TICKER, price("64000.10"));

    @BeforeEach
    void nothingAskedYet() {
        upstream.forget();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static PlaybackServer.Answer price(String price) {
        return ticker(price, "64000.00");
    }

    private static PlaybackServer.Answer ticker(String price, String bid) {
        return PlaybackServer.json("{\"symbol\":\"BTCUSDT\",\"lastPrice\":\"" + price + "\",\"bidPrice\":\"" + bid
                + "\",\"bidQty\":\"1.0\",\"askPrice\":\"64000.20\",\"askQty\":\"2.0\",\"openPrice\":\"63000.00\","
                + "\"highPrice\":\"64500.00\",\"lowPrice\":\"62000.00\",\"volume\":\"100.0\",\"quoteVolume\":\"6350000.0\","
                + "\"closeTime\":" + System.currentTimeMillis() + "}");
    }

    private TestGateway gateway(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "BINANCE_MODE", "live", "BINANCE_BASE_URL", upstream.url().toString()));
        settings.addAll(List.of(more));
        return TestGateway.with(folder, settings.toArray(String[]::new));
    }

    @Test
    void cached_data_is_served_to_both_and_labelled_stale_once_the_provider_is_down() throws Exception {
        try (TestGateway gateway = gateway("cache.ttl", "binance.quote=1s");
                var binance = new FacadeClient(gateway.port(), "/compat/binance")) {
            assertThat(gateway.get("/api/v1/data/binance/BTCUSDT").status()).isEqualTo(200);
            HttpResponse<String> cached = binance.get(TARGET);
            assertThat(cached.body()).contains("\"lastPrice\":\"64000.10\"", "\"quoteVolume\":\"6350000.0\"");
            assertThat(cached.headers().firstValue("X-Mock")).contains("false");
            assertThat(cached.headers().firstValue("X-Stale")).contains("false");
            assertThat(upstream.asked(TICKER)).hasSize(1);
            upstream.on(TICKER, PlaybackServer.hangUp());
            Thread.sleep(Duration.ofMillis(2200)); // more than twice the time that a quote is fresh
            HttpResponse<String> stale = binance.get(TARGET);
            assertThat(stale.body()).contains("\"lastPrice\":\"64000.10\"");
            assertThat(stale.headers().firstValue("X-Stale")).contains("true");
        }
    }

    @Test
    void what_cannot_be_right_is_refused_and_a_dead_provider_is_an_error_of_binances() {
        try (TestGateway gateway = gateway();
                var binance = new FacadeClient(gateway.port(), "/compat/binance")) {
            upstream.on(TICKER, price("-5"));
            HttpResponse<String> refused = binance.get(TARGET);
            assertThat(refused.statusCode()).isEqualTo(502);
            assertThat(refused.body()).startsWith("{\"code\":-1001,\"msg\":\"");
            upstream.on(TICKER, PlaybackServer.hangUp());
            HttpResponse<String> dead = binance.get("/api/v3/ticker/price?symbol=BTCUSDT");
            assertThat(dead.statusCode()).isGreaterThanOrEqualTo(500);
            assertThat(dead.body()).startsWith("{\"code\":-100");
        }
    }

    @Test
    void doubtful_values_are_flagged() {
        try (TestGateway gateway = gateway();
                var binance = new FacadeClient(gateway.port(), "/compat/binance")) {
            upstream.on(TICKER, ticker("64000.10", "64010.00"));
            HttpResponse<String> crossed = binance.get(TARGET);
            assertThat(crossed.statusCode()).as(crossed.body()).isEqualTo(200);
            assertThat(crossed.headers().firstValue("X-Quality"))
                    .hasValueSatisfying(codes -> assertThat(codes).contains("crossed_quote"));
        }
    }

    @Test
    void what_no_budget_covers_is_not_asked_for() {
        try (TestGateway gateway = gateway("costs.binance", "0.01", "budgets.all.limit", "0.005");
                var binance = new FacadeClient(gateway.port(), "/compat/binance")) {
            HttpResponse<String> refused = binance.get(TARGET);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).startsWith("{\"code\":-1003,");
            assertThat(upstream.asked(TICKER)).isEmpty();
        }
    }
}
