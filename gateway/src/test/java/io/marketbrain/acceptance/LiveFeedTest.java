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
    void trades_reach_their_listeners_also_where_bars_are_built_from_them() throws Exception {
        try (var upstream = PlaybackServer.start().on("/feed", new WebSocketAnswer(this::feed));
                var gateway = TestGateway.with(
                        folder,
                        "COINBASE_MODE",
                        "live",
                        "COINBASE_FEED_URL",
                        "ws://127.0.0.1:" + upstream.port() + "/feed");
                var client = new SseClient(
                        gateway.port(), "/api/v1/stream?symbols=coinbase:BTC-USD&kinds=trade,candle:1m")) {
            for (int id = 1; id <= 2; id++) {
                toSend.add(
                        "{\"type\":\"match\",\"trade_id\":" + id + ",\"side\":\"sell\",\"size\":\"1\",\"price\":\"5\","
                                + "\"product_id\":\"BTC-USD\",\"time\":\"2026-07-07T22:59:17.897Z\"}");
            }
            List<Event> events = client.until(event -> ids(event).contains("2"));
            // The bar may come before the trade or after it.
            if (events.stream().noneMatch(event -> event.data().has("candles"))) {
                events = client.until(event -> event.data().has("candles"));
            }
            assertThat(events)
                    .anySatisfy(event -> assertThat(event.data().has("candles")).isTrue());
        }
    }

    @Test
    void trades_that_cannot_be_right_are_not_published_but_counted_and_announced() throws Exception {
        try (var upstream = PlaybackServer.start().on("/stream", new WebSocketAnswer(this::feed));
                var gateway = live(upstream);
                var client = new SseClient(gateway.port(), TRADES)) {
            toSend.add(trade(1));
            client.until(event -> ids(event).contains("1"));
            toSend.add(trade(2).replace("1783465157897", "4083465157897"));
            toSend.add(trade(3));
            List<Event> after = client.until(event -> ids(event).contains("3"));
            assertThat(after).noneMatch(event -> ids(event).contains("2"));
            Event gap = after.stream()
                    .filter(event -> event.name().equals("gap"))
                    .findFirst()
                    .orElseThrow();
            assertThat(gap.data().get("reason").asString()).contains("ahead of the provider's clock");
            assertThat(after.getLast().data().get("quality").toString())
                    .as("an old recording")
                    .contains("stale_feed");
            assertThat(gateway.counter("binance", "quality", "future_time")).isEqualTo(1);
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

    @Test
    void a_status_is_told_once() throws Exception {
        try (var upstream = PlaybackServer.start().on("/stream", new WebSocketAnswer(this::feed));
                var gateway = live(upstream);
                var client = new SseClient(gateway.port(), TRADES)) {
            toSend.add(trade(1));
            toSend.add(trade(2));
            List<Event> events = client.until(event -> ids(event).contains("2"));
            assertThat(events.stream()
                            .filter(event -> event.name().equals("status"))
                            .map(event -> event.data().get("state").asString()))
                    .doesNotHaveDuplicates()
                    .contains("up");
        }
    }

    @Test
    void a_feed_can_have_another_address_than_the_rest_api() throws Exception {
        try (var api = PlaybackServer.start();
                var feed = PlaybackServer.start().on("/market", new WebSocketAnswer(this::feed));
                var gateway = TestGateway.with(
                        folder,
                        "BINANCE_MODE",
                        "live",
                        "BINANCE_BASE_URL",
                        api.url().toString(),
                        "BINANCE_FEED_URL",
                        "ws://127.0.0.1:" + feed.port() + "/market");
                var client = new SseClient(gateway.port(), TRADES)) {
            toSend.add(trade(1));
            client.until(event -> ids(event).contains("1"));
            assertThat(connections).hasValue(1);
            assertThat(api.asked("/stream")).isEmpty();
        }
    }

    @Test
    void kucoin_is_asked_for_an_address_before_each_connection() throws Exception {
        try (var upstream = PlaybackServer.start()) {
            upstream.on("/endpoint", new WebSocketAnswer(this::feed))
                    .on(
                            "/api/v1/bullet-public",
                            PlaybackServer.json(
                                    "{\"code\":\"200000\",\"data\":{\"token\":\"a-token\",\"instanceServers\":"
                                            + "[{\"endpoint\":\"ws://127.0.0.1:" + upstream.port()
                                            + "/endpoint\",\"pingInterval\":18000}]}}"));
            try (var gateway = TestGateway.with(
                            folder,
                            "KUCOIN_MODE",
                            "live",
                            "KUCOIN_BASE_URL",
                            upstream.url().toString());
                    var client = new SseClient(gateway.port(), "/api/v1/stream?symbols=kucoin:BTC-USDT&kinds=trade")) {
                toSend.add("{\"id\":\"x\",\"type\":\"welcome\"}");
                toSend.add(kucoinTrade(1));
                client.until(event -> ids(event).contains("1"));
                toSend.add("");
                toSend.add(kucoinTrade(2));
                List<Event> after = client.until(event -> ids(event).contains("2"));
                assertThat(after).extracting(Event::name).contains("gap");
                assertThat(upstream.asked("/api/v1/bullet-public"))
                        .hasSize(2)
                        .allSatisfy(asked -> assertThat(asked.method()).isEqualTo("POST"));
                assertThat(upstream.asked("/endpoint"))
                        .hasSize(2)
                        .allSatisfy(asked -> assertThat(asked.parameters()).containsEntry("token", "a-token"));
                assertThat(received.getFirst()).contains("\"topic\":\"/market/match:BTC-USDT\"");
            }
        }
    }

    private static String kucoinTrade(long sequence) {
        return "{\"topic\":\"/market/match:BTC-USDT\",\"type\":\"message\",\"subject\":\"trade.l3match\",\"data\":"
                + "{\"sequence\":\"" + sequence + "\",\"side\":\"buy\",\"size\":\"1\",\"price\":\"5\","
                + "\"time\":\"1619378339919173052\"}}";
    }

    /** Answers a connection's options and its subscription to trades as channel 7, then sends what the test puts in the queue. */
    private void bitfinex(WebSocketAnswer.Peer peer) throws IOException, InterruptedException {
        connections.incrementAndGet();
        received.add(peer.receive());
        received.add(peer.receive());
        peer.send("{\"event\":\"conf\",\"status\":\"OK\",\"flags\":196608}");
        peer.send("{\"event\":\"subscribed\",\"channel\":\"trades\",\"chanId\":7,\"symbol\":\"tBTCUSD\"}");
        for (String next = toSend.take(); !next.isEmpty(); next = toSend.take()) {
            peer.send(next);
        }
    }

    @Test
    void a_message_of_bitfinex_that_is_missing_is_a_break_and_trades_are_sent_once() throws Exception {
        try (var upstream = PlaybackServer.start().on("/ws/2", new WebSocketAnswer(this::bitfinex));
                var gateway = TestGateway.with(
                        folder,
                        "BITFINEX_MODE",
                        "live",
                        "BITFINEX_BASE_URL",
                        upstream.url().toString());
                var client = new SseClient(gateway.port(), "/api/v1/stream?symbols=bitfinex:BTC/USD&kinds=trade")) {
            toSend.add("[7,[[2,1618677535660,-76.5,60000],[1,1618677306497,692.4,60001]],1]");
            toSend.add("[7,\"te\",[3,1618677535670,5,60002],2]");
            toSend.add("[7,\"te\",[5,1618677535690,5,60004],4]");
            toSend.add("");
            List<Event> before = client.until(event -> ids(event).contains("3"));
            toSend.add("[7,[[5,1618677535690,5,60004],[4,1618677535680,5,60003],[3,1618677535670,5,60002]],1]");
            List<Event> after = client.until(event -> ids(event).contains("5"));
            List<String> got = new ArrayList<>();
            before.forEach(event -> got.addAll(ids(event)));
            after.forEach(event -> got.addAll(ids(event)));
            assertThat(got).containsExactly("1", "2", "3", "4", "5");
            assertThat(after).extracting(Event::name).doesNotContain("gap");
            assertThat(after.stream()
                            .filter(event -> event.name().equals("status"))
                            .map(event -> event.data().get("state").asString()))
                    .contains("down");
            assertThat(connections).hasValue(2);
            assertThat(received)
                    .startsWith(
                            "{\"event\":\"conf\",\"flags\":196608}",
                            "{\"event\":\"subscribe\",\"channel\":\"trades\",\"symbol\":\"tBTCUSD\"}");
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
        String trade =
                "{\"ch\":\"market.btcusdt.trade.detail\",\"ts\":1630994963175,\"tick\":{\"id\":1,\"ts\":1630994963173,"
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
