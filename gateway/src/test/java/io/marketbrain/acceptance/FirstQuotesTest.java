package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.WebSocketAnswer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The quotes that the dashboard's page has when it is sent. */
@Timeout(60)
class FirstQuotesTest {
    private static final int WATCHED = 10;

    @TempDir
    Path folder;

    private static JsonNode quotes(TestGateway gateway) {
        String page = gateway.get("/", "Accept", "text/html").text();
        String begin = "id=\"quotes\">";
        int from = page.indexOf(begin) + begin.length();
        return JsonMapper.shared().readTree(page.substring(from, page.indexOf("</script>", from)));
    }

    /** So many quotes: a page waits for them for a moment only, so on a busy machine a later one has them all. */
    private static JsonNode quotes(TestGateway gateway, int count) throws InterruptedException {
        JsonNode quotes = quotes(gateway);
        for (int i = 0; i < 400 && quotes.size() < count; i++) {
            Thread.sleep(20);
            quotes = quotes(gateway);
        }
        assertThat(quotes).hasSize(count);
        return quotes;
    }

    /** A provider's feed with one quote. */
    private static void feed(WebSocketAnswer.Peer peer) throws IOException {
        peer.receive();
        peer.send("""
                {"stream":"btcusdt@ticker","data":{"e":"24hrTicker","E":%1$d,"s":"BTCUSDT","c":"123.45","Q":"1","b":"123.4","B":"1",\
                "a":"123.5","A":"1","o":"120","h":"130","l":"110","v":"9","q":"45","C":%1$d}}""".formatted(System.currentTimeMillis()));
        peer.receive();
    }

    @Test
    void quotes_of_mock_providers_are_in_the_page_as_events_of_a_stream() throws InterruptedException {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode quotes = quotes(gateway, WATCHED);
            JsonNode first = quotes.get(0);
            assertThat(first.get("type").asString()).isEqualTo("snapshot");
            assertThat(first.get("provider").asString()).isEqualTo("binance");
            assertThat(first.get("instrument").asString()).isEqualTo("BTC/USDT");
            assertThat(first.get("mock").asBoolean()).isTrue();
            assertThat(first.get("freshness").asString()).isEqualTo("fresh");
            assertThat(first.get("price").asString()).matches("[0-9]+\\.[0-9]+");
        }
    }

    @Test
    void a_live_provider_is_not_called_for_the_page_which_has_its_quotes_while_somebody_listens() throws Exception {
        try (var upstream = PlaybackServer.start().on("/stream", new WebSocketAnswer(FirstQuotesTest::feed));
                var gateway = TestGateway.with(
                        folder,
                        "BINANCE_MODE",
                        "live",
                        "BINANCE_BASE_URL",
                        upstream.url().toString())) {
            var _ = quotes(gateway, WATCHED - 2);
            assertThat(upstream.asked()).isEmpty();
            try (var listener = new SseClient(gateway.port(), "/api/v1/stream?symbols=binance:BTCUSDT&kinds=quote")) {
                listener.until(event -> event.data().has("price"));
                JsonNode quotes = quotes(gateway, WATCHED - 1);
                assertThat(quotes.get(0).get("price").asString()).isEqualTo("123.45");
                assertThat(quotes.get(0).get("mock").asBoolean()).isFalse();
            }
        }
    }
}
