package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.SseClient.Event;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams at another time: the same instants have the same events on every machine. */
@Timeout(120)
class TimeMachineStreamsTest {
    private static final String START = "2024-02-21T08:59:50Z";

    private static TwoMachines machines;
    private static TestGateway one;
    private static TestGateway other;
    private static FacadeClient here;
    private static FacadeClient there;

    @BeforeAll
    static void start(@TempDir Path folder) {
        machines = new TwoMachines(folder, "streams.heartbeat", "1s");
        one = machines.one;
        other = machines.other;
        here = machines.here;
        there = machines.there;
    }

    @AfterAll
    static void stop() {
        machines.close();
    }

    /** The lines of server-sent events up to the end of the stream, without heartbeats; the subscriptions have been made. */
    private static CompletableFuture<String> events(HttpClient client, TestGateway gateway, String path)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .build();
        InputStream body = client.send(request, BodyHandlers.ofInputStream()).body();
        return CompletableFuture.supplyAsync(() -> {
            var log = new StringBuilder();
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith(":")) {
                        log.append(line).append('\n');
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return log.toString();
        });
    }

    /** What a bot gets that listens to streams of all kinds while it advances its clock by a minute in uneven steps. */
    private static List<String> logs(TestGateway gateway, FacadeClient rest) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            TwoMachines.move(rest, "to=" + START);
            SocketLog binance = SocketLog.open(
                    client,
                    gateway,
                    "/at/bot/compat/binance/stream?streams=btcusdt@trade/btcusdt@kline_1m/ethusdt@bookTicker/btcusdt@depth5");
            SocketLog own = SocketLog.open(
                    client,
                    gateway,
                    "/at/bot/ws",
                    "{\"op\":\"subscribe\",\"id\":1,\"symbols\":[\"kraken:ETH/EUR\",\"coinbase:BTC-USD\"],"
                            + "\"kinds\":[\"quote\",\"trade\",\"candle:1m\"]}");
            CompletableFuture<String> events = events(
                    client,
                    gateway,
                    "/at/bot/api/v1/stream?symbols=binance:BTCUSDT,mock:AAPL&kinds=quote,book:3,trade");
            for (String step : List.of("250ms", "1s", "7s", "3s", "48s")) {
                TwoMachines.move(rest, "by=" + step);
            }
            TwoMachines.move(rest, "to=" + START); // ends the streams
            return List.of(binance.whole(), own.whole(), events.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_bot_on_a_stepped_clock_gets_the_same_bytes_of_streams_on_two_machines() throws Exception {
        List<String> logs = logs(one, here);
        List<String> again = logs(other, there);
        for (int i = 0; i < logs.size(); i++) {
            List<String> mine = logs.get(i).lines().toList();
            List<String> theirs = again.get(i).lines().toList();
            for (int line = 0; line < Math.min(mine.size(), theirs.size()); line++) {
                assertThat(theirs.get(line)).as("line %d of log %d", line, i).isEqualTo(mine.get(line));
            }
            assertThat(theirs).hasSameSizeAs(mine);
        }
        assertThat(logs.get(0))
                .contains("\"e\":\"trade\"")
                .contains("\"x\":true") // the minute that ended at nine
                .contains("closed with 1001: the simulated clock was set back");
        assertThat(logs.get(0).lines()).hasSizeGreaterThan(300);
        assertThat(logs.get(1)).contains("\"type\":\"candle\"").contains("\"type\":\"quote\"");
        assertThat(logs.get(2)).contains("event: book").doesNotContain("event: gap");
    }

    /** As clients of Binance do: a book of the REST API, and the changes of a stream applied to it. */
    @Test
    void a_book_and_the_changes_of_a_stream_on_a_stepped_clock_make_the_book_of_the_market() throws Exception {
        String binance = "/at/bot/compat/binance";
        try (var client = HttpClient.newHttpClient()) {
            TwoMachines.move(here, "to=" + START);
            SocketLog stream = SocketLog.open(client, one, binance + "/ws/btcusdt@depth");
            JsonValue book = here.json(binance + "/api/v3/depth?symbol=BTCUSDT&limit=500");
            for (String step : List.of("1s", "5s", "30s")) {
                TwoMachines.move(here, "by=" + step);
            }
            TwoMachines.move(here, "to=" + START);
            Map<String, Map<BigDecimal, BigDecimal>> sides =
                    Map.of("b", levels(book.at("bids")), "a", levels(book.at("asks")));
            int applied = 0;
            for (String message : stream.whole().lines().toList()) {
                if (!message.startsWith("{\"e\":\"depthUpdate\"")) {
                    continue;
                }
                JsonValue change = JsonValue.parse(message.getBytes(StandardCharsets.UTF_8));
                if (change.at("u").integer() <= book.at("lastUpdateId").integer()) {
                    continue;
                }
                applied++;
                for (var side : sides.entrySet()) {
                    side.getValue().putAll(levels(change.at(side.getKey())));
                    side.getValue().values().removeIf(size -> size.signum() == 0);
                }
            }
            assertThat(applied).isGreaterThan(100);
            JsonValue last = here.json("/at/2024-02-21T09:00:26Z/compat/binance/api/v3/depth?symbol=BTCUSDT&limit=50");
            assertThat(best(sides.get("b"), true)).isEqualTo(best(levels(last.at("bids")), true));
            assertThat(best(sides.get("a"), false)).isEqualTo(best(levels(last.at("asks")), false));
        }
    }

    private static Map<BigDecimal, BigDecimal> levels(JsonValue rows) throws MalformedPayload {
        Map<BigDecimal, BigDecimal> levels = new TreeMap<>();
        for (JsonValue row : rows.items()) {
            levels.put(row.at(0).decimal(), row.at(1).decimal());
        }
        return levels;
    }

    /** The best 50 levels. */
    private static List<String> best(Map<BigDecimal, BigDecimal> levels, boolean highest) {
        List<String> rows = new ArrayList<>();
        levels.forEach((price, size) ->
                rows.add(price.toPlainString() + " " + size.stripTrailingZeros().toPlainString()));
        return (highest ? rows.reversed() : rows).stream().limit(50).toList();
    }

    @Test
    void binances_streams_of_all_symbols_have_each_that_is_listed() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            TwoMachines.move(here, "to=" + START);
            SocketLog tickers = SocketLog.open(client, one, "/at/bot/compat/binance/ws/!miniTicker@arr");
            SocketLog best = SocketLog.open(client, one, "/at/bot/compat/binance/stream?streams=!bookTicker");
            TwoMachines.move(here, "by=1s");
            TwoMachines.move(here, "to=" + START);
            List<String> lists = tickers.whole().lines().toList();
            int listed = here.json("/at/2024-02-21/compat/binance/api/v3/exchangeInfo")
                    .at("symbols")
                    .items()
                    .size();
            assertThat(lists)
                    .hasSizeGreaterThan(2 * listed)
                    .filteredOn(message -> message.contains("\"s\":\"SOLUSDT\""))
                    .isNotEmpty();
            assertThat(lists.subList(0, lists.size() - 1))
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("[{\"e\":\"24hrMiniTicker\"")
                            .endsWith("}]"));
            assertThat(best.whole()).startsWith("{\"stream\":\"!bookTicker\",\"data\":{\"u\":");
        }
    }

    @Test
    void a_standing_time_has_its_state_and_nothing_after_it() throws Exception {
        String target = "/at/2024-02-21T09:00:00Z/api/v1/stream?symbols=binance:BTCUSDT&kinds=quote,trade";
        var log = new ArrayList<String>();
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + one.port() + target))
                    .build();
            var response = client.send(request, BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("X-Simulated-Time")).contains("2024-02-21T09:00:00Z");
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                int heartbeats = 0;
                while (heartbeats < 2) {
                    String line = lines.readLine();
                    heartbeats += line.startsWith(":") ? 1 : 0;
                    if (line.startsWith("event: ")) {
                        log.add(line);
                    } else if (line.startsWith("data: ") && line.contains("\"bid\"")) {
                        assertThat(JsonValue.parse(line.substring(6).getBytes(StandardCharsets.UTF_8))
                                        .at("price")
                                        .text())
                                .isEqualTo(price("2024-02-21T09:00:00Z"));
                    }
                }
            }
        }
        assertThat(log)
                .containsExactlyInAnyOrder("event: status", "event: status", "event: snapshot", "event: snapshot");
    }

    private static String price(String at) throws MalformedPayload {
        return here.json("/at/" + at + "/api/v1/data/binance/BTCUSDT")
                .at("data")
                .at("price")
                .text();
    }

    @Test
    void a_running_time_has_the_events_of_the_market_at_its_instants() throws Exception {
        long now = Instant.now().getEpochSecond();
        String running = "/at/2024-02-21T09:00:00Z/x60/from/" + now;
        try (var client = new SseClient(one.port(), running + "/api/v1/stream?symbols=binance:BTCUSDT&kinds=quote")) {
            int compared = 0;
            while (compared < 5) {
                Event event = client.next();
                if (event.name().equals("quote")) {
                    String at = event.data().get("at").asString();
                    assertThat(event.data().get("price").asString()).isEqualTo(price(at));
                    assertThat(Instant.parse(at).toEpochMilli() % 1250).as(at).isZero(); // 5 × 250 ms
                    compared++;
                }
            }
        }
    }

    @Test
    void a_stream_at_a_clock_that_is_not_set_is_refused() {
        assertThat(here.get("/at/unset/api/v1/stream?symbols=binance:BTCUSDT").statusCode())
                .isEqualTo(422);
        assertThat(here.get("/at/unset/compat/binance/ws").statusCode()).isEqualTo(422);
    }
}
