package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Payloads that once ended the gateway, one after the other against one gateway process with a heap of 128 MiB: eight at a time,
 * after which the same process must answer others.
 */
@Timeout(180)
class HostilePayloadTest {
    private static final int PARALLEL = 8;
    private static final int MIB = 1 << 20;
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final String KLINES = "/api/v3/klines";
    private static final String DEPTH = "/api/v3/depth";
    private static final String SYMBOLS = "/api/v3/exchangeInfo";

    private static final String QUOTE = "/api/v1/data/binance/BTC%d-USDT?timeout=20";
    private static final String CANDLES = "/api/v1/candles/binance/BTC%d-USDT?interval=1h&limit=5&timeout=20";
    private static final String BOOK = "/api/v1/book/binance/BTC%d-USDT?depth=5&timeout=20";
    /** Only the provider's list can tell what this symbol means. */
    private static final String UNKNOWN = "/api/v1/data/binance/ZZ%dYYY?timeout=20";

    /** What other callers ask for meanwhile. */
    private static final String OTHERS = "/api/v1/data/mock/BTCUSDT";

    private static final String KLINE =
            "[1700000000000,\"1.1\",\"1.2\",\"1.0\",\"1.1\",\"5\",1700003599999,\"9\",7,\"1\",\"1\",\"0\"]";

    @TempDir
    static Path folder;

    private static PlaybackServer sharedUpstream;
    private static GatewayProcess shared;

    /** The number in the next symbol: no instrument is requested twice, so that no response is cached. */
    private static int next;

    @BeforeAll
    static void start() throws IOException {
        sharedUpstream = PlaybackServer.start();
        shared = start(sharedUpstream);
    }

    @AfterAll
    static void stop() throws Exception {
        shared.close();
        sharedUpstream.close();
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                hostile("8 kB of gzip with 4,000,000 numbers", TICKER, QUOTE, gzip("[", "1,", 4_000_000, "1]")),
                hostile("numbers", TICKER, QUOTE, plain("[", "1,", 2_000_000, "1]")),
                hostile("empty arrays", TICKER, QUOTE, gzip("[", "[],", 2_000_000, "[]]")),
                hostile("empty objects", TICKER, QUOTE, gzip("[", "{},", 2_000_000, "{}]")),
                hostile("empty texts", TICKER, QUOTE, gzip("[", "\"\",", 2_000_000, "\"\"]")),
                hostile("one object of many members", TICKER, QUOTE, gzip(members(300_000))),
                hostile("arrays within arrays", TICKER, QUOTE, gzip("", "[", 4_000_000, "")),
                hostile("one text of 8 MB", TICKER, QUOTE, gzip("[\"", "x", 8_000_000, "\"]")),
                hostile("one name of 7 MB", TICKER, QUOTE, gzip("{\"", "x", 7_000_000, "\":1}")),
                hostile("one number of 7 MB", TICKER, QUOTE, gzip("[", "1", 7_000_000, "]")),
                hostile(
                        "150,000 klines for limit=5",
                        KLINES,
                        CANDLES,
                        gzip("[", KLINE + ",", 150_000 / 2, KLINE + "]")),
                hostile(
                        "800,000 book levels",
                        DEPTH,
                        BOOK,
                        gzip("{\"lastUpdateId\":1,\"asks\":[],\"bids\":[", "[1,1],", 800_000, "[1,1]]}")),
                hostile("one plain body of 2 MB", TICKER, QUOTE, plain("[", "[1],", MIB / 2, "[1]]")),
                hostile("a plain body of 1 MB", TICKER, QUOTE, plain("[", "[1],", MIB / 4, "[1]]")),
                hostile("many empty gzip members", TICKER, QUOTE, reply("gzip", HostileBodies.emptyMembers(3_000))),
                hostile(
                        "8 MB of empty gzip members",
                        TICKER,
                        QUOTE,
                        reply("gzip", HostileBodies.emptyMembers(400_000))),
                hostile("8 MB that gzip does not shrink, and does not end", TICKER, QUOTE, PlaybackServer.endless()));
    }

    private static Arguments hostile(String what, String path, String ask, PlaybackServer.Answer answer) {
        return Arguments.of(what, path, ask, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void a_payload_over_a_bound_is_malformed_and_others_are_answered(
            String what, String path, String ask, PlaybackServer.Answer answer) throws Exception {
        sharedUpstream.on(path, answer);
        int first = next;
        next += PARALLEL + 1;
        assertThat(inParallel(shared, ask, first))
                .as(what)
                .allSatisfy(body -> assertThat(body).contains("/problems/upstream-malformed"));
        assertThat(shared.get(ask.formatted(first + PARALLEL)).body()).contains("\"type\":\"/problems/");
        assertThat(shared.get(OTHERS).body()).contains("\"price\"");
        assertThat(shared.isAlive()).isTrue();
        assertThat(shared.output()).doesNotContain("Error");
    }

    static Stream<Arguments> symbolLists() {
        String symbol = "{\"symbol\":\"ZZ0YYY\",\"baseAsset\":\"ZZ0\",\"quoteAsset\":\"YYY\"}";
        return Stream.of(
                Arguments.of("8 MB of symbols", gzip("{\"symbols\":[", symbol + ",", 140_000, symbol + "]}")),
                Arguments.of("numbers", gzip("{\"symbols\":[", "1,", 4_000_000, "1]}")),
                Arguments.of("a member beside it", gzip("{\"other\":[", "1,", 4_000_000, "1],\"symbols\":[]}")),
                Arguments.of("empty arrays in one symbol", gzip("{\"symbols\":[[", "[],", 2_600_000, "[]]]}")));
    }

    /** Each with a gateway of its own, because one does not fetch the list again soon. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("symbolLists")
    void a_symbol_list_over_a_bound_is_not_kept_and_others_are_answered(String what, PlaybackServer.Answer answer)
            throws Exception {
        try (var upstream = PlaybackServer.start().on(SYMBOLS, answer);
                GatewayProcess gateway = start(upstream)) {
            for (String body : inParallel(gateway, UNKNOWN, 0)) {
                assertThat(body).as(what).contains("\"type\":\"/problems/");
            }
            assertThat(gateway.get(OTHERS).body()).contains("\"price\"");
            assertThat(gateway.isAlive()).isTrue();
            assertThat(gateway.output()).doesNotContain("Error");
        }
    }

    private static GatewayProcess start(PlaybackServer upstream) throws IOException {
        return GatewayProcess.start(
                folder,
                Map.of(
                        "LIVE_PROVIDERS", "binance",
                        "BINANCE_BASE_URL", upstream.url().toString(),
                        // Each request is to show what one attempt makes of the payload.
                        "RESILIENCE_RETRY_ATTEMPTS", "1",
                        "RESILIENCE_BREAKER_CALLS", "1000",
                        "RESILIENCE_BREAKER_MINIMUM", "1000"));
    }

    private static List<String> inParallel(GatewayProcess gateway, String ask, int first) throws Exception {
        gateway.port();
        List<Future<String>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PARALLEL; i++) {
                String target = ask.formatted(first + i);
                answers.add(threads.submit(() -> gateway.get(target).body()));
            }
            while (answers.stream().anyMatch(answer -> !answer.isDone())) {
                assertThat(gateway.get(OTHERS).body()).contains("\"price\"");
            }
            List<String> bodies = new ArrayList<>();
            for (Future<String> answer : answers) {
                bodies.add(answer.get(60, TimeUnit.SECONDS));
            }
            return bodies;
        }
    }

    // ---- payloads ----

    private static PlaybackServer.Answer plain(String head, String repeated, int times, String tail) {
        return PlaybackServer.json((head + repeated.repeat(times) + tail).getBytes(StandardCharsets.UTF_8));
    }

    private static PlaybackServer.Answer gzip(String head, String repeated, int times, String tail) {
        return PlaybackServer.gzip((head + repeated.repeat(times) + tail).getBytes(StandardCharsets.UTF_8));
    }

    private static PlaybackServer.Answer gzip(String body) {
        return PlaybackServer.gzip(body.getBytes(StandardCharsets.UTF_8));
    }

    private static PlaybackServer.Answer reply(String encoding, byte[] body) {
        return PlaybackServer.reply(200, Map.of("Content-Encoding", encoding), body);
    }

    private static String members(int count) {
        var body = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            body.append("\"m").append(i).append("\":1,");
        }
        return body.append("\"last\":1}").toString();
    }
}
