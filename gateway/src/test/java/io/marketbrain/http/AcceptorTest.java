package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.concurrent.BackgroundLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AcceptorTest {
    @Test
    void continues_after_a_failed_accept() throws Exception {
        var failures = new AtomicInteger(3);
        try (TestServer server = new TestServer(TestServer::echo);
                var listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress()) {
                    @Override
                    public Socket accept() throws IOException {
                        if (failures.getAndDecrement() > 0) {
                            throw new IOException("Too many open files");
                        }
                        return super.accept();
                    }
                };
                RawClient resting = server.connect()) {
            assertThat(resting.get("/a").answer().status()).isEqualTo(200);
            var accepting = new Acceptor(server.server(), listener, 10, System::nanoTime);
            var acceptor = new BackgroundLoop(
                    "acceptor-test", BackgroundLoop.Kind.VIRTUAL, System::nanoTime, accepting::acceptOne);
            acceptor.start();
            // One connection was closed to make room for the next.
            assertThat(resting.ends()).isTrue();
            try (RawClient wire = new RawClient(listener.getLocalPort())) {
                assertThat(wire.get("/b").answer().body()).isEqualTo("GET /b ");
            }
            server.close();
            listener.close();
            assertThat(acceptor.awaitEnd(Duration.ofSeconds(20))).isTrue();
        }
    }
}
