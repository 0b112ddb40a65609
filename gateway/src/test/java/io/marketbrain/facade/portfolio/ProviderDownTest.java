package io.marketbrain.facade.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.PlaybackServer;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Yahoo accepts connections and says nothing: prices of 20 holdings come without its answer, labelled, and none is zero. How long that
 * takes is measured by {@code ./brain bench holdings}.
 */
@Timeout(120)
class ProviderDownTest {
    /** After which Ghostfolio gives up. */
    private static final Duration PATIENCE_OF_GHOSTFOLIO = Duration.ofSeconds(3);

    /** Coins, because a stock's price stays fresh while its exchange is closed. */
    private static final String COINS =
            "BTC,ETH,SOL,XRP,ADA,DOGE,LTC,BCH,DOT,LINK,AVAX,XLM,ATOM,UNI,AAVE,ETC,XMR,FIL,ALGO,TRX";

    private static final String TARGET = "/latest?symbols=yahoo:" + COINS.replace(",", "-USD,yahoo:") + "-USD";

    /** A chart as Yahoo sends it, of the symbol that is asked for. */
    private static PlaybackServer.Answer chart() {
        return (asked, line) -> PlaybackServer.json(
                        "{\"chart\":{\"result\":[{\"meta\":{\"currency\":\"USD\",\"symbol\":\""
                                + asked.path().substring(asked.path().lastIndexOf('/') + 1)
                                + "\",\"instrumentType\":\"CRYPTOCURRENCY\",\"regularMarketTime\":"
                                + Instant.now().minusSeconds(60).getEpochSecond()
                                + ",\"regularMarketPrice\":123.45,\"regularMarketDayHigh\":125.1,\"regularMarketDayLow\":121.9,"
                                + "\"regularMarketVolume\":1000,\"dataGranularity\":\"1d\",\"range\":\"1d\"},\"timestamp\":[],"
                                + "\"indicators\":{\"quote\":[{}]}}],\"error\":null}}")
                .send(asked, line);
    }

    @Test
    void holdings_keep_their_last_prices_labelled_stale(@TempDir Path folder) throws Exception {
        try (var yahoo = PlaybackServer.start().otherwise(chart());
                TestGateway gateway = TestGateway.with(
                        folder,
                        "YAHOO_MODE",
                        "live",
                        "YAHOO_BASE_URL",
                        yahoo.url().toString(),
                        "cache.ttl",
                        "yahoo.quote=1s",
                        "facades.coingecko.provider",
                        "yahoo");
                var portfolio = new FacadeClient(gateway.port(), "/portfolio");
                var gecko = new FacadeClient(gateway.port(), "/compat/coingecko/api/v3")) {
            JsonValue before = portfolio.json(TARGET + "&timeout=30");
            assertThat(before.items()).as(portfolio.get(TARGET).body()).hasSize(20);
            var release = new CountDownLatch(1);
            yahoo.otherwise(withheld(release));
            yahoo.forget();
            Thread.sleep(Duration.ofMillis(2200)); // more than twice the time that a quote is fresh
            for (int round = 0; round < 2; round++) {
                check(portfolio, "stale", false);
            }
            HttpResponse<String> coin = gecko.get("/simple/price?ids=bitcoin&vs_currencies=usd");
            assertThat(coin.body()).isEqualTo("{\"bitcoin\":{\"usd\":123.45}}");
            assertThat(coin.headers().firstValue("X-Stale")).contains("true");
            assertThat(yahoo.asked())
                    .as("calls whose answers are still withheld")
                    .isNotEmpty();
            release.countDown();
        }
    }

    @Test
    void holdings_have_labelled_mock_prices_where_that_was_accepted(@TempDir Path folder) throws Exception {
        try (var yahoo = PlaybackServer.start().otherwise(PlaybackServer.hangUp());
                TestGateway gateway = TestGateway.with(
                        folder,
                        "YAHOO_MODE",
                        "live",
                        "YAHOO_BASE_URL",
                        yahoo.url().toString());
                var portfolio = new FacadeClient(gateway.port(), "/portfolio")) {
            assertThat(portfolio.get(TARGET).statusCode()).isGreaterThanOrEqualTo(500);
            check(portfolio, "fresh", true);
        }
    }

    @Test
    void the_time_limit_leaves_the_program_time_to_read_the_response() {
        assertThat(PortfolioFacade.TIMEOUT).isLessThan(PATIENCE_OF_GHOSTFOLIO);
    }

    /** An answer that is sent only once the latch is open, so no response before that can contain it. */
    private static PlaybackServer.Answer withheld(CountDownLatch release) {
        return (asked, line) -> {
            release.await();
            chart().send(asked, line);
        };
    }

    private static void check(FacadeClient portfolio, String freshness, boolean mock) throws MalformedPayload {
        String body = portfolio.body(TARGET + (mock ? "&mock_when_down=true" : ""));
        List<JsonValue> rows =
                JsonValue.parse(body.getBytes(StandardCharsets.UTF_8)).items();
        assertThat(rows).hasSize(20);
        for (JsonValue row : rows) {
            assertThat(row.at("close").decimal()).isGreaterThan(BigDecimal.ZERO);
            assertThat(row.at("freshness").text()).isEqualTo(freshness);
            assertThat(row.at("mock").bool()).isEqualTo(mock);
        }
    }
}
