package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that disconnect while their request is handled, and clients that only seem to. */
@Timeout(60)
final class DisconnectTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger givenUp = new AtomicInteger();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(request -> {
            if (!request.path().startsWith("/wait")) {
                return TestServer.text(
                        request.path() + " " + Thread.currentThread().isInterrupted());
            }
            try {
                release.await();
                return TestServer.text("waited");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                givenUp.incrementAndGet();
                return TestServer.text("given up");
            }
        });
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    private void working(int requests) throws InterruptedException {
        TestServer.until(() -> server.handled.get() == requests);
        server.pass(Duration.ofMillis(100));
    }

    @Test
    void the_work_for_a_client_that_closes_its_connection_is_cancelled() throws Exception {
        try (RawClient wire = server.connect()) {
            wire.get("/wait");
            working(1);
        }
        TestServer.until(() -> givenUp.get() == 1);
        TestServer.until(() -> server.server().openConnections() == 0);
        assertThat(server.server().gone()).isEqualTo(1);
        assertThat(server.server().permits().free())
                .isEqualTo(server.server().limits().maxRequests());
    }

    @Test
    void the_work_for_a_client_that_resets_its_connection_is_cancelled() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            working(1);
        }
        TestServer.until(() -> givenUp.get() == 1);
    }

    @Test
    void a_client_that_stays_gets_its_response_and_the_next_one() throws Exception {
        try (RawClient wire = server.connect()) {
            wire.get("/wait");
            working(1);
            wire.get("/next");
            Thread.sleep(400);
            assertThat(givenUp).hasValue(0);
            release.countDown();
            assertThat(wire.answer().body()).isEqualTo("waited");
            assertThat(wire.answer().body()).isEqualTo("/next false");
            for (int i = 0; i < 3; i++) {
                wire.get("/again");
                assertThat(wire.answer().body()).isEqualTo("/again false");
            }
        }
        assertThat(server.server().gone()).isZero();
    }

    @Test
    void a_client_that_sends_its_next_request_after_the_response_is_served() throws Exception {
        try (RawClient wire = server.connect()) {
            wire.get("/wait");
            working(1);
            Thread.sleep(400);
            release.countDown();
            assertThat(wire.answer().body()).isEqualTo("waited");
            wire.get("/next");
            assertThat(wire.answer().body()).isEqualTo("/next false");
        }
    }

    @Test
    void a_client_that_closes_only_its_sending_direction_gets_a_response_when_the_work_is_cancelled() throws Exception {
        try (RawClient wire = server.connect()) {
            wire.get("/wait");
            working(1);
            wire.endOutput();
            assertThat(wire.answer().body()).isEqualTo("given up");
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void a_client_that_closes_only_its_sending_direction_gets_quick_responses() throws Exception {
        try (RawClient wire = server.connect()) {
            wire.get("/quick").endOutput();
            assertThat(wire.answer().body()).isEqualTo("/quick false");
        }
    }
}
