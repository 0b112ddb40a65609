package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.SseClient.Event;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.WebSocketAnswer;
import io.marketbrain.provider.feed.RecordedFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider's feed over a real WebSocket, through the gateway, to clients. */
@Timeout(60)
class LiveFeedTest {
    private static final String TRADES = "/api/v1/stream?symbols=binance:BTCUSDT&kinds=trade";

    @TempDir
    Path folder;

    private final BlockingQueue<String> toSend = new ArrayBlockingQueue<>(1000);
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    /** Sends what the test puts in the queue; an empty text ends the connection. */
    private void feed(WebSocketAnswer.Peer peer) throws IOException, InterruptedException {
        connections.incrementAndGet();
        received.add(peer.receive());
        for (String next = toSend.take(); !next.isEmpty(); next = toSend.take()) {
            peer.send(next);
        }
    }

    private TestGateway live(PlaybackServer upstream) {
        return TestGateway.with(
                folder,
                "BINANCE_MODE",
                "live",
                "BINANCE_BASE_URL",
                upstream.url().toString());
    }

    private static String trade(long id) {
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1783465157897,\"s\":\"BTCUSDT\",\"t\":"
                + id + ",\"p\":\"63551.02000000\",\"q\":\"0.00317000\",\"T\":1783465157897,\"m\":true,\"M\":true}}";
    }

    private static List<String> ids(Event event) {
        List<String> ids = new ArrayList<>();
        event.data().at("/trades").forEach(trade -> ids.add(trade.get("id").asString()));
        return ids;
    }

    @Test
    void clients_share_one_connection_and_get_live_data() throws Exception {
        try (var upstream = PlaybackServer.start().on("/stream", new WebSocketAnswer(this::feed));
                var gateway = live(upstream);
                var first = new SseClient(gateway.port(), TRADES);
                var second = new SseClient(gateway.port(), TRADES)) {
            for (long id = 1; id <= 3; id++) {
                toSend.add(trade(id));
            }
            for (SseClient client : List.of(first, second)) {
                List<Event> events = client.until(event -> ids(event).contains("3"));
                assertThat(events.getLast().data().get("mock").asBoolean()).isFalse();
                assertThat(events.getLast().data().get("source").asString()).isEqualTo("binance");
                assertThat(events.getLast().data().at("/trades/0/price").asString())
                        .isEqualTo("63551.02000000");
            }
            assertThat(connections).hasValue(1);
            assertThat(received).containsExactly("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":1}");
        }
    }

    @Test
    void a_connection_that_breaks_is_opened_again_and_what_was_missed_is_announced() throws Exception {
        try (var upstream = PlaybackServer.start().on("/stream", new WebSocketAnswer(this::feed));
                var gateway = live(upstream);
                var client = new SseClient(gateway.port(), TRADES)) {
            toSend.add(trade(1));
            client.until(event -> ids(event).contains("1"));
            toSend.add("");
            List<Event> down = client.until(event -> event.name().equals("status")
                    && event.data().get("state").asString().equals("down"));
            assertThat(down.getLast().data().get("reason").asString()).contains("broke");
            toSend.add(trade(5));
            List<Event> after = client.until(event -> ids(event).contains("5"));
            assertThat(after).extracting(Event::name).contains("gap");
            assertThat(connections).hasValue(2);
        }
    }

    @Test
    void a_break_in_which_no_trade_happened_is_no_gap() throws Exception {
        try (var upstream = PlaybackServer.start().on("/stream", new WebSocketAnswer(this::feed));
                var gateway = live(upstream);
                var client = new SseClient(gateway.port(), TRADES)) {
            toSend.add(trade(1));
            client.until(event -> ids(event).contains("1"));
            toSend.add("");
            toSend.add(trade(2));
            List<Event> after = client.until(event -> ids(event).contains("2"));
            assertThat(after).extracting(Event::name).doesNotContain("gap");
        }
    }

    @Test
    void trades_that_were_missed_are_asked_for_and_sent_once_in_order() throws Exception {
        var missed = new StringBuilder("[");
        for (long id = 1; id <= 5; id++) {
            missed.append(id == 1 ? "" : ",")
                    .append("{\"id\":")
                    .append(id)
                    .append(",\"price\":\"1.5\",\"qty\":\"2\",\"quoteQty\":\"3\",\"time\":1783465157897,")
                    .append("\"isBuyerMaker\":true,\"isBestMatch\":true}");
        }
        try (var upstream = PlaybackServer.start()
                        .on("/stream", new WebSocketAnswer(this::feed))
                        .on(
                                "/api/v3/trades",
                                PlaybackServer.json(missed.append(']').toString()));
                var gateway = live(upstream);
                var client = new SseClient(gateway.port(), TRADES)) {
            toSend.add(trade(1));
            client.until(event -> ids(event).contains("1"));
            toSend.add(trade(5));
            toSend.add(trade(6));
            List<Event> after = client.until(event -> ids(event).contains("6"));
            List<String> got = new ArrayList<>();
            after.forEach(event -> got.addAll(ids(event)));
            assertThat(got).containsExactly("2", "3", "4", "5", "6");
            assertThat(after).extracting(Event::name).doesNotContain("gap");
        }
    }

    @Test
    void an_order_book_starts_with_a_request_that_the_changes_continue() throws Exception {
        List<String> changes = RecordedFrames.of("binance/live-btc-eth").stream()
                .filter(message -> message.contains("btcusdt@depth"))
                .limit(5)
                .toList();
        long first = Long.parseLong(changes.getFirst().replaceAll(".*\"U\":(\\d+).*", "$1"));
        String book = "{\"lastUpdateId\":" + (first - 1)
                + ",\"bids\":[[\"63551.02000000\",\"9.00000000\"]],\"asks\":[[\"99999.00000000\",\"1.00000000\"]]}";
        try (var upstream = PlaybackServer.start()
                        .on("/stream", new WebSocketAnswer(this::feed))
                        .on("/api/v3/depth", PlaybackServer.json(book));
                var gateway = live(upstream);
                var client = new SseClient(gateway.port(), "/api/v1/stream?symbols=binance:BTCUSDT&kinds=book:5")) {
            toSend.addAll(changes);
            String last = changes.getLast().replaceAll(".*\"u\":(\\d+).*", "$1");
            List<Event> events = client.until(event -> event.data().has("sequence")
                    && event.data().get("sequence").asString().equals(last));
            assertThat(events).extracting(Event::name).contains("snapshot").doesNotContain("gap");
            assertThat(upstream.asked("/api/v3/depth")).hasSize(1);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void compressed_messages_are_read_and_pings_in_them_are_answered() throws Exception {
        String trade = "{\"ch\":\"market.btcusdt.trade.detail\",\"ts\":1630994963175,\"tick\":{\"id\":1,\"ts\":1630994963173,"
                + "\"data\":[{\"id\":11,\"ts\":1630994963173,\"tradeId\":7,\"amount\":0.5,\"price\":52648.62,"
                + "\"direction\":\"buy\"}]}}";
        var answer = new WebSocketAnswer(peer -> {
            received.add(peer.receive());
            peer.send(gzip("{\"ping\":1618678073643}"));
            received.add(peer.receive());
            peer.send(gzip(trade));
            toSend.take();
        });
        try (var upstream = PlaybackServer.start().on("/ws", answer);
                var gateway = TestGateway.with(
                        folder,
                        "HTX_MODE",
                        "live",
                        "HTX_BASE_URL",
                        upstream.url().toString());
                var client = new SseClient(gateway.port(), "/api/v1/stream?symbols=htx:btcusdt&kinds=trade")) {
            List<Event> events = client.until(event -> ids(event).contains("7"));
            assertThat(events.getLast().data().at("/trades/0/price").asString()).isEqualTo("52648.62");
            assertThat(received)
                    .containsExactly(
                            "{\"sub\":\"market.btcusdt.trade.detail\",\"id\":\"market.btcusdt.trade.detail\"}",
                            "{\"pong\":1618678073643}");
            toSend.add("");
        }
    }
}
