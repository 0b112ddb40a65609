package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Doubtful data is labelled and data that cannot be right is an error, from the provider's socket to the client's. */
@Timeout(120)
class DataQualityTest {
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final String QUOTE = "/api/v1/data/binance/BTCUSDT";
    private static final String BOOK = "/api/v1/book/binance/BTCUSDT";
    private static final String CANDLES = "/api/v1/candles/binance/BTCUSDT?interval=1h&limit=5";

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private TestGateway gateway;

    private void start(String... more) {
        gateway = TestGateway.live(folder, "binance", upstream, more);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private static PlaybackServer.Answer ticker(String bid, String ask, Instant closeTime) {
        return PlaybackServer.json(ticker("BTCUSDT", "100", bid, ask, closeTime));
    }

    private static String ticker(String symbol, String price, String bid, String ask, Instant closeTime) {
        return """
                {"symbol":"%s","lastPrice":"%s","bidPrice":"%s","bidQty":"1","askPrice":"%s","askQty":"1","openPrice":"100",\
                "highPrice":"200","lowPrice":"50","volume":"5","quoteVolume":"500","closeTime":%d}""".formatted(symbol, price, bid, ask, closeTime.toEpochMilli());
    }

    private static List<String> flags(ContractClient.Answer answer) {
        return answer.json()
                .at("/data/quality")
                .valueStream()
                .map(flag -> flag.get("code").asString())
                .toList();
    }

    private static String detail(ContractClient.Answer answer) {
        return answer.json().at("/data/quality/0/detail").asString();
    }

    @Test
    void a_ticker_of_400_days_ago_is_flagged_as_stale() {
        start();
        upstream.on(TICKER, ticker("99", "101", Instant.now().minus(Duration.ofDays(400))));
        ContractClient.Answer answer = gateway.get(QUOTE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(flags(answer)).containsExactly("stale_feed");
        assertThat(detail(answer)).contains("400 days ago");
    }

    @ParameterizedTest
    @CsvSource({"0, is of 1970-01-01T00:00:00Z", "FUTURE, ahead of the provider's clock"})
    void a_ticker_of_1970_or_of_the_future_is_refused_unless_the_caller_allows_it(String time, String reason) {
        start();
        Instant closeTime = time.equals("0") ? Instant.EPOCH : Instant.now().plus(Duration.ofHours(1));
        upstream.on(TICKER, ticker("99", "101", closeTime));
        ContractClient.Answer refused = gateway.get(QUOTE);
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/upstream-untrusted");
        assertThat(refused.json().get("detail").asString()).contains(reason);
        ContractClient.Answer allowed = gateway.get(QUOTE + "?allow=untrusted");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.json().at("/data/price").asString()).isEqualTo("100");
        assertThat(flags(allowed)).containsExactly(time.equals("0") ? "absurd_time" : "future_time");
        assertThat(detail(allowed)).contains(reason);
    }

    @Test
    void a_price_below_zero_is_refused_unless_the_caller_allows_it() {
        start();
        upstream.on(TICKER, PlaybackServer.json(ticker("BTCUSDT", "-100", "99", "101", Instant.now())));
        ContractClient.Answer refused = gateway.get(QUOTE);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/upstream-untrusted");
        assertThat(refused.json().get("detail").asString()).contains("the price is -100");
        ContractClient.Answer allowed = gateway.get(QUOTE + "?allow=untrusted");
        assertThat(allowed.json().at("/data/price").asString()).isEqualTo("-100");
        assertThat(flags(allowed)).startsWith("impossible_price");
    }

    @Test
    void a_time_is_in_the_future_by_the_clock_of_the_provider_if_that_is_ahead_of_ours() {
        start();
        Instant theirs = Instant.now().plus(Duration.ofMinutes(10));
        byte[] body = ticker("BTCUSDT", "100", "99", "101", theirs).getBytes(StandardCharsets.UTF_8);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC));
        upstream.on(TICKER, PlaybackServer.reply(200, Map.of("Date", date), body));
        ContractClient.Answer answer = gateway.get(QUOTE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(flags(answer)).isEmpty();
    }

    @Test
    void a_quote_with_its_bid_above_its_ask_is_flagged() {
        start();
        upstream.on(TICKER, ticker("101", "99", Instant.now()));
        ContractClient.Answer answer = gateway.get(QUOTE);
        assertThat(flags(answer)).containsExactly("crossed_quote");
        assertThat(detail(answer)).isEqualTo("the bid 101 is above the ask 99");
        assertThat(answer.json().at("/data/bid").asString()).isEqualTo("101");
    }

    @Test
    void a_flag_stays_with_a_cached_answer_and_is_in_csv_too() {
        start();
        upstream.on(TICKER, ticker("101", "99", Instant.now()));
        assertThat(flags(gateway.get(QUOTE))).containsExactly("crossed_quote");
        assertThat(flags(gateway.get(QUOTE))).containsExactly("crossed_quote");
        assertThat(gateway.get(QUOTE + "?format=csv").header("X-Quality")).contains("crossed_quote");
        assertThat(upstream.asked()).hasSize(1);
        assertThat(gateway.counter("binance", "quality", "crossed_quote")).isEqualTo(1);
    }

    @Test
    void a_crossed_book_an_empty_level_and_a_price_listed_twice_are_flagged() {
        start();
        upstream.on("/api/v3/depth", PlaybackServer.json("""
                        {"lastUpdateId":1,"bids":[["101","1"],["100","2"],["100","3"]],"asks":[["99","1"],["102","0"]]}"""));
        ContractClient.Answer answer = gateway.get(BOOK);
        assertThat(flags(answer)).containsExactly("crossed_book", "repeated_level", "empty_level");
        assertThat(answer.json().at("/data/quality").toString())
                .contains("the best bid 101 is above the best ask 99")
                .contains("the bid at 100 is listed twice, with sizes 2 and 3")
                .contains("the ask at 102 has size 0");
    }

    private static String candle(long openTime, String high, String close) {
        return "[%d,\"8\",\"%s\",\"7\",\"%s\",\"10.%d\",%d,\"80\",3,\"1\",\"1\",\"0\"]"
                .formatted(openTime, high, close, openTime / 3_600_000 % 10, openTime + 3_599_999);
    }

    private void candles(String high) {
        long hour = Instant.now().toEpochMilli() / 3_600_000 * 3_600_000;
        var rows = new ArrayList<String>();
        for (int back = 4; back >= 0; back--) {
            rows.add(candle(hour - back * 3_600_000L, back == 2 ? high : "13", "12"));
        }
        upstream.on("/api/v3/klines", PlaybackServer.json("[" + String.join(",", rows) + "]"));
    }

    @Test
    void a_candle_whose_high_is_below_its_close_is_refused_unless_the_caller_allows_it() {
        start();
        candles("9");
        ContractClient.Answer refused = gateway.get(CANDLES);
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/upstream-untrusted");
        assertThat(refused.json().get("detail").asString()).contains("has a high of 9, below its close of 12");
        ContractClient.Answer allowed = gateway.get(CANDLES + "&allow=untrusted");
        assertThat(allowed.json().at("/data/candles").size()).isEqualTo(5);
        assertThat(allowed.json().at("/data/candles/2/high").asString()).isEqualTo("9");
        assertThat(flags(allowed)).contains("contradictory_ohlc");
        assertThat(gateway.get(CANDLES + "&allow=untrusted&format=csv").header("X-Quality"))
                .contains("contradictory_ohlc");
        assertThat(gateway.get(CANDLES + "&allow=untrusted&format=ndjson").text())
                .contains("{\"code\":\"contradictory_ohlc\"");
    }

    @Test
    void an_untrusted_answer_is_not_cached_and_what_follows_it_is_served() {
        start();
        candles("9");
        assertThat(gateway.get(CANDLES + "&allow=untrusted").status()).isEqualTo(200);
        candles("13");
        ContractClient.Answer answer = gateway.get(CANDLES + "&allow=untrusted");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(flags(answer)).isEmpty();
        assertThat(answer.json().at("/data/candles/2/high").asString()).isEqualTo("13");
    }

    @Test
    void refusing_one_instrument_neither_repeats_the_call_nor_opens_the_circuit() {
        start();
        upstream.on(TICKER, (asked, line) -> {
            String symbol = asked.parameters().get("symbol");
            Instant time = symbol.startsWith("BAD") ? Instant.EPOCH : Instant.now();
            PlaybackServer.json(ticker(symbol, "100", "99", "101", time)).send(asked, line);
        });
        for (int i = 0; i < 30; i++) {
            assertThat(gateway.get("/api/v1/data/binance/BAD" + i + "USDT").status())
                    .isEqualTo(502);
        }
        assertThat(upstream.asked(TICKER)).hasSize(30);
        assertThat(gateway.get("/api/v1/data/binance/GOODUSDT").status()).isEqualTo(200);
        JsonNode breaker = gateway.layer("binance", "circuit-breaker");
        assertThat(breaker.get("state").asString()).isEqualTo("closed");
        assertThat(gateway.counter("binance", "quality", "refused")).isEqualTo(30);
        assertThat(gateway.get("/metrics").text())
                .contains(
                        "marketbrain_quality_findings_total{check=\"absurd_time\",outcome=\"refused\",provider=\"binance\"} 30");
    }

    @Test
    void auto_goes_on_to_the_next_provider_and_says_why() {
        start(
                "LIVE_PROVIDERS",
                "binance,coinbase",
                "COINBASE_BASE_URL",
                upstream.url().toString(),
                "ROUTES_DEFAULT",
                "binance,coinbase");
        upstream.on(TICKER, ticker("99", "101", Instant.EPOCH));
        upstream.on(
                "/products/BTC-USDT/ticker",
                PlaybackServer.json("{\"price\":\"102\",\"bid\":\"101\",\"ask\":\"103\",\"volume\":\"5\",\"time\":\""
                        + Instant.now() + "\"}"));
        ContractClient.Answer answer = gateway.get("/api/v1/data/auto/BTC/USDT");
        assertThat(answer.json().at("/data/price").asString()).isEqualTo("102");
        assertThat(answer.json().at("/attempts/0/outcome").asString()).isEqualTo("upstream-untrusted");
        upstream.on("/products/ETH-USDT/ticker", PlaybackServer.hangUp());
        upstream.on(TICKER, PlaybackServer.json(ticker("ETHUSDT", "100", "99", "101", Instant.EPOCH)));
        assertThat(gateway.get("/api/v1/data/auto/ETH/USDT?mock_when_down=true")
                        .json()
                        .get("success")
                        .asBoolean())
                .as("untrusted is not down: mock data does not stand in")
                .isFalse();
        ContractClient.Answer allowed = gateway.get("/api/v1/data/auto/ETH/USDT?allow=untrusted");
        assertThat(flags(allowed)).containsExactly("absurd_time");
        assertThat(allowed.json().get("attempts").size()).isEqualTo(2);
    }

    @Test
    void each_check_can_be_changed_for_all_providers_and_for_one() {
        start("QUALITY_CHECKS", "crossed_quote=refuse,absurd_time=off", "BINANCE_QUALITY_CHECKS", "absurd_time=flag");
        upstream.on(TICKER, ticker("101", "99", Instant.now()));
        assertThat(gateway.get(QUOTE).status()).isEqualTo(502);
        upstream.on(TICKER, PlaybackServer.json(ticker("ETHUSDT", "100", "99", "101", Instant.EPOCH)));
        assertThat(flags(gateway.get("/api/v1/data/binance/ETHUSDT"))).contains("absurd_time");
    }

    @Test
    void a_batch_answers_the_good_and_names_the_untrusted() {
        start();
        upstream.on(TICKER, (asked, line) -> {
            String symbol = asked.parameters().get("symbol");
            Instant time = symbol.startsWith("BAD") ? Instant.EPOCH : Instant.now();
            PlaybackServer.json(ticker(symbol, "100", "99", "101", time)).send(asked, line);
        });
        String batch = "/api/v1/quotes?symbols=binance:BADUSDT,binance:BTCUSDT";
        assertThat(gateway.get(batch).json().get("failed").asInt()).isEqualTo(1);
        assertThat(gateway.get(batch + "&allow=untrusted").json().get("failed").asInt())
                .isZero();
    }
}
