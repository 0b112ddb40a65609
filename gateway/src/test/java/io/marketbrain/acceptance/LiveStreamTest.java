package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.SseClient.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Server-sent events over real sockets, from the simulated market. */
@Timeout(60)
class LiveStreamTest {
    private static final String ALL = "/api/v1/stream?symbols=binance:BTCUSDT&kinds=quote,trade,book:5,candle:1m";

    @TempDir
    Path folder;

    @Test
    void each_subscription_begins_with_a_snapshot_and_its_numbers_have_no_holes() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var client = new SseClient(gateway.port(), ALL)) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.header("Cache-Control")).contains("no-store");
            Map<String, List<Event>> byKind = new TreeMap<>();
            while (byKind.size() < 4 || byKind.values().stream().anyMatch(events -> events.size() < 4)) {
                Event event = client.next();
                byKind.computeIfAbsent(event.data().get("kind").asString(), _ -> new ArrayList<>())
                        .add(event);
            }
            assertThat(byKind.keySet()).containsExactly("book:5", "candle:1m", "quote", "trade");
            byKind.forEach((kind, events) -> {
                assertThat(events.stream()
                                .filter(event -> !event.name().equals("status"))
                                .findFirst())
                        .as(kind)
                        .hasValueSatisfying(first -> assertThat(first.name()).isEqualTo("snapshot"));
                for (int i = 0; i < events.size(); i++) {
                    assertThat(events.get(i).data().get("seq").asInt()).isEqualTo(i + 1);
                    assertThat(events.get(i).data().get("mock").asBoolean()).isTrue();
                }
            });
            assertThat(byKind.get("quote"))
                    .filteredOn(event -> event.name().equals("status"))
                    .allSatisfy(event ->
                            assertThat(event.data().get("transport").asString()).isEqualTo("simulated"));
        }
    }

    @Test
    void a_quote_has_the_members_that_the_request_for_it_has_at_that_instant() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var client = new SseClient(gateway.port(), "/api/v1/stream?symbols=binance:BTCUSDT")) {
            JsonNode event =
                    client.until(one -> one.name().equals("quote")).getLast().data();
            JsonNode asked = gateway.get(
                            "/api/v1/data/binance/BTCUSDT?at=" + event.get("at").asString())
                    .json()
                    .get("data");
            asked.propertyStream()
                    .filter(member -> !member.getKey().equals("received_at"))
                    .forEach(member -> assertThat(event.get(member.getKey()))
                            .as(member.getKey())
                            .isEqualTo(member.getValue()));
        }
    }

    @Test
    void every_trade_arrives_once_across_reconnections() throws Exception {
        try (var gateway = TestGateway.with(folder)) {
            List<String> ids = new ArrayList<>();
            String last = "";
            String target = "/api/v1/stream?symbols=binance:BTCUSDT&kinds=trade";
            for (int connection = 0; connection < 3; connection++) {
                // The first reconnection has the header, the second the parameter.
                String[] headers = connection == 1 ? new String[] {"Last-Event-ID", last} : new String[0];
                String from = connection == 2 ? "&last_event_id=" + last : "";
                try (var client = new SseClient(gateway.port(), target + from, headers)) {
                    if (connection > 0) {
                        Thread.sleep(1200);
                    }
                    for (Event event : client.until(one -> one.name().equals("trade"))) {
                        last = event.id();
                        assertThat(event.name()).isIn("status", "snapshot", "trade");
                        if (event.data().has("trades")) {
                            event.data()
                                    .get("trades")
                                    .forEach(trade -> ids.add(trade.get("id").asString()));
                        }
                    }
                }
            }
            assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(100);
            List<String> now = new ArrayList<>();
            gateway.get("/api/v1/trades/binance/BTCUSDT?limit=1000")
                    .json()
                    .at("/data/trades")
                    .forEach(trade -> now.add(trade.get("id").asString()));
            int from = now.indexOf(ids.getFirst());
            assertThat(now.subList(from, from + ids.size())).isEqualTo(ids);
        }
    }

    @Test
    void what_is_wrong_is_a_problem_before_the_stream_starts() throws Exception {
        try (var gateway = TestGateway.with(folder, "streams.max_clients", "1", "streams.max_subscriptions", "2")) {
            assertThat(gateway.get("/api/v1/stream").status()).isEqualTo(422);
            assertThat(gateway.get("/api/v1/stream?symbols=nowhere:BTCUSDT").status())
                    .isEqualTo(404);
            assertThat(gateway.get("/api/v1/stream?symbols=binance:NOSUCHTHING").status())
                    .isEqualTo(404);
            assertThat(gateway.get("/api/v1/stream?symbols=binance:BTCUSDT&kinds=tick")
                            .status())
                    .isEqualTo(422);
            assertThat(gateway.get("/api/v1/stream?symbols=binance:BTCUSDT&throttle=1")
                            .status())
                    .isEqualTo(422);
            assertThat(gateway.get("/api/v1/stream?symbols=coinbase:BTC-USD&kinds=candle:3m")
                            .status())
                    .isEqualTo(422);
            assertThat(gateway.get("/api/v1/stream?symbols=binance:BTCUSDT&kinds=quote,trade,book")
                            .status())
                    .isEqualTo(422);
            try (var client = new SseClient(gateway.port(), "/api/v1/stream?symbols=binance:BTCUSDT")) {
                client.next();
                var refused = gateway.get("/api/v1/stream?symbols=binance:BTCUSDT");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.json().get("error").asString()).contains("streams.max_clients");
            }
            gateway.until("stream", "sharing", "clients", 0);
        }
    }

    @Test
    void the_layers_show_who_listens() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var client = new SseClient(gateway.port(), ALL)) {
            client.until(event -> event.name().equals("snapshot"));
            assertThat(gateway.counter("stream", "sharing", "clients")).isEqualTo(1);
            assertThat(gateway.counter("stream", "sharing", "subscriptions")).isEqualTo(4);
            assertThat(new String(gateway.get("/metrics").body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("sharing");
        }
    }

    @Test
    void news_are_streamed_and_silence_has_heartbeats() throws Exception {
        String target = "/api/v1/stream?symbols=mock:AAPL&kinds=news";
        try (var gateway = TestGateway.with(folder, "streams.heartbeat", "1s");
                var client = HttpClient.newHttpClient()) {
            List<String> lines = new ArrayList<>();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + target));
            try (Stream<String> received = client.send(request.build(), HttpResponse.BodyHandlers.ofLines())
                    .body()) {
                var iterator = received.iterator();
                while (lines.isEmpty() || !lines.getLast().equals(": heartbeat")) {
                    lines.add(iterator.next());
                }
            }
            assertThat(lines).startsWith("retry: 2000", "").contains("event: snapshot");
            assertThat(lines)
                    .anySatisfy(line -> assertThat(line).startsWith("data: ").contains("\"items\":[{"));
        }
    }
}
