package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractClient;
import io.marketbrain.cli.BrainRun;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway records what it exchanges with providers, and another serves the recording offline. */
class RecordAndReplayTest {
    private static final String KEY = "plantedBinanceKey0123456789abcdef";
    private static final String SECRET = "plantedBinance/Secret0123456789abcdef";
    private static final String TICKER = "/api/v3/ticker/24hr";
    private static final List<String> TARGETS = List.of(
            "/api/v1/data/binance/BTCUSDT",
            "/api/v1/book/binance/BTCUSDT?depth=5",
            "/api/v1/data/kraken/XXBTZUSD",
            "/api/v1/data/coinbase/BTC-USDT",
            "/api/v1/candles/binance/ETHBTC?interval=1d&limit=5",
            "/api/v1/candles/coinbase/BTC-USDT?interval=1h&limit=5",
            "/api/v1/trades/binance/NOSUCHUSDT?limit=3");

    @TempDir
    Path folder;

    private final PlaybackServer upstream = PlaybackServer.start();

    @AfterEach
    void stop() {
        upstream.close();
    }

    private void recordings() {
        upstream.on(TICKER, PlaybackServer.gzip(body("binance", "v3_ticker_price--BTCUSDT-")))
                .on("/api/v3/depth", PlaybackServer.json(body("binance", "v3_depth--BTCUSDT-live-2026-07")))
                .on("/api/v3/klines", PlaybackServer.json(body("binance", "v3_klines--ETHBTC-1d-1000")))
                .on("/api/v3/trades", PlaybackServer.status(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"))
                .on("/0/public/Ticker", PlaybackServer.json(body("kraken", "connect_0_public_Ticker--valid-single")))
                .on("/products/BTC-USDT/ticker", PlaybackServer.json(body("coinbase", "products_ticker--ccxt-BTCUSDT")))
                .on("/products/BTC-USDT/candles", PlaybackServer.json("[]"));
    }

    private static byte[] body(String provider, String name) {
        return Recording.of(provider, name).body();
    }

    private TestGateway recording(String... more) {
        String url = upstream.url().toString();
        var settings = new ArrayList<String>(List.of(
                "RECORD_FOLDER",
                folder.resolve("recording").toString(),
                "BINANCE_MODE",
                "live",
                "BINANCE_API_KEY",
                KEY,
                "BINANCE_API_SECRET",
                SECRET,
                "LIVE_PROVIDERS",
                "kraken,coinbase",
                "BINANCE_BASE_URL",
                url,
                "KRAKEN_BASE_URL",
                url,
                "COINBASE_BASE_URL",
                url));
        settings.addAll(List.of(more));
        return TestGateway.with(folder, settings.toArray(String[]::new));
    }

    private TestGateway replaying(String clock) {
        return TestGateway.with(
                folder,
                "REPLAY_FOLDER",
                folder.resolve("recording").toString(),
                "REPLAY_CLOCK",
                clock,
                "BINANCE_MODE",
                "replay",
                "KRAKEN_MODE",
                "replay",
                "COINBASE_MODE",
                "replay");
    }

    /** What an answer says apart from when and how it was made, and from where. */
    private static String payload(ContractClient.Answer answer) {
        return answer.status()
                + answer.text()
                        .replaceAll("\"attempts\":\\[[^]]*\\],?", "")
                        .replaceAll("\"(call_id|task_id|timestamp|mode|source|received_at)\":\"[^\"]*\",?", "")
                        .replaceAll("\"response_time\":[0-9.E-]+,?", "");
    }

    private List<Path> files() throws IOException {
        Path rest = folder.resolve("recording/rest");
        if (!Files.isDirectory(rest)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(rest)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorded", "shifted"})
    void a_recording_is_replayed_offline_with_the_same_data_and_says_so(String clock) throws Exception {
        recordings();
        List<String> live = new ArrayList<>();
        try (var gateway = recording()) {
            for (String target : TARGETS) {
                live.add(payload(gateway.get(target)));
            }
        }
        upstream.close();
        Instant began = Instant.now();
        try (var gateway = replaying(clock)) {
            for (int i = 0; i < TARGETS.size(); i++) {
                ContractClient.Answer answer = gateway.get(TARGETS.get(i));
                assertThat(payload(answer)).as(TARGETS.get(i)).isEqualTo(live.get(i));
                if (answer.status() == 200) {
                    assertThat(answer.json().get("mock").asBoolean()).isFalse();
                    assertThat(answer.json().get("mode").asString()).isEqualTo("replay");
                    assertThat(answer.json().at("/data/source").asString()).isEqualTo("replay");
                    Instant received =
                            Instant.parse(answer.json().at("/data/received_at").asString());
                    assertThat(received.isBefore(began)).isEqualTo(clock.equals("recorded"));
                }
            }
            assertThat(gateway.get("/api/v1/providers/binance")
                            .json()
                            .findValue("mode")
                            .asString())
                    .isEqualTo("replay");
            assertThat(gateway.get("/health").json().get("status").asString()).isEqualTo("healthy");
        }
    }

    @Test
    void a_request_that_was_not_recorded_names_itself_and_the_nearest_recording() {
        recordings();
        try (var gateway = recording()) {
            assertThat(gateway.get(TARGETS.getFirst()).status()).isEqualTo(200);
        }
        upstream.forget();
        try (var gateway = TestGateway.with(
                folder,
                "REPLAY_FOLDER",
                folder.resolve("recording").toString(),
                "BINANCE_MODE",
                "replay",
                "BINANCE_BASE_URL",
                upstream.url().toString())) {
            ContractClient.Answer miss = gateway.get("/api/v1/data/binance/ETHUSDT");
            assertThat(miss.status()).isEqualTo(422);
            assertThat(miss.json().get("error").asString())
                    .isEqualTo("the recording of binance has no response to GET /api/v3/ticker/24hr?symbol=ETHUSDT;"
                            + " the nearest is GET /api/v3/ticker/24hr?symbol=BTCUSDT");
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void a_recorded_rejection_of_the_credentials_does_not_hide_other_recordings() {
        recordings();
        upstream.on("/api/v3/trades", PlaybackServer.status(401, "{\"code\":-2015,\"msg\":\"Invalid API-key.\"}"));
        String trades = "/api/v1/trades/binance/BTCUSDT?limit=3";
        try (var gateway = recording()) {
            assertThat(gateway.get(TARGETS.getFirst()).status()).isEqualTo(200);
            assertThat(gateway.get(trades).status()).isEqualTo(502);
        }
        try (var gateway = TestGateway.with(
                folder, "REPLAY_FOLDER", folder.resolve("recording").toString(), "BINANCE_MODE", "replay")) {
            assertThat(gateway.get(trades).json().get("type").asString())
                    .isEqualTo("/problems/upstream-credentials-rejected");
            assertThat(gateway.get(TARGETS.getFirst()).status()).isEqualTo(200);
        }
    }

    @Test
    void a_folder_without_recordings_of_a_provider_is_named_with_what_to_do() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        for (String wrong : List.of("nothing", "empty")) {
            BrainRun run = BrainRun.with(
                    folder,
                    false,
                    Map.of("REPLAY_FOLDER", wrong, "BINANCE_MODE", "replay"),
                    "quote",
                    "binance",
                    "BTCUSDT");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().strip().lines())
                    .singleElement()
                    .isEqualTo("brain: " + folder.resolve(wrong).resolve("rest/binance")
                            + " has no recordings of binance; set REPLAY_FOLDER to a folder that was recorded with"
                            + " RECORD_FOLDER");
        }
        BrainRun forgotten =
                BrainRun.with(folder, false, Map.of("REPLAY_FOLDER", "nothing"), "quote", "binance", "BTCUSDT");
        assertThat(forgotten.code()).isZero();
        assertThat(forgotten.err())
                .isEqualTo("brain: replay.folder (REPLAY_FOLDER) is set, but no provider has the mode replay; set for"
                        + " example BINANCE_MODE=replay\n");
    }

    @Test
    void recordings_of_one_request_are_served_in_order_and_the_last_repeats() throws Exception {
        var prices = List.of("100.5", "101.5");
        for (String price : prices) {
            upstream.on(TICKER, PlaybackServer.json("{\"symbol\":\"BTCUSDT\",\"price\":\"" + price + "\"}"));
            try (var gateway = recording()) {
                assertThat(gateway.get(TARGETS.getFirst()).status()).isEqualTo(200);
            }
        }
        List<String> seen = new ArrayList<>();
        try (var gateway = TestGateway.with(
                folder, "REPLAY_FOLDER", folder.resolve("recording").toString(), "BINANCE_MODE", "replay")) {
            for (int i = 0; i < 3; i++) {
                seen.add(
                        gateway.get(TARGETS.getFirst()).json().at("/data/price").asString());
                gateway.client.send("DELETE", "/api/v1/cache/binance/BTCUSDT");
            }
        }
        assertThat(seen).containsExactly("100.5", "101.5", "101.5");
    }

    @Test
    void a_recorded_list_of_a_provider_that_has_none_now_is_left_alone() throws Exception {
        upstream.otherwise(PlaybackServer.json(body("worldbank", "indicator--quarters")));
        String target = "/api/v1/series/worldbank/US%2FDP.DOD.DECD.CR.GG.CD";
        try (var gateway = recording(
                "LIVE_PROVIDERS",
                "worldbank",
                "WORLDBANK_BASE_URL",
                upstream.url().toString())) {
            assertThat(gateway.get(target).status()).isEqualTo(200);
        }
        for (Path file : files()) {
            if (file.toString().endsWith("meta.json")) {
                Files.writeString(file, text(file).replace("\"kind\":\"macro\"", "\"kind\":\"markets\""));
            }
        }
        assertThat(files().stream().map(RecordAndReplayTest::text)).anyMatch(text -> text.contains("\"markets\""));
        try (var gateway = TestGateway.with(
                folder, "REPLAY_FOLDER", folder.resolve("recording").toString(), "WORLDBANK_MODE", "replay")) {
            assertThat(gateway.get(target).status()).isEqualTo(200);
        }
    }

    @Test
    void no_credential_is_in_any_file() throws Exception {
        upstream.otherwise((asked, line) -> {
            String echo = "{\"code\":-2014,\"msg\":\"key " + asked.headers().get("x-mbx-apikey") + " secret " + SECRET
                    + " escaped " + SECRET.replace("/", "\\/") + "\"}";
            PlaybackServer.reply(
                            401,
                            Map.of("Content-Type", "application/json", "X-MBX-USED-WEIGHT-1M", KEY, "Set-Cookie", KEY),
                            echo.getBytes(StandardCharsets.UTF_8))
                    .send(asked, line);
        });
        try (var gateway = recording()) {
            gateway.get(TARGETS.getFirst());
        }
        assertThat(upstream.asked().getFirst().headers()).containsValue(KEY);
        assertThat(files()).hasSizeGreaterThanOrEqualTo(2);
        for (Path file : files()) {
            assertThat(Files.readString(file)).doesNotContain("planted").doesNotContain("cookie");
        }
        assertThat(files().stream().map(RecordAndReplayTest::text))
                .anyMatch(text -> text.contains("key REDACTED secret REDACTED escaped REDACTED"))
                .anyMatch(text -> text.contains("\"fidelity\":\"recorded\""));
    }

    @Test
    void what_exceeds_the_limits_is_dropped_and_counted() throws Exception {
        recordings();
        try (var gateway = recording("RECORD_MAX_FILES", "4")) {
            for (String target : TARGETS.subList(0, 4)) {
                assertThat(gateway.get(target).status()).isEqualTo(200);
            }
            gateway.until("background", "recorder", "recorded", 2);
            gateway.until("background", "recorder", "queued_bytes", 0);
            assertThat(gateway.layer("background", "recorder").get("state").asString())
                    .isEqualTo("full");
            assertThat(gateway.counter("background", "recorder", "dropped")).isPositive();
            assertThat(gateway.get("/metrics").text())
                    .contains("marketbrain_recorded_exchanges_total{result=\"recorded\"} 2");
        }
        assertThat(files()).hasSize(4);
    }

    @Test
    void a_folder_that_cannot_be_written_costs_no_request() throws Exception {
        recordings();
        Files.writeString(folder.resolve("recording"), "a file where the folder should be");
        try (var gateway = recording()) {
            assertThat(gateway.get(TARGETS.getFirst()).status()).isEqualTo(200);
            gateway.until("background", "recorder", "failed", 1);
            assertThat(gateway.get(TARGETS.get(1)).status()).isEqualTo(200);
            assertThat(gateway.get("/health").text()).contains("recording cannot be recorded in");
        }
    }

    @Test
    void a_report_has_no_secret_and_results_in_what_it_expects() throws Exception {
        upstream.on(TICKER, PlaybackServer.json("{\"symbol\":\"BTCUSDT\",\"price\":\"100.5\",\"key\":\"" + KEY + "\"}"))
                .on("/api/v3/trades", PlaybackServer.status(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"));
        try (var gateway = TestGateway.with(
                folder,
                "RECORD_FOLDER",
                folder.resolve("recording").toString(),
                "BINANCE_MODE",
                "live",
                "BINANCE_BASE_URL",
                upstream.url().toString())) {
            assertThat(gateway.get(TARGETS.getFirst()).status()).isEqualTo(200);
            assertThat(gateway.get(TARGETS.getLast()).status()).isEqualTo(404);
        }
        Path meta = files().stream()
                .filter(file ->
                        file.toString().endsWith("meta.json") && text(file).contains("24hr"))
                .findFirst()
                .orElseThrow();
        assertThat(files().stream().map(RecordAndReplayTest::text)).anyMatch(text -> text.contains(KEY));
        Files.writeString(
                meta,
                text(meta)
                        .replace("?symbol=", "?apiKey=" + KEY + "&symbol=")
                        .replace("\"headers\":{", "\"headers\":{\"link\":\"<https://x?k=" + KEY + ">\","));
        BrainRun run =
                BrainRun.with(folder, false, Map.of("BINANCE_API_KEY", KEY), "report", "recording", "--out", "report");
        assertThat(run.err()).endsWith("publish them: responses may tell what you asked for.\n");
        assertThat(run.code()).isZero();
        try (Stream<Path> all = Files.walk(folder.resolve("report"))) {
            List<String> texts = all.filter(Files::isRegularFile)
                    .map(RecordAndReplayTest::text)
                    .toList();
            assertThat(texts).hasSizeGreaterThanOrEqualTo(6).noneMatch(text -> text.contains("planted"));
            assertThat(texts)
                    .anyMatch(text -> text.contains("apiKey=REDACTED"))
                    .anyMatch(text -> text.contains("\"price\": \"100.5\""))
                    .anyMatch(text -> text.contains("\"failure\": \"unknown-instrument\""))
                    .anyMatch(text -> text.contains("\"gateway\": \"development\""));
        }
        assertThat(BrainRun.of(folder, "report", "recording", "--out", "report").code())
                .isEqualTo(2);
        assertThat(BrainRun.of(folder, "report", "nothing").err())
                .isEqualTo("brain: " + folder.resolve("nothing")
                        + " has no recordings of providers that the gateway knows; name a folder that was recorded with"
                        + " RECORD_FOLDER: it has a folder 'rest'\n");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
