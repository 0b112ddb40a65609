package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Cases around the handshake that WebSockets pass whether or not they have a thread of their own. Their servers send texts back. */
final class HandshakeCases {
    private HandshakeCases() {}

    static void readsFramesThatArriveWithTheRequest(TestServer server, String path) throws Exception {
        try (RawClient raw = server.connect()) {
            byte[] request = WebSocketClient.request(path, "").getBytes(UTF_8);
            byte[] frame = WebSocketClient.frame(0x81, "early".getBytes(UTF_8));
            byte[] both = Arrays.copyOf(request, request.length + frame.length);
            System.arraycopy(frame, 0, both, request.length, frame.length);
            assertThat(raw.send(both).head().status()).isEqualTo(101);
            assertThat(raw.raw(7)).endsWith("early");
        }
    }

    /** Returns the server. */
    static TestServer worksAfterAResponseThatTookLong(Function<ServerRequest, ServerResponse> answer, String path)
            throws Exception {
        var release = new CountDownLatch(1);
        var server = new TestServer(request -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return answer.apply(request);
        });
        try (RawClient raw = server.connect()) {
            raw.send(WebSocketClient.request(path, ""));
            TestServer.until(() -> server.handled.get() == 1);
            server.pass(Duration.ofSeconds(1)); // a thread watches for the disconnect from now on
            Thread.sleep(600);
            release.countDown();
            assertThat(raw.head().status()).isEqualTo(101);
            raw.send(WebSocketClient.frame(0x81, "a".getBytes(UTF_8)));
            assertThat(raw.raw(3)).endsWith("a");
        }
        return server;
    }
}
