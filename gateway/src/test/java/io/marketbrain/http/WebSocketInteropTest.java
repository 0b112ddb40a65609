package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSockets with clients that others have written. */
@Timeout(120)
final class WebSocketInteropTest {
    private static final List<String> TEXTS =
            List.of("", "a", "κόσμε😀", "x".repeat(125), "x".repeat(126), "x".repeat(16_384));

    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(request -> WebSocketTest.answer(request, WebSocketTest::echo));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private URI uri() {
        return URI.create("ws://localhost:" + server.port() + "/ws");
    }

    private String next() throws InterruptedException {
        String text = received.poll(60, TimeUnit.SECONDS);
        assertThat(text).isNotNull();
        return text;
    }

    @Test
    void serves_the_client_of_the_jdk() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var closed = new CompletableFuture<Integer>();
            WebSocket socket = http.newWebSocketBuilder()
                    .subprotocols("a", "b")
                    .buildAsync(uri(), new Listener(closed))
                    .join();
            assertThat(socket.getSubprotocol()).isEqualTo("b");
            for (String text : TEXTS) {
                socket.sendText(text, true).join();
                assertThat(next()).isEqualTo(text);
            }
            socket.sendText("in ", false).join();
            socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
            socket.sendText("parts", true).join();
            assertThat(next()).isEqualTo("pong");
            assertThat(next()).isEqualTo("in parts");
            socket.sendClose(4321, "enough").join();
            assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo(4321);
        }
        TestServer.until(() -> server.server().openConnections() == 0);
    }

    private final class Listener implements WebSocket.Listener {
        private final CompletableFuture<Integer> closed;
        private final StringBuilder text = new StringBuilder();

        Listener(CompletableFuture<Integer> closed) {
            this.closed = closed;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
            received.add("pong");
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    @Test
    void serves_java_websocket_which_offers_compression() throws Exception {
        var closed = new CountDownLatch(1);
        var client = new WebSocketClient(uri(), new Draft_6455(new PerMessageDeflateExtension())) {
            @Override
            public void onOpen(ServerHandshake handshake) {}

            @Override
            public void onMessage(String message) {
                received.add(message);
            }

            @Override
            public void onClose(int code, String reason, boolean remote) {
                received.add("closed " + code);
                closed.countDown();
            }

            @Override
            public void onError(Exception error) {
                received.add(error.toString());
            }
        };
        assertThat(client.connectBlocking(60, TimeUnit.SECONDS)).isTrue();
        for (String text : TEXTS) {
            client.send(text);
            assertThat(next()).isEqualTo(text);
        }
        client.send(new byte[10]);
        assertThat(next()).isEqualTo("closed 1003");
        assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
        TestServer.until(() -> server.server().openConnections() == 0);
    }
}
