package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests than the limit of concurrent requests. */
@Timeout(60)
final class ServerOverloadTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<RawClient> wires = new ArrayList<>();
    private TestServer server;

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        for (RawClient wire : wires) {
            wire.close();
        }
        server.close();
    }

    private void startWithPermits(int places) throws Exception {
        server = new TestServer(
                request -> {
                    if (request.path().equals("/wait")) {
                        await(release);
                    }
                    return TestServer.text("done");
                },
                limits -> limits.maxRequests = places);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RawClient connect() throws Exception {
        RawClient wire = server.connect();
        wires.add(wire);
        return wire;
    }

    private void occupy(int places) throws Exception {
        for (int i = 0; i < places; i++) {
            connect().get("/wait");
        }
        TestServer.until(() -> server.server().permits().free() == 0);
    }

    @Test
    void a_request_over_the_limit_is_rejected_at_once_and_may_retry_on_the_same_connection() throws Exception {
        startWithPermits(3);
        occupy(3);
        RawClient wire = connect();
        RawClient.Answer refused = wire.get("/a").answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).doesNotContainKey("connection");
        release.countDown();
        TestServer.until(() -> server.server().permits().free() == 3);
        assertThat(wire.get("/a").answer().status()).isEqualTo(200);
        for (RawClient waiting : wires.subList(0, 3)) {
            assertThat(waiting.answer().body()).isEqualTo("done");
        }
    }

    @Test
    void a_rejected_head_request_has_no_body() throws Exception {
        startWithPermits(1);
        occupy(1);
        RawClient wire = connect();
        assertThat(wire.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n")
                        .answerToHead()
                        .status())
                .isEqualTo(503);
        release.countDown();
        TestServer.until(() -> server.server().permits().free() == 1);
        assertThat(wire.get("/a").answer().status()).isEqualTo(200);
    }

    @Test
    void health_is_served_at_the_limit() throws Exception {
        startWithPermits(1);
        occupy(1);
        assertThat(connect().get("/health").answer().status()).isEqualTo(200);
    }

    @Test
    void clients_that_send_or_read_nothing_hold_no_permit() throws Exception {
        byte[] large = new byte[8_000_000];
        server = new TestServer(
                request -> request.path().equals("/large")
                        ? new ServerResponse(200, new Headers(), large)
                        : TestServer.text("done"),
                limits -> {
                    limits.maxRequests = 1;
                    limits.maxHeld = 64 << 20;
                });
        for (int i = 0; i < 5; i++) {
            wires.add(new RawClient(server.port(), 4096).get("/large"));
            connect();
            connect().send("GET /a HTTP/1.1\r\nHost");
            connect().send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
        }
        TestServer.until(() -> server.server().connections().stream()
                        .filter(c -> c.phase() == Connection.Phase.WRITE)
                        .count()
                >= 1);
        TestServer.until(() -> server.server().permits().free() == 1);
        assertThat(connect().get("/a").answer().body()).isEqualTo("done");
    }

    @Test
    void bytes_held_for_all_clients_together_are_limited() throws Exception {
        server = new TestServer(_ -> TestServer.text("done"), limits -> {
            limits.maxHeld = 1 << 20;
            limits.maxBody = 600_000;
        });
        String head = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n";
        RawClient first = connect().send(head + "x".repeat(400_000));
        TestServer.until(() -> server.server().bufferBudget().held() == 800_000);
        RawClient announcing = connect().send(head);
        RawClient second = connect().send(head);
        second.sendRegardless("x".repeat(200_000).getBytes(UTF_8));
        assertThat(second.answer().status()).isEqualTo(503);
        assertThat(connect().get("/a").answer().status()).isEqualTo(200);
        first.send("x".repeat(100_000));
        assertThat(first.answer().status()).isEqualTo(200);
        announcing.close();
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
    }

    @Test
    void a_large_response_beyond_the_bytes_held_is_replaced_by_503_and_the_connection_stays_open() throws Exception {
        byte[] large = new byte[800_000];
        server = new TestServer(
                request -> request.path().equals("/large")
                        ? new ServerResponse(200, new Headers(), large)
                        : TestServer.text("done"),
                limits -> limits.maxHeld = 1 << 20);
        server.server().bufferBudget().tryReserve(500_000);
        RawClient client = connect();
        assertThat(client.get("/large").answer().status()).isEqualTo(503);
        assertThat(client.get("/a").answer().status()).isEqualTo(200);
        server.server().bufferBudget().release(500_000);
        assertThat(client.get("/large").answer().status()).isEqualTo(200);
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
    }
}
