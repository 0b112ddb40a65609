package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls to providers through a proxy and to a server with a private certificate authority, on real sockets. */
@Timeout(60)
class ProxiedTransportTest {
    private static final String LOGIN = "Basic dXNlcjpwbGFudGVk";

    static {
        // The JDK reads it once, when the first client of the process is made.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    @TempDir
    Path folder;

    private final List<String> seenByProxy = new CopyOnWriteArrayList<>();
    private final List<String> seenByProvider = new CopyOnWriteArrayList<>();
    private ServerSocket proxy;
    private HttpServer provider;
    private Path caFile;
    private volatile boolean allowed = true;

    @BeforeEach
    void start() throws Exception {
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        TestCertificate certificate = TestCertificate.make("EC", folder);
        caFile = Files.writeString(folder.resolve("ca.pem"), certificate.pem());
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        secure.createContext("/", exchange -> {
            seenByProvider.add(String.valueOf(exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
            byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        secure.start();
        provider = secure;
    }

    @AfterEach
    void stop() throws IOException {
        provider.stop(0);
        proxy.close();
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Reads a head, and tunnels to the provider's server or answers itself. */
    private void serve(Socket client) {
        try (client) {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = client.getInputStream().read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            seenByProxy.add(head.toString());
            boolean connect = head.indexOf("CONNECT ") == 0;
            String reply = !allowed
                    ? String.join(
                            "\r\n",
                            "HTTP/1.1 407 Proxy Authentication Required",
                            "Proxy-Authenticate: Basic realm=\"p\"",
                            "Content-Length: 0",
                            "",
                            "")
                    : connect ? "HTTP/1.1 200 OK\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
            client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
            if (connect && allowed) {
                try (var server = new Socket(
                        InetAddress.getLoopbackAddress(), provider.getAddress().getPort())) {
                    Thread back = Thread.ofVirtual().start(() -> pump(server, client));
                    pump(client, server);
                    back.join(Duration.ofSeconds(5));
                }
            }
        } catch (IOException | InterruptedException ended) {
            // The client sees a broken connection.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // The other direction ends as well.
        }
    }

    private Outcome<RawPayload> fetch(String base, Optional<Path> ca, boolean proxied) {
        var address = ProxyAddress.parse(
                "transport.https_proxy",
                Secret.of("http://user:planted@127.0.0.1:" + proxy.getLocalPort())
                        .orElseThrow());
        var proxies =
                proxied ? new ProxyConfig(Optional.of(address), Optional.of(address), List.of()) : ProxyConfig.NONE;
        var config = new TransportConfig(Duration.ofSeconds(3), 8 << 20, 3, "test", proxies, ca);
        try (var connections = new HttpConnections(config)) {
            return new HttpTransport(
                            DescriptorReader.builtIn("binance"),
                            new ProviderConfig(
                                    WantedMode.LIVE, Optional.empty(), Optional.empty(), Optional.of(URI.create(base))),
                            connections,
                            InstantSource.system())
                    .exchange(ProviderRequest.get("/p"), TestCalls.patient());
        }
    }

    private static void succeeded(Outcome<RawPayload> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void an_https_provider_is_reached_through_a_tunnel_with_the_login_for_the_proxy_only() {
        succeeded(fetch("https://provider.test:9443", Optional.of(caFile), true));
        assertThat(seenByProxy).hasSize(1);
        assertThat(seenByProxy.getFirst())
                .startsWith("CONNECT provider.test:9443 HTTP/1.1\r\n")
                .contains("Proxy-Authorization: " + LOGIN + "\r\n");
        assertThat(seenByProvider).containsExactly("null");
    }

    @Test
    void an_http_provider_is_asked_for_through_the_proxy() {
        succeeded(fetch("http://provider.test", Optional.empty(), true));
        assertThat(seenByProxy.getFirst())
                .startsWith("GET http://provider.test/p HTTP/1.1\r\n")
                .contains("Proxy-Authorization: " + LOGIN + "\r\n");
    }

    @Test
    void a_provider_on_this_machine_is_reached_without_the_proxy() {
        succeeded(fetch("https://127.0.0.1:" + provider.getAddress().getPort(), Optional.of(caFile), true));
        assertThat(seenByProxy).isEmpty();
        assertThat(seenByProvider).containsExactly("null");
    }

    @Test
    void a_proxy_that_refuses_is_a_failure_without_the_login() {
        allowed = false;
        var outcome = fetch("https://provider.test:9443", Optional.of(caFile), true);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        Failure failure = ((Outcome.Failed<RawPayload>) outcome).failure();
        assertThat(failure.message())
                .contains("the proxy 127.0.0.1:" + proxy.getLocalPort() + " refused with HTTP 407")
                .doesNotContain("planted", LOGIN);
        assertThat(((Outcome.Failed<RawPayload>) fetch("http://provider.test", Optional.empty(), true))
                        .failure()
                        .message())
                .contains("refused with HTTP 407");
        assertThat(seenByProvider).isEmpty();
    }

    @Test
    void a_private_authority_is_trusted_only_if_it_is_configured() {
        String base = "https://localhost:" + provider.getAddress().getPort();
        assertThat(fetch(base, Optional.empty(), false)).isInstanceOf(Outcome.Failed.class);
        succeeded(fetch(base, Optional.of(caFile), false));
    }
}
