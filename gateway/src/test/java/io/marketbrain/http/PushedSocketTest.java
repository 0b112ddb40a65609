package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.http.websocket.CloseStatus;
import io.marketbrain.http.websocket.WebSocketConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets without a thread of their own, over real sockets; HostileFramesTest has their faults. */
@Timeout(120)
final class PushedSocketTest {
    private static final WebSocketConfig CONFIG = WebSocketConfig.defaults();

    private final AtomicReference<PushEcho> pushed = new AtomicReference<>();
    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(TestServer.TlsMaker tls) throws Exception {
        server = new TestServer(
                request -> PushEcho.answer(request, (session, wake) -> {
                    pushed.set(new PushEcho(session, wake));
                    return pushed.get();
                }),
                _ -> {},
                tls);
    }

    private WebSocketClient open() throws Exception {
        if (server == null) {
            start(null);
        }
        WebSocketClient client = WebSocketClient.open(server.port(), PushEcho.PATH);
        TestServer.until(() -> pushed.get() != null);
        return client;
    }

    private void assertEnded(int code) throws InterruptedException {
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(pushed.get().closed()).isEqualTo(1);
        assertThat(pushed.get().session.findStatus()).map(CloseStatus::code).contains(code);
        assertThat(server.server().longLived()).isZero();
    }

    private static List<String> numbered(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + ":" + "x".repeat(length))
                .toList();
    }

    @Test
    void sends_what_it_is_woken_for_in_order() throws Exception {
        try (WebSocketClient client = open()) {
            for (int round = 0; round < 20; round++) {
                List<String> texts = numbered(round * 10, 300);
                pushed.get().push(texts);
                for (String text : texts) {
                    assertThat(client.next().text()).isEqualTo(text);
                }
            }
            client.close(1000);
            assertThat(client.next().code()).isEqualTo(1000);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(1000);
    }

    @Test
    void responds_to_each_text_in_order_also_to_those_that_arrive_together() throws Exception {
        try (WebSocketClient client = open()) {
            byte[] a = WebSocketClient.frame(0x81, "a".getBytes(UTF_8));
            byte[] ping = WebSocketClient.frame(0x89, "p".getBytes(UTF_8));
            byte[] all = Arrays.copyOf(a, 2 * a.length + ping.length);
            System.arraycopy(ping, 0, all, a.length, ping.length);
            System.arraycopy(a, 0, all, a.length + ping.length, a.length);
            client.send(all);
            assertThat(client.next().text()).isEqualTo("a");
            assertThat(client.next().opcode()).isEqualTo(10);
            assertThat(client.next().text()).isEqualTo("a");
        }
    }

    @Test
    void reads_frames_that_arrive_with_the_request() throws Exception {
        start(null);
        HandshakeCases.readsFramesThatArriveWithTheRequest(server, PushEcho.PATH);
    }

    @Test
    void asks_for_no_more_while_the_client_does_not_read_and_loses_nothing() throws Exception {
        start(null);
        List<String> texts = numbered(40_000, 1000);
        try (var raw = new RawClient(server.port(), 4096);
                WebSocketClient client = WebSocketClient.open(raw, PushEcho.PATH, "")) {
            TestServer.until(() -> pushed.get() != null);
            pushed.get().push(texts);
            Connection connection = server.server().connections().iterator().next();
            TestServer.until(() -> connection.phase() == Connection.Phase.WRITE);
            int left = pushed.get().waiting();
            int polled = pushed.get().polled.get();
            pushed.get().push(List.of("last"));
            Thread.sleep(50);
            assertThat(left).isPositive();
            assertThat(pushed.get().waiting()).isEqualTo(left + 1);
            assertThat(pushed.get().polled).hasValue(polled);
            for (String text : texts) {
                assertThat(client.next().text()).isEqualTo(text);
            }
            assertThat(client.next().text()).isEqualTo("last");
            TestServer.until(() -> connection.phase() == Connection.Phase.UPGRADED);
        }
    }

    @Test
    void a_slow_client_delays_no_other() throws Exception {
        start(null);
        try (var raw = new RawClient(server.port(), 4096);
                WebSocketClient _ = WebSocketClient.open(raw, PushEcho.PATH, "")) {
            TestServer.until(() -> pushed.get() != null);
            PushEcho slow = pushed.getAndSet(null);
            slow.push(numbered(40_000, 1000));
            TestServer.until(() -> server.server().connections().stream()
                    .anyMatch(connection -> connection.phase() == Connection.Phase.WRITE));
            try (WebSocketClient client = open()) {
                pushed.get().push(List.of("at once"));
                assertThat(client.next().text()).isEqualTo("at once");
            }
        }
    }

    @Test
    void disconnects_a_client_that_does_not_read() throws Exception {
        start(null);
        try (var raw = new RawClient(server.port(), 4096)) {
            WebSocketClient.open(raw, PushEcho.PATH, "");
            TestServer.until(() -> pushed.get() != null);
            pushed.get().push(numbered(40_000, 1000));
            Connection connection = server.server().connections().iterator().next();
            TestServer.until(() -> connection.phase() == Connection.Phase.WRITE);
            server.pass(HttpLimits.defaults().writeTimeout());
            assertEnded(CloseStatus.ABNORMAL);
        }
    }

    @Test
    void pings_a_silent_client_and_disconnects_it_when_it_does_not_answer() throws Exception {
        try (WebSocketClient client = open()) {
            server.pass(CONFIG.ping());
            assertThat(client.next().opcode()).isEqualTo(9);
            client.send(WebSocketClient.frame(0x8a, new byte[0])).text("here");
            assertThat(client.next().text()).isEqualTo("here");
            server.pass(CONFIG.ping());
            assertThat(client.next().opcode()).isEqualTo(9);
            server.pass(CONFIG.ping());
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.ABNORMAL);
    }

    @Test
    void notices_a_disconnect() throws Exception {
        open().close();
        assertEnded(CloseStatus.ABNORMAL);
    }

    @Test
    void closes_on_request_of_another_thread() throws Exception {
        try (WebSocketClient client = open()) {
            pushed.get().session.close(CloseStatus.TRY_AGAIN_LATER, "too slow");
            WebSocketClient.Frame close = client.next();
            assertThat(close.code()).isEqualTo(CloseStatus.TRY_AGAIN_LATER);
            assertThat(close.text()).endsWith("too slow");
            server.pass(CONFIG.closeTimeout());
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.TRY_AGAIN_LATER);
    }

    @Test
    void closes_with_1011_when_a_text_cannot_be_handled() throws Exception {
        try (WebSocketClient client = open()) {
            WebSocketClient.Frame close = client.text("fail").next();
            assertThat(close.code()).isEqualTo(CloseStatus.INTERNAL_ERROR);
            assertThat(close.text()).doesNotContain("bug");
            client.close(1011);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.INTERNAL_ERROR);
    }

    @Test
    void ends_with_1001_when_the_server_stops() throws Exception {
        Thread stopping;
        try (WebSocketClient client = open()) {
            stopping = Thread.startVirtualThread(server.server()::close);
            assertThat(client.next().code()).isEqualTo(CloseStatus.GOING_AWAY);
            client.close(1001);
            assertThat(client.ends()).isTrue();
        }
        stopping.join();
        assertEnded(CloseStatus.GOING_AWAY);
    }

    @Test
    void many_come_and_go() throws Exception {
        for (int round = 0; round < 3; round++) {
            var clients = new ArrayList<WebSocketClient>();
            for (int i = 0; i < 50; i++) {
                clients.add(open());
            }
            for (WebSocketClient client : clients) {
                assertThat(client.text("here").next().text()).isEqualTo("here");
                client.close();
            }
            TestServer.until(() -> server.server().longLived() == 0);
        }
    }

    @Test
    void works_after_a_response_that_took_long() throws Exception {
        server = HandshakeCases.worksAfterAResponseThatTookLong(PushEcho::answer, PushEcho.PATH);
    }

    @Test
    void works_over_tls(@TempDir Path certificates, @TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.make("EC", certificates);
        var files = certificate.in(folder);
        start(clock -> new ServerTls(files, clock));
        try (WebSocketClient client = WebSocketClient.open(certificate, server.port(), PushEcho.PATH)) {
            assertThat(client.text("a").next().text()).isEqualTo("a");
            List<String> texts = numbered(1000, 100);
            pushed.get().push(texts);
            for (String text : texts) {
                assertThat(client.next().text()).isEqualTo(text);
            }
            client.close(1000);
            assertThat(client.next().code()).isEqualTo(1000);
            assertThat(client.ends()).isTrue();
        }
        assertEnded(CloseStatus.NORMAL);
    }
}
