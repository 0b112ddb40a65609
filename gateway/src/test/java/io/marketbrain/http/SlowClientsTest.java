package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that keep the server waiting. The test moves the clock, so nothing here takes real time. */
@Timeout(60)
final class SlowClientsTest {
    private static final Duration INSTANT = Duration.ofNanos(1);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        byte[] large = new byte[8_000_000];
        server = new TestServer(request -> request.path().equals("/large")
                ? new ServerResponse(200, new Headers(), large)
                : TestServer.text("done"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void waitFor(Connection.Phase phase) throws InterruptedException {
        TestServer.until(() -> server.server().connections().stream().anyMatch(c -> c.phase() == phase));
    }

    /** Waits for two checks of the watchdog. */
    private static void awaitTwoChecks() throws InterruptedException {
        Thread.sleep(600);
    }

    @Test
    void a_connection_may_be_idle_for_the_keep_alive_time_and_no_longer() throws Exception {
        try (RawClient wire = server.connect()) {
            assertThat(wire.get("/a").answer().status()).isEqualTo(200);
            waitFor(Connection.Phase.IDLE);
            server.pass(Duration.ofSeconds(5).minus(INSTANT));
            awaitTwoChecks();
            assertThat(wire.get("/a").answer().status()).isEqualTo(200);
            waitFor(Connection.Phase.IDLE);
            server.pass(Duration.ofSeconds(5));
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void a_client_that_never_sends_anything_is_cut_off() throws Exception {
        try (RawClient wire = server.connect()) {
            waitFor(Connection.Phase.IDLE);
            server.pass(Duration.ofSeconds(5));
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void slow_headers_are_408_however_steadily_they_arrive() throws Exception {
        try (RawClient wire = server.connect()) {
            wire.send("GET /a HTTP/1.1\r\nX: ");
            waitFor(Connection.Phase.HEAD);
            for (int i = 0; i < 4; i++) {
                wire.send("a");
                server.pass(Duration.ofSeconds(1));
            }
            awaitTwoChecks();
            assertThat(server.server().openConnections()).isEqualTo(1);
            server.pass(Duration.ofSeconds(1));
            RawClient.Answer answer = wire.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(wire.ends()).isTrue();
        }
        assertThat(server.handled).hasValue(0);
    }

    @Test
    void a_slow_body_is_408() throws Exception {
        for (String framing :
                new String[] {"Content-Length: 9\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n9\r\nab"}) {
            try (RawClient wire = server.connect()) {
                wire.send("POST /a HTTP/1.1\r\nHost: x\r\n" + framing);
                waitFor(Connection.Phase.BODY);
                server.pass(Duration.ofSeconds(10));
                assertThat(wire.answer().status()).isEqualTo(408);
                assertThat(wire.ends()).isTrue();
            }
        }
        assertThat(server.handled).hasValue(0);
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
    }

    @Test
    void a_client_that_does_not_read_is_cut_off_and_its_resources_are_released() throws Exception {
        try (RawClient wire = new RawClient(server.port(), 4096)) {
            wire.get("/large");
            waitFor(Connection.Phase.WRITE);
            awaitTwoChecks();
            server.pass(Duration.ofSeconds(10));
            TestServer.until(() -> server.server().openConnections() == 0);
        }
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
        assertThat(server.server().permits().free())
                .isEqualTo(HttpLimits.defaults().maxRequests());
    }

    @Test
    void a_rejected_client_that_keeps_sending_is_cut_off_after_the_linger_time() throws Exception {
        try (RawClient wire = server.connect()) {
            assertThat(wire.send("nonsense\r\n\r\n").answer().status()).isEqualTo(400);
            waitFor(Connection.Phase.LINGER);
            server.pass(Duration.ofSeconds(1));
            TestServer.until(() -> server.server().openConnections() == 0);
        }
    }

    @Test
    void others_are_served_while_many_are_slow() throws Exception {
        var slow = new ArrayList<RawClient>();
        for (int i = 0; i < 100; i++) {
            slow.add(server.connect().send("GET /a HTTP/1.1\r\nX: "));
            slow.add(server.connect().send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"));
            slow.add(server.connect());
        }
        try (RawClient wire = server.connect()) {
            for (int i = 0; i < 100; i++) {
                assertThat(wire.get("/a").answer().body()).isEqualTo("done");
            }
        }
        server.pass(Duration.ofSeconds(10));
        TestServer.until(() -> server.server().openConnections() == 0);
        for (RawClient wire : slow) {
            wire.close();
        }
    }
}
