package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.api.ContractDocument;
import io.marketbrain.security.KeyRing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events over a WebSocket of the JDK's client, from the simulated market. */
@Timeout(90)
class StreamSocketTest {
    @TempDir
    Path folder;

    private static final ContractDocument CONTRACT = new ContractDocument();

    /** Collects what the gateway sends. Every message is checked against the API description. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(ContractDocument.JSON.readTree(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.add(code);
            return null;
        }

        JsonNode next() throws InterruptedException {
            JsonNode message = received.poll(30, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            CONTRACT.checkMessage(message.toString());
            return message;
        }

        JsonNode next(String type) throws InterruptedException {
            JsonNode message = next();
            while (!message.get("type").asString().equals(type)) {
                message = next();
            }
            return message;
        }
    }

    private static WebSocket open(HttpClient client, int port, Messages messages, String... headers) {
        var builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("protocol")) {
                builder.subprotocols(headers[i + 1]);
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), messages)
                .join();
    }

    private static void say(WebSocket socket, String message) {
        if (!message.contains("dance")) {
            CONTRACT.checkRequest(message);
        }
        socket.sendText(message, true).join();
    }

    @Test
    void a_client_subscribes_gets_events_and_resumes() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var client = HttpClient.newHttpClient()) {
            var messages = new Messages();
            WebSocket socket = open(client, gateway.port(), messages);
            say(
                    socket,
                    "{\"op\":\"subscribe\",\"id\":1,\"symbols\":[\"binance:BTCUSDT\"],\"kinds\":[\"trade\",\"quote\"]}");
            JsonNode ack = messages.next();
            assertThat(ack.get("type").asString()).isEqualTo("ack");
            assertThat(ack.get("id").asInt()).isEqualTo(1);
            JsonNode trade = messages.next("trade");
            var data = (ObjectNode) trade.deepCopy();
            data.remove("type");
            data.remove("resume");
            CONTRACT.checkEvent(data.toString());
            say(socket, "{\"op\":\"dance\",\"id\":2}");
            assertThat(messages.next("error").at("/problem/status").asInt()).isEqualTo(422);
            say(socket, "{\"op\":\"ping\",\"id\":3}");
            assertThat(messages.next("pong").get("id").asInt()).isEqualTo(3);
            socket.abort();

            var resumed = new Messages();
            WebSocket again = open(client, gateway.port(), resumed);
            say(
                    again,
                    "{\"op\":\"subscribe\",\"symbols\":[\"binance:BTCUSDT\"],\"kinds\":[\"trade\"],\"resume\":\""
                            + trade.get("resume").asString() + "\"}");
            resumed.next("ack");
            long last = trade.get("trades")
                    .get(trade.get("trades").size() - 1)
                    .get("id")
                    .asLong();
            JsonNode next = resumed.next();
            assertThat(next.get("type").asString()).isEqualTo("trade");
            assertThat(next.get("trades").get(0).get("id").asLong()).isGreaterThan(last);
            again.sendClose(1000, "").join();
            assertThat(resumed.closed.poll(10, TimeUnit.SECONDS)).isEqualTo(1000);
            gateway.until("stream", "sharing", "clients", 0);
        }
    }

    @Test
    void a_key_is_needed_where_requests_need_one_and_its_end_is_that_of_the_stream() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var client = HttpClient.newHttpClient()) {
            var keys = new KeyRing(folder.resolve("state/keys"));
            String key = keys.create("page", false, Instant.EPOCH, new SecureRandom());
            var messages = new Messages();
            WebSocket socket = open(client, gateway.port(), messages, "protocol", "bearer." + key);
            assertThat(socket.getSubprotocol()).isEqualTo("bearer." + key);
            say(socket, "{\"op\":\"ping\"}");
            messages.next("pong");
            assertThatThrownBy(() -> open(client, gateway.port(), new Messages(), "protocol", "bearer.mib_wrong"))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(401));
            keys.revoke("page");
            assertThat(messages.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @Test
    void pages_of_other_origins_open_no_socket() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> open(client, gateway.port(), new Messages(), "Origin", "https://evil.invalid"))
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(403));
            assertThat(client.send(
                                    java.net.http.HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + gateway.port() + "/ws"))
                                            .build(),
                                    java.net.http.HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(426);
        }
    }

    @Test
    void the_end_of_the_gateway_closes_the_sockets() throws Exception {
        var messages = new Messages();
        try (var client = HttpClient.newHttpClient()) {
            try (var gateway = TestGateway.with(folder)) {
                WebSocket socket = open(client, gateway.port(), messages);
                say(socket, "{\"op\":\"ping\"}");
                messages.next("pong");
            }
            assertThat(messages.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(1001);
        }
    }

    @Test
    void one_client_too_many_is_refused_before_the_protocol_changes() throws Exception {
        try (var gateway = TestGateway.with(folder, "streams.max_clients", "1");
                var client = HttpClient.newHttpClient()) {
            var first = new Messages();
            WebSocket socket = open(client, gateway.port(), first);
            say(socket, "{\"op\":\"ping\"}");
            first.next("pong");
            assertThatThrownBy(() -> open(client, gateway.port(), new Messages()))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .extracting(thrown -> ((WebSocketHandshakeException) thrown.getCause())
                            .getResponse()
                            .statusCode())
                    .isEqualTo(503);
            socket.abort();
        }
    }

    @Test
    void subscriptions_are_listed_and_end_one_by_one() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var client = HttpClient.newHttpClient()) {
            var messages = new Messages();
            WebSocket socket = open(client, gateway.port(), messages);
            say(socket, "{\"op\":\"subscribe\",\"symbols\":[\"binance:BTCUSDT\"],\"kinds\":[\"trade\",\"book:5\"]}");
            messages.next("ack");
            say(socket, "{\"op\":\"unsubscribe\",\"id\":2,\"symbols\":[\"binance:BTCUSDT\"],\"kinds\":[\"book:5\"]}");
            assertThat(messages.next("ack").get("subscriptions")).hasSize(1);
            say(socket, "{\"op\":\"list\",\"id\":3}");
            JsonNode listed = messages.next("ack").get("subscriptions");
            assertThat(listed).hasSize(1);
            assertThat(listed.toString()).contains("trade").doesNotContain("book");
            socket.abort();
        }
    }
}
