package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** No candle is lost and none is missing without a word, however a range is requested. */
@Timeout(120)
class CandleCompletenessTest {
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private void start(String provider) {
        gateway = TestGateway.live(folder, provider, upstream);
    }

    /** Binance with candles of these times, each {@code length} milliseconds long. */
    private void binance(long length, long... times) {
        start("binance");
        upstream.on("/api/v3/klines", (asked, line) -> {
            long from = Long.parseLong(asked.parameters().getOrDefault("startTime", "0"));
            long to = Long.parseLong(asked.parameters().getOrDefault("endTime", "9000000000000000"));
            int limit = Integer.parseInt(asked.parameters().getOrDefault("limit", "500"));
            long[] within = Arrays.stream(times)
                    .filter(time -> from <= time && time <= to)
                    .toArray();
            int skip = asked.parameters().containsKey("startTime") ? 0 : Math.max(0, within.length - limit);
            List<String> rows = Arrays.stream(within)
                    .skip(skip)
                    .limit(limit)
                    .mapToObj(time -> "[%d,\"1\",\"2\",\"0.5\",\"1.5\",\"10\",%d,\"15\",3,\"1\",\"1\",\"0\"]"
                            .formatted(time, time + length - 1))
                    .toList();
            PlaybackServer.json(rows.toString()).send(asked, line);
        });
    }

    private static long[] times(long step, int... bars) {
        return IntStream.of(bars).mapToLong(bar -> START + bar * step).toArray();
    }

    /** All pages from {@code first} on. */
    private List<JsonNode> pages(String first) {
        List<JsonNode> pages = new ArrayList<>();
        String target = first;
        while (target != null) {
            ContractClient.Answer page = gateway.get(target);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            pages.add(page.json());
            JsonNode cursor = page.json().get("next_cursor");
            target = cursor.isNull() ? null : first.replaceFirst("&from=[^&]*", "") + "&cursor=" + cursor.asString();
        }
        return pages;
    }

    private static List<String> candles(List<JsonNode> pages) {
        return pages.stream()
                .flatMap(page -> page.at("/data/candles").valueStream())
                .map(candle -> candle.get("open_time").asString())
                .toList();
    }

    private static long missing(List<JsonNode> pages) {
        return pages.stream()
                .flatMap(page -> page.at("/data/gaps").valueStream())
                .mapToLong(gap -> gap.get("missing").asLong())
                .sum();
    }

    @Test
    void a_hole_at_the_edge_of_a_page_is_listed() {
        binance(MINUTE, times(MINUTE, 0, 1, 2, 3, 4, 10, 11, 12, 13, 14));
        String range = "/api/v1/candles/binance/ABCUSDT?interval=1m&from=2024-01-01T00:00:00Z&to=2024-01-01T00:15:00Z";
        List<JsonNode> whole = pages(range + "&limit=100");
        assertThat(missing(whole)).isEqualTo(5);
        List<JsonNode> paged = pages(range + "&limit=5");
        assertThat(paged).hasSize(2);
        assertThat(candles(paged)).isEqualTo(candles(whole));
        assertThat(missing(paged)).isEqualTo(5);
    }

    @Test
    void holes_before_the_first_and_after_the_last_bar_are_listed_and_empty_ranges_too() {
        binance(MINUTE, times(MINUTE, 3, 4, 5));
        String path = "/api/v1/candles/binance/ABCUSDT?interval=1m&from=2024-01-01T00:00:00Z&to=";
        JsonNode edges = gateway.get(path + "2024-01-01T00:10:00Z").json().at("/data/gaps");
        assertThat(edges.toString())
                .isEqualTo("[{\"from\":\"2024-01-01T00:00:00Z\",\"to\":\"2024-01-01T00:03:00Z\",\"missing\":3},"
                        + "{\"from\":\"2024-01-01T00:06:00Z\",\"to\":\"2024-01-01T00:10:00Z\",\"missing\":4}]");
        JsonNode empty = gateway.get(path + "2024-01-01T00:02:00Z").json().at("/data/gaps");
        assertThat(empty.get(0).get("missing").asLong()).isEqualTo(2);
        ContractClient.Answer csv = gateway.get(path + "2024-01-01T00:10:00Z&format=csv");
        assertThat(csv.header("X-Missing-Bars")).isEqualTo("7");
        assertThat(gateway.get(path + "2024-01-01T00:10:00Z&format=ndjson").text())
                .contains("\"missing\":4}");
    }

    @Test
    void the_cursor_steps_over_no_bar_that_is_off_the_grid() {
        long[] times = LongStream.concat(
                        Arrays.stream(times(HOUR, 0, 1, 2, 3, 4, 5, 6, 7)),
                        LongStream.concat(
                                LongStream.of(START + 34_095_000), Arrays.stream(times(HOUR, 10, 11, 12, 13))))
                .toArray();
        binance(HOUR, times);
        String range = "/api/v1/candles/binance/ABCUSDT?interval=1h&from=2024-01-01T00:00:00Z&to=2024-01-01T14:00:00Z";
        assertThat(candles(pages(range + "&limit=9"))).hasSize(13).isEqualTo(candles(pages(range + "&limit=100")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_pages_of_any_limit_are_the_whole_range(long seed) {
        var random = new Random(seed);
        var times = new TreeSet<Long>();
        for (int bar = 0; bar < 600; bar++) {
            if (random.nextInt(10) > 0 && (bar < 200 || bar > 230)) {
                long shift = random.nextInt(8) == 0 ? random.nextInt(59) * 1000L : 0;
                times.add(START + bar * MINUTE + shift);
                if (random.nextInt(30) == 0) {
                    times.add(START + bar * MINUTE + 59_000);
                }
            }
        }
        binance(MINUTE, times.stream().mapToLong(time -> time).toArray());
        String range = "/api/v1/candles/binance/ABCUSDT?interval=1m&from=2024-01-01T00:00:00Z&to=2024-01-01T10:00:00Z";
        List<String> expected = times.stream()
                .map(time -> Instant.ofEpochMilli(time).toString())
                .toList();
        List<JsonNode> whole = pages(range + "&limit=5000");
        assertThat(candles(whole)).isEqualTo(expected);
        for (int limit : new int[] {7, 100, 249, 250, 251, 500}) {
            List<JsonNode> paged = pages(range + "&limit=" + limit);
            assertThat(candles(paged)).as("limit " + limit).isEqualTo(expected);
            assertThat(missing(paged)).as("missing with limit " + limit).isEqualTo(missing(whole));
        }
    }

    @Test
    void a_shortened_history_is_flagged_in_every_format() {
        start("kraken");
        upstream.on("/0/public/OHLC", (asked, line) -> {
            long since = Long.parseLong(asked.parameters().getOrDefault("since", "0"));
            long now = System.currentTimeMillis() / MINUTE * 60;
            String rows = LongStream.rangeClosed(0, 709)
                    .map(i -> now - 60 * (709 - i))
                    .filter(time -> time > since)
                    .mapToObj(
                            time -> "[%d,\"1\",\"2\",\"0.5\",\"1.5\",\"1\",\"9.%d\",3]".formatted(time, time / 60 % 10))
                    .toList()
                    .toString();
            PlaybackServer.json("{\"error\":[],\"result\":{\"%s\":%s,\"last\":0}}"
                            .formatted(asked.parameters().get("pair"), rows))
                    .send(asked, line);
        });
        String path = "/api/v1/candles/kraken/ETH/EUR?interval=1m&from=2017-01-01&limit=5000";
        assertThat(gateway.get(path).json().at("/data/quality/0/code").asString())
                .isEqualTo("history_limited");
        assertThat(gateway.get(path + "&format=csv").header("X-Quality")).isEqualTo("history_limited");
        assertThat(gateway.get(path + "&format=ndjson").text()).contains("\"quality\":[{\"code\":\"history_limited\"");
        JsonNode past = gateway.get("/api/v1/candles/kraken/ETH/EUR?interval=1m&from=2017-01-01&to=2017-01-02")
                .json();
        assertThat(past.at("/data/candles")).isEmpty();
        assertThat(past.at("/data/quality/0/code").asString()).isEqualTo("history_limited");
    }

    @Test
    void the_last_bars_of_a_quiet_instrument_are_found_and_the_hole_since_then_is_listed() {
        start("coinbase");
        upstream.on("/products/ABC-USD/candles", (asked, line) -> {
            Instant from = Instant.parse(asked.parameters().get("start"));
            Instant to = Instant.parse(asked.parameters().get("end"));
            long now = System.currentTimeMillis() / MINUTE * 60;
            String rows = LongStream.rangeClosed(4, 40)
                    .map(i -> now - i * 1800)
                    .filter(time -> time >= from.getEpochSecond() && time <= to.getEpochSecond())
                    .mapToObj(time -> "[%d,0.5,2,1,1.5,10]".formatted(time))
                    .toList()
                    .toString();
            PlaybackServer.json(rows).send(asked, line);
        });
        JsonNode answer = gateway.get("/api/v1/candles/coinbase/ABC-USD?interval=1m&limit=5")
                .json();
        assertThat(answer.at("/data/candles")).hasSize(5);
        JsonNode last = answer.at("/data/gaps").get(answer.at("/data/gaps").size() - 1);
        assertThat(last.get("missing").asLong()).isGreaterThanOrEqualTo(119);
    }

    @Test
    void a_search_for_older_bars_that_stops_says_so() {
        start("coinbase");
        upstream.on("/products/ABC-USD/candles", PlaybackServer.json("[]"));
        JsonNode answer = gateway.get("/api/v1/candles/coinbase/ABC-USD?interval=1m&limit=5")
                .json();
        assertThat(answer.at("/data/candles")).isEmpty();
        assertThat(answer.at("/data/quality/0/code").asString()).isEqualTo("history_limited");
        assertThat(upstream.asked("/products/ABC-USD/candles")).hasSizeLessThan(10);
    }
}
