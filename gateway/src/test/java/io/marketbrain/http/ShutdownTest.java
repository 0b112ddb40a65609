package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ShutdownTest {
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(request -> {
            if (request.path().equals("/wait")) {
                working.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return TestServer.text("done");
        });
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    @RepeatedTest(20)
    void a_request_in_flight_is_finished_and_no_new_connection_is_accepted() throws Exception {
        try (RawClient busy = server.connect();
                RawClient idle = server.connect()) {
            assertThat(idle.get("/a").answer().status()).isEqualTo(200);
            busy.get("/wait");
            working.await();
            Thread stopping = Thread.startVirtualThread(server.server()::close);
            assertThat(idle.ends()).isTrue();
            assertThatThrownBy(server::connect).isInstanceOf(IOException.class);
            assertThat(stopping.isAlive()).isTrue();
            release.countDown();
            RawClient.Answer answer = busy.answer();
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.headers()).containsEntry("connection", "close");
            stopping.join();
            assertThat(busy.ends()).isTrue();
        }
        TestServer.until(() -> server.server().openConnections() == 0);
    }

    @Test
    void a_request_that_outlasts_the_grace_time_is_cut() throws Exception {
        try (RawClient busy = server.connect()) {
            busy.get("/wait");
            working.await();
            Thread stopping = Thread.startVirtualThread(server.server()::close);
            TestServer.until(server.server()::stopping);
            // The stop waits for the clock, which only moves here.
            while (stopping.isAlive()) {
                server.pass(Duration.ofMillis(2500));
                stopping.join(Duration.ofMillis(10));
            }
            assertThat(busy.ends()).isTrue();
        }
    }

    @Test
    void an_idle_server_stops_without_waiting() throws Exception {
        // The clock stands still, so a stop that waited for its grace time would never end.
        try (RawClient idle = server.connect()) {
            assertThat(idle.get("/a").answer().status()).isEqualTo(200);
            server.server().close();
            assertThat(idle.ends()).isTrue();
        }
    }

    @Test
    void the_port_is_free_at_once() throws Exception {
        try (RawClient wire = server.connect()) {
            assertThat(wire.get("/a").answer().status()).isEqualTo(200);
            int port = server.port();
            server.server().close();
            try (var again = new java.net.ServerSocket()) {
                again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        }
    }
}
