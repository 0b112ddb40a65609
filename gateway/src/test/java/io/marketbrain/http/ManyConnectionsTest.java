package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that open connections and leave them idle. */
@Timeout(120)
final class ManyConnectionsTest {
    @Test
    void the_connection_that_kept_the_server_waiting_longest_is_closed_to_make_room() throws Exception {
        try (TestServer server = new TestServer(TestServer::echo, limits -> limits.maxConnections = 3);
                RawClient first = server.connect()) {
            assertThat(first.get("/a").answer().status()).isEqualTo(200);
            advanceOnceIdle(server);
            try (RawClient second = server.connect();
                    RawClient third = server.connect()) {
                assertThat(second.get("/b").answer().status()).isEqualTo(200);
                assertThat(third.get("/c").answer().status()).isEqualTo(200);
                advanceOnceIdle(server);
                try (RawClient fourth = server.connect()) {
                    assertThat(fourth.get("/d").answer().status()).isEqualTo(200);
                    assertThat(first.ends()).isTrue();
                    assertThat(server.server().openConnections()).isEqualTo(3);
                }
            }
        }
    }

    /** Advances the clock once every connection is idle. */
    private static void advanceOnceIdle(TestServer server) throws InterruptedException {
        TestServer.until(
                () -> server.server().connections().stream().allMatch(c -> c.phase() == Connection.Phase.IDLE));
        server.pass(Duration.ofMillis(1));
    }

    @Test
    void a_connection_with_a_request_in_progress_is_never_closed() throws Exception {
        var release = new CountDownLatch(1);
        try (TestServer server = new TestServer(
                        _ -> {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return TestServer.text("done");
                        },
                        limits -> limits.maxConnections = 1);
                RawClient working = server.connect().get("/a")) {
            TestServer.until(() -> server.handled.get() == 1);
            try (RawClient turnedAway = server.connect()) {
                assertThat(turnedAway.ends()).isTrue();
            }
            release.countDown();
            assertThat(working.answer().body()).isEqualTo("done");
        }
    }

    @Test
    void ten_thousand_idle_connections_do_not_keep_others_out() throws Exception {
        int count = 10_000;
        assumeDescriptors(count + 2_500);
        List<Socket> idle = new ArrayList<>();
        try (TestServer server = new TestServer(TestServer::echo)) {
            for (int i = 0; i < count; i++) {
                var socket = new Socket();
                idle.add(socket);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                if (i % 500 == 0) {
                    try (RawClient wire = server.connect()) {
                        assertThat(wire.get("/a").answer().status()).isEqualTo(200);
                    }
                }
            }
            assertThat(server.server().openConnections()).isLessThanOrEqualTo(1000);
            try (RawClient wire = server.connect()) {
                assertThat(wire.get("/a").answer().status()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : idle) {
                close(socket);
            }
        }
    }

    private static void assumeDescriptors(long needed) {
        boolean unix = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean;
        long limit = unix
                ? ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount()
                : 0;
        assumeTrue(limit >= needed, () -> "needs " + needed + " file descriptors, allowed are " + limit);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
