package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.http.websocket.CloseStatus;
import io.marketbrain.http.websocket.WebSocketConfig;
import io.marketbrain.http.websocket.WebSocketHandler;
import io.marketbrain.http.websocket.WebSocketHandshake;
import io.marketbrain.http.websocket.WebSocketSession;
import io.marketbrain.http.websocket.WebSocketUpgrade;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets over real sockets: handshake, closing, time limits, slow clients, shutdown. */
@Timeout(120)
final class WebSocketTest {
    private static final WebSocketConfig CONFIG = WebSocketConfig.defaults();

    private final AtomicReference<WebSocketSession> session = new AtomicReference<>();
    private final AtomicInteger ended = new AtomicInteger();
    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(WebSocketHandler handler) throws Exception {
        start(handler, _ -> {}, null);
    }

    private void start(WebSocketHandler handler, Consumer<HttpLimitsBuilder> change, TestServer.@Nullable TlsMaker tls)
            throws Exception {
        WebSocketHandler watched = opened -> {
            session.set(opened);
            try {
                handler.serve(opened);
            } finally {
                ended.incrementAndGet();
            }
        };
        server = new TestServer(request -> answer(request, watched), change, tls);
    }

    /** {@code /ws} is a WebSocket that prefers the subprotocol "b". */
    static ServerResponse answer(ServerRequest request, WebSocketHandler handler) {
        if (!request.path().equals("/ws")) {
            return TestServer.echo(request);
        }
        return switch (WebSocketHandshake.check(request.method(), request.headers()::find)) {
            case WebSocketHandshake.Rejected(int status, String detail, Headers headers) ->
                new ServerResponse(status, headers, detail.getBytes(UTF_8));
            case WebSocketHandshake.Accepted accepted ->
                new ServerResponse(
                        101,
                        accepted.headers(Optional.of("b").filter(accepted.protocols()::contains)),
                        new WebSocketUpgrade(CONFIG, handler));
        };
    }

    /** Sends every text back. */
    static void echo(WebSocketSession session) throws IOException {
        for (Optional<String> text = session.receive(); text.isPresent(); text = session.receive()) {
            session.send(text.get());
        }
    }

    private WebSocketClient open() throws Exception {
        return WebSocketClient.open(server.port(), "/ws");
    }

    private void assertEnded(int code) throws InterruptedException {
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(ended).hasValue(1);
        assertThat(session.get().findStatus()).map(CloseStatus::code).contains(code);
        assertThat(server.server().longLived()).isZero();
    }

    @Test
    void answers_the_handshake_of_the_standard() throws Exception {
        start(WebSocketTest::echo);
        try (RawClient client = server.connect()) {
            RawClient.Answer answer = client.send(WebSocketClient.request("/ws", "Sec-WebSocket-Protocol: a, b\r\n"))
                    .head();
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            assertThat(answer.headers())
                    .containsEntry("sec-websocket-accept", WebSocketClient.ACCEPT)
                    .containsEntry("upgrade", "websocket")
                    .containsEntry("connection", "Upgrade")
                    .containsEntry("sec-websocket-protocol", "b")
                    .doesNotContainKeys("content-length", "transfer-encoding", "sec-websocket-extensions");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "426 | Upgrade: websocket | Upgrade: h2c",
                "426 | Connection: Upgrade | Connection: keep-alive",
                "426 | Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8",
                "426 | Sec-WebSocket-Version: 13 | X: y",
                "400 | Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 13~Sec-WebSocket-Version: 13",
                "400 | dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25jZ==",
                "400 | dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25jZQ==~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "400 | dGhlIHNhbXBsZSBub25jZQ== | !!!hlIHNhbXBsZSBub25jZQ==",
                "400 | Sec-WebSocket-Key | X-Key",
                "400 | Upgrade: websocket | Upgrade: websocket~Sec-WebSocket-Protocol: a/b",
                "400 | Upgrade: websocket | Upgrade: websocket~Sec-WebSocket-Protocol: a, a",
                "400 | HTTP/1.1 | HTTP/1.0",
                "405 | GET | POST"
            })
    void rejects_other_requests(int status, String part, String instead) throws Exception {
        start(WebSocketTest::echo);
        String request = WebSocketClient.request("/ws", "").replace(part, instead.replace("~", "\r\n"));
        try (RawClient client = server.connect()) {
            RawClient.Answer answer = client.send(request).answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            if (status == 426) {
                assertThat(answer.headers())
                        .containsEntry("upgrade", "websocket")
                        .containsEntry("sec-websocket-version", "13");
            }
        }
        assertThat(ended).hasValue(0);
    }

    @Test
    void accepts_lists_in_any_case() throws Exception {
        start(WebSocketTest::echo);
        String request = WebSocketClient.request("/ws", "")
                .replace("Upgrade: websocket", "Upgrade: h2c, WebSocket")
                .replace("Connection: Upgrade", "Connection: keep-alive, upgrade");
        try (RawClient client = server.connect()) {
            assertThat(client.send(request).head().status()).isEqualTo(101);
        }
    }

    @Test
    void reads_frames_that_arrive_with_the_request() throws Exception {
        start(WebSocketTest::echo);
        HandshakeCases.readsFramesThatArriveWithTheRequest(server, "/ws");
    }

    @Test
    void confirms_that_the_client_closes() throws Exception {
        start(WebSocketTest::echo);
        try (WebSocketClient client = open()) {
            client.close(4000);
            assertThat(client.next().code()).isEqualTo(4000);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(4000);
    }

    @Test
    void closes_when_the_handler_returns() throws Exception {
        start(opened -> opened.send("bye"));
        try (WebSocketClient client = open()) {
            assertThat(client.next().text()).isEqualTo("bye");
            assertThat(client.next().code()).isEqualTo(CloseStatus.NORMAL);
            client.text("ignored").close(1000);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.NORMAL);
    }

    @Test
    void closes_with_1011_when_the_handler_fails() throws Exception {
        start(_ -> {
            throw new IllegalStateException("a bug of the test");
        });
        try (WebSocketClient client = open()) {
            WebSocketClient.Frame close = client.next();
            assertThat(close.code()).isEqualTo(CloseStatus.INTERNAL_ERROR);
            assertThat(close.text()).doesNotContain("bug");
            client.close(1011);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.INTERNAL_ERROR);
    }

    @Test
    void closes_on_request_of_another_thread_with_the_first_code_only() throws Exception {
        start(WebSocketTest::echo);
        try (WebSocketClient client = open()) {
            TestServer.until(() -> session.get() != null);
            session.get().close(CloseStatus.POLICY_VIOLATION, "é".repeat(100));
            session.get().close(CloseStatus.TRY_AGAIN_LATER, "");
            WebSocketClient.Frame close = client.next();
            assertThat(close.code()).isEqualTo(CloseStatus.POLICY_VIOLATION);
            assertThat(close.text().substring(2)).isEqualTo("é".repeat(61));
            assertThatThrownBy(() -> session.get().send("late")).isInstanceOf(IOException.class);
            client.close(1008);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.POLICY_VIOLATION);
    }

    @Test
    void disconnects_a_client_that_does_not_confirm_the_end() throws Exception {
        start(WebSocketTest::echo);
        try (WebSocketClient client = open()) {
            TestServer.until(() -> session.get() != null);
            session.get().close(CloseStatus.TRY_AGAIN_LATER, "");
            assertThat(client.next().code()).isEqualTo(CloseStatus.TRY_AGAIN_LATER);
            server.pass(CONFIG.closeTimeout());
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.TRY_AGAIN_LATER);
    }

    @Test
    void notices_a_disconnect_without_a_close() throws Exception {
        start(WebSocketTest::echo);
        open().close();
        assertEnded(CloseStatus.ABNORMAL);
        assertThatThrownBy(() -> session.get().send("late")).isInstanceOf(IOException.class);
    }

    @Test
    void pings_a_silent_client_and_keeps_it_while_it_answers() throws Exception {
        start(WebSocketTest::echo);
        try (WebSocketClient client = open()) {
            TestServer.until(() -> session.get() != null);
            for (int i = 0; i < 5; i++) {
                server.pass(CONFIG.ping());
                assertThat(client.next().opcode()).isEqualTo(9);
                client.send(WebSocketClient.frame(0x8a, new byte[0])).text("here");
                assertThat(client.next().text()).isEqualTo("here");
            }
        }
    }

    @Test
    void disconnects_a_client_that_answers_no_ping_even_if_it_sends_parts_of_a_frame() throws Exception {
        start(WebSocketTest::echo);
        try (WebSocketClient client = open()) {
            TestServer.until(() -> session.get() != null);
            server.pass(CONFIG.ping());
            assertThat(client.next().opcode()).isEqualTo(9);
            client.send(new byte[] {(byte) 0x81});
            server.pass(CONFIG.ping());
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.ABNORMAL);
    }

    @Test
    void disconnects_a_client_that_does_not_read() throws Exception {
        start(opened -> {
            byte[] text = new byte[50_000];
            Arrays.fill(text, (byte) 'x');
            while (true) {
                opened.send(List.of(text, text));
            }
        });
        try (var raw = new RawClient(server.port(), 4096)) {
            WebSocketClient.open(raw, "/ws", "");
            Connection connection = server.server().connections().iterator().next();
            var last = new AtomicReference<Long>(-1L);
            TestServer.until(() -> {
                boolean stuck = connection.phase() == Connection.Phase.WRITE && last.get() == connection.since();
                last.set(connection.since());
                return stuck && session.get() != null;
            });
            TestServer.until(() -> {
                server.pass(HttpLimits.defaults().writeTimeout());
                return ended.get() == 1;
            });
        }
        assertEnded(CloseStatus.ABNORMAL);
    }

    @Test
    void does_not_mix_the_frames_of_several_threads() throws Exception {
        start(WebSocketTest::echo);
        try (WebSocketClient client = open()) {
            TestServer.until(() -> session.get() != null);
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                String text = String.valueOf((char) ('a' + t)).repeat(200 + 40_000 * t);
                threads.add(Thread.startVirtualThread(() -> {
                    try {
                        for (int i = 0; i < 50; i++) {
                            session.get().send(text);
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            for (int i = 0; i < 200; i++) {
                String text = client.next().text();
                assertThat(text.chars().distinct().count()).isEqualTo(1);
                assertThat(text).hasSize(200 + 40_000 * (text.charAt(0) - 'a'));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void ends_with_1001_when_the_server_stops() throws Exception {
        start(WebSocketTest::echo);
        Thread stopping;
        try (WebSocketClient client = open()) {
            TestServer.until(() -> session.get() != null);
            stopping = Thread.startVirtualThread(server.server()::close);
            assertThat(client.next().code()).isEqualTo(CloseStatus.GOING_AWAY);
            client.close(1001);
            assertThat(client.ends()).isTrue();
        }
        stopping.join();
        assertEnded(CloseStatus.GOING_AWAY);
    }

    @Test
    void is_cut_at_the_end_of_the_grace_period() throws Exception {
        start(WebSocketTest::echo, limits -> limits.stopGrace = Duration.ZERO, null);
        try (WebSocketClient client = open()) {
            TestServer.until(() -> session.get() != null);
            server.server().close();
            TestServer.until(() -> ended.get() == 1);
            assertThatThrownBy(() -> {
                        while (true) {
                            client.next();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void counts_neither_as_connection_nor_as_request() throws Exception {
        start(
                WebSocketTest::echo,
                limits -> {
                    limits.maxConnections = 2;
                    limits.maxRequests = 1;
                },
                null);
        var clients = new ArrayList<WebSocketClient>();
        for (int i = 1; i <= 5; i++) {
            clients.add(open());
            int count = i;
            TestServer.until(() -> server.server().longLived() == count);
        }
        try (RawClient client = server.connect();
                RawClient second = server.connect()) {
            assertThat(client.get("/a").answer().status()).isEqualTo(200);
            assertThat(second.get("/a").answer().status()).isEqualTo(200);
            assertThat(client.get("/a").answer().status()).isEqualTo(200);
        }
        for (WebSocketClient client : clients) {
            assertThat(client.text("still here").next().text()).isEqualTo("still here");
            client.close();
        }
        TestServer.until(() -> server.server().longLived() == 0);
    }

    @Test
    void works_after_a_handler_that_took_long_to_answer() throws Exception {
        server = HandshakeCases.worksAfterAResponseThatTookLong(request -> answer(request, WebSocketTest::echo), "/ws");
    }

    @Test
    void works_over_tls(@TempDir Path certificates, @TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.make("EC", certificates);
        var files = certificate.in(folder);
        start(WebSocketTest::echo, _ -> {}, clock -> new ServerTls(files, clock));
        try (WebSocketClient client = WebSocketClient.open(certificate, server.port(), "/ws")) {
            String text = "x".repeat(16_000);
            for (int i = 0; i < 20; i++) {
                assertThat(client.text(text).next().text()).isEqualTo(text);
            }
            client.close(1000);
            assertThat(client.next().code()).isEqualTo(1000);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.NORMAL);
    }

    @Test
    void a_fault_reaches_a_client_that_is_still_sending() throws Exception {
        start(WebSocketTest::echo);
        try (WebSocketClient client = open()) {
            client.send(WebSocketClient.frame(0x82, new byte[60_000])).send(new byte[100_000]);
            assertThat(client.next().code()).isEqualTo(CloseStatus.UNSUPPORTED);
            assertThatThrownBy(client::next).isInstanceOf(EOFException.class);
        }
        assertEnded(CloseStatus.UNSUPPORTED);
    }
}
