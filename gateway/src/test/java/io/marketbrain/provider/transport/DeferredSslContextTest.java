package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** TLS is set up for the first connection that needs it, not for the client. */
class DeferredSslContextTest {
    private final AtomicInteger made = new AtomicInteger();

    private final SSLContext context = new DeferredSslContext(() -> {
        made.incrementAndGet();
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    });

    @Test
    void a_call_without_tls_makes_none() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(client.send(HttpRequest.newBuilder(target).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        } finally {
            server.stop(0);
        }
        assertThat(made).hasValue(0);
    }

    @Test
    void connections_share_one_and_have_its_protocols() throws Exception {
        String[] usual = SSLContext.getDefault().createSSLEngine().getEnabledProtocols();
        assertThat(context.createSSLEngine("localhost", 443).getEnabledProtocols())
                .isEqualTo(usual);
        assertThat(context.createSSLEngine().getEnabledProtocols()).isEqualTo(usual);
        assertThat(context.getClientSessionContext())
                .isSameAs(SSLContext.getDefault().getClientSessionContext());
        assertThat(made).hasValue(1);
    }

    @Test
    void is_not_initialized_again() {
        assertThatThrownBy(() -> context.init(null, null, null)).hasMessage("initialized by its maker");
    }
}
