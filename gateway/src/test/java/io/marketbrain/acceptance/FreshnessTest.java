package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How fresh data is, and what requests can demand of the cache, over HTTP with a live provider. */
@Timeout(60)
class FreshnessTest {
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final String QUOTE = "/api/v1/data/binance/BTCUSDT";

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        upstream.on(
                TICKER,
                PlaybackServer.json(
                        Recording.of("binance", "v3_ticker_price--BTCUSDT-").body()));
        gateway = with();
    }

    private TestGateway with(String... settings) {
        var all = new ArrayList<>(List.of(
                "BINANCE_MODE", "live", "BINANCE_BASE_URL", upstream.url().toString()));
        all.addAll(List.of(settings));
        return TestGateway.with(folder, all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private int calls() {
        return upstream.asked(TICKER).size();
    }

    private static String text(ContractClient.Answer answer, String pointer) {
        return answer.json().at(pointer).asString();
    }

    @Test
    void the_headers_of_a_live_quote_state_the_times_of_its_kind() {
        assertThat(gateway.get(QUOTE).header("Cache-Control"))
                .isEqualTo("max-age=2, stale-while-revalidate=2, stale-if-error=298");
        assertThat(gateway.get("/api/v1/data/mock/BTCUSDT").header("Cache-Control"))
                .isEqualTo("max-age=1, stale-while-revalidate=1, stale-if-error=299");
    }

    @Test
    void a_time_for_all_data_holds_for_quotes_as_well() {
        try (var minute = with("CACHE_L1_TTL", "60s", "CACHE_BOOK_TTL", "3s")) {
            String control = minute.get(QUOTE).header("Cache-Control");
            assertThat(control).isEqualTo("max-age=60, stale-while-revalidate=60, stale-if-error=240");
            assertThat(minute.get("/api/v1/trades/mock/BTCUSDT").header("Cache-Control"))
                    .startsWith("max-age=60,");
        }
    }

    @Test
    void newer_data_is_loaded_on_demand() {
        try (var minute = with("CACHE_L1_TTL", "60s")) {
            minute.get(QUOTE);
            assertThat(minute.get(QUOTE, "Cache-Control", "max-age=50").header("Cache-Status"))
                    .contains("; hit;");
            assertThat(minute.get(QUOTE + "?max_age=50s").header("Cache-Status"))
                    .contains("; hit;");
            assertThat(calls()).isEqualTo(1);
            assertThat(minute.get(QUOTE, "Cache-Control", "no-cache").header("Cache-Status"))
                    .contains("; fwd=request;");
            assertThat(minute.get(QUOTE, "Cache-Control", "max-age=0").header("Cache-Status"))
                    .contains("; fwd=request;");
            assertThat(minute.get(QUOTE + "?max_age=0").header("Cache-Status")).contains("; fwd=request;");
            // The lower of two ages counts.
            assertThat(minute.get(QUOTE + "?max_age=50s", "Cache-Control", "max-age=0")
                            .header("Cache-Status"))
                    .contains("; fwd=request;");
            assertThat(calls()).isEqualTo(5);
            assertThat(minute.get("/api/v1/quotes?symbols=binance:BTCUSDT&max_age=0s")
                            .status())
                    .isEqualTo(200);
            assertThat(calls()).isEqualTo(6);
        }
    }

    @Test
    void the_cached_quote_is_stale_and_flagged_if_newer_data_cannot_be_loaded() {
        try (var minute = with("CACHE_L1_TTL", "60s", "RESILIENCE_RETRY_ATTEMPTS", "1")) {
            minute.get(QUOTE);
            upstream.on(TICKER, PlaybackServer.status(500, "{}"));
            var answer = minute.get(QUOTE, "Cache-Control", "no-cache");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(text(answer, "/data/freshness")).isEqualTo("stale");
            assertThat(text(answer, "/data/quality/0/code")).isEqualTo("older_than_requested");
            assertThat(minute.get(QUOTE).json().at("/data/quality").isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/data/binance/BTCUSDT",
                "/api/v1/candles/binance/BTCUSDT?limit=3",
                "/api/v1/candles/mock/AAPL?limit=3",
                "/api/v1/book/binance/BTCUSDT",
                "/api/v1/trades/binance/BTCUSDT",
                "/api/v1/series/mock/GDP",
                "/api/v1/news/mock",
            })
    void only_cached_data_is_served_or_504_and_no_provider_is_called(String path) {
        var answer = gateway.get(path, "Cache-Control", "only-if-cached");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(text(answer, "/type")).isEqualTo("/problems/not-cached");
        assertThat(upstream.asked(TICKER)).isEmpty();
    }

    @Test
    void several_quotes_from_the_cache_only_are_each_cached_or_a_problem() {
        gateway.get(QUOTE);
        JsonNode quotes = gateway.get(
                        "/api/v1/quotes?symbols=binance:BTCUSDT,binance:ETHUSDT", "Cache-Control", "only-if-cached")
                .json()
                .get("quotes");
        assertThat(quotes.get(0).get("success").asBoolean()).isTrue();
        assertThat(quotes.get(1).at("/problem/type").asString()).isEqualTo("/problems/not-cached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "5x", "31d", "1e3", "", "5 s", "99999999"})
    void an_invalid_age_is_rejected_like_any_other_parameter(String age) {
        var answer = gateway.get(QUOTE + "?max_age=" + age.replace(" ", "%20"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(text(answer, "/field")).isEqualTo("max_age");
        assertThat(calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=soon", "max-age", "max-age=-5", "no-transform, max-age=5s"})
    void an_invalid_directive_is_rejected(String header) {
        var answer = gateway.get(QUOTE, "Cache-Control", header);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(text(answer, "/field")).isEqualTo("Cache-Control");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-transform",
                "min-fresh=x, max-stale",
                "no-store",
                "MAX-AGE=60",
                "max-age=\"60\"",
                "max-age=99999999999999999999",
            })
    void other_directives_are_ignored_and_any_valid_spelling_is_understood(String header) {
        assertThat(gateway.get(QUOTE, "Cache-Control", header).status()).isEqualTo(200);
    }

    @Test
    void a_quote_that_is_old_at_its_provider_is_stale_however_recently_it_was_fetched() {
        upstream.on(
                TICKER,
                PlaybackServer.json(
                        Recording.of("binance", "v3_ticker_24hr--DOGEUSDT-").body()));
        var answer = gateway.get("/api/v1/data/binance/DOGEUSDT");
        assertThat(text(answer, "/data/as_of")).startsWith("2021-");
        assertThat(text(answer, "/data/freshness")).isEqualTo("stale");
        assertThat(answer.header("Cache-Status")).contains("; fwd=uri-miss; ttl=2; stored");
    }

    @Test
    void a_candle_is_complete_by_the_clock_of_its_provider() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Instant providerTime = Instant.now().minusSeconds(180);
        var rows = new ArrayList<String>();
        for (int i = 5; i >= 0; i--) {
            long open = minute.minus(Duration.ofMinutes(i)).toEpochMilli();
            rows.add("[" + open + ",\"1\",\"1\",\"1\",\"1\",\"1\"," + (open + 59_999) + ",\"1\",1,\"1\",\"1\",\"0\"]");
        }
        byte[] body = ("[" + String.join(",", rows) + "]").getBytes(StandardCharsets.UTF_8);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(providerTime.atOffset(ZoneOffset.UTC));
        upstream.on(
                "/api/v3/klines",
                PlaybackServer.reply(200, Map.of("Content-Type", "application/json", "Date", date), body));
        JsonNode candles = gateway.get("/api/v1/candles/binance/BTCUSDT?interval=1m&limit=6")
                .json()
                .at("/data/candles");
        assertThat(candles).isNotEmpty();
        for (JsonNode candle : candles) {
            Instant end = Instant.parse(candle.get("open_time").asString()).plusSeconds(60);
            assertThat(candle.get("complete").asBoolean())
                    .as(candle.toString())
                    .isEqualTo(!end.isAfter(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))));
        }
    }
}
