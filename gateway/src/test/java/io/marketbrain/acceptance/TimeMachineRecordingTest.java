package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.SseClient.Event;
import io.marketbrain.api.ContractClient;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.PlaybackServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider in replay mode at another time: what was recorded last before then. */
@Timeout(90)
class TimeMachineRecordingTest {
    private static final String TARGET = "/api/v1/data/binance/BTCUSDT";

    @TempDir
    Path folder;

    private static final String IMPOSSIBLE = "{\"symbol\":\"BTCUSDT\",\"price\":\"-102.5\"}";

    private final List<Instant> recorded = new ArrayList<>();
    private Instant refused = Instant.MAX;
    private TestGateway replaying;
    private FacadeClient client;

    /** Records two prices, and starts a gateway that replays them. */
    @BeforeEach
    void record() {
        String recording = folder.resolve("recording").toString();
        try (var upstream = PlaybackServer.start();
                var gateway = TestGateway.with(
                        folder.resolve("one"),
                        "RECORD_FOLDER",
                        recording,
                        "BINANCE_MODE",
                        "live",
                        "BINANCE_BASE_URL",
                        upstream.url().toString())) {
            for (String price : List.of("100.5", "101.5")) {
                upstream.on(
                        "/api/v3/ticker/24hr",
                        PlaybackServer.json("{\"symbol\":\"BTCUSDT\",\"price\":\"" + price + "\"}"));
                ContractClient.Answer answer = gateway.get(TARGET);
                assertThat(answer.json().at("/data/price").asString()).isEqualTo(price);
                recorded.add(Instant.parse(answer.json().at("/data/received_at").asString()));
                gateway.client.send("DELETE", "/api/v1/cache/binance/BTCUSDT");
            }
            upstream.on("/api/v3/ticker/24hr", PlaybackServer.json(IMPOSSIBLE));
            assertThat(gateway.get(TARGET).status()).isEqualTo(502);
            refused = Instant.now();
        }
        replaying = TestGateway.with(folder.resolve("two"), "REPLAY_FOLDER", recording, "BINANCE_MODE", "replay");
        client = new FacadeClient(replaying.port(), "");
    }

    @AfterEach
    void stop() {
        client.close();
        replaying.close();
    }

    private JsonValue at(Instant instant, String target) {
        return client.json("/at/" + instant + target);
    }

    private static String price(JsonValue response) throws MalformedPayload {
        return response.at("data").at("price").text();
    }

    @Test
    void an_instant_has_the_last_recording_before_it() throws MalformedPayload {
        Instant first = recorded.get(0);
        Instant second = recorded.get(1);
        assertThat(price(at(second, TARGET))).isEqualTo("101.5");
        assertThat(price(at(first, TARGET))).isEqualTo("100.5");
        assertThat(price(at(first, TARGET))).as("again").isEqualTo("100.5");
        assertThat(at(first, TARGET).at("mode").text()).isEqualTo("replay");
        String ticker = "/compat/binance/api/v3/ticker/price?symbol=BTCUSDT";
        assertThat(at(first, ticker).at("price").text()).isEqualTo("100.5");
        assertThat(client.get("/at/" + second + ticker).headers().firstValue("X-Mock"))
                .contains("false");
        HttpResponse<String> before = client.get("/at/" + first.minusSeconds(1) + TARGET);
        assertThat(before.statusCode()).isEqualTo(422);
        assertThat(before.body()).contains("has no response to GET /api/v3/ticker/24hr?symbol=BTCUSDT by ");
        assertThat(at(first, "/api/v1/data/kraken/XXBTZUSD").at("mock").bool())
                .as("others are the mock market")
                .isTrue();
    }

    @Test
    void a_recorded_response_that_cannot_be_right_is_refused_as_it_was() throws MalformedPayload {
        HttpResponse<String> response = client.get("/at/" + refused + TARGET);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
        assertThat(response.body()).contains("untrusted").contains("cannot be right");
        assertThat(price(at(recorded.get(1), TARGET)))
                .as("whatever was asked before")
                .isEqualTo("101.5");
    }

    @Test
    void a_stream_on_a_stepped_clock_has_the_recordings_as_they_come() throws Exception {
        move(recorded.get(0));
        try (var stream =
                new SseClient(replaying.port(), "/at/bot/api/v1/stream?symbols=binance:BTCUSDT&kinds=quote")) {
            Event first = stream.until(event -> event.data().has("price")).getLast();
            assertThat(first.data().get("price").asString()).isEqualTo("100.5");
            assertThat(first.data().get("mock").asBoolean()).isFalse();
            move(recorded.get(1));
            Event second = stream.until(event -> event.data().has("price")).getLast();
            assertThat(second.data().get("price").asString()).isEqualTo("101.5");
        }
    }

    private void move(Instant to) {
        assertThat(client.send("POST", "/at/bot/clock?to=" + to).statusCode()).isEqualTo(200);
    }
}
