package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.tls.ServerTls;
import io.marketbrain.http.tls.TestCertificate;
import io.marketbrain.http.tls.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server with TLS: with a real client, with hostile clients, and while its certificate changes. */
@Timeout(120)
final class TlsTest {
    @TempDir
    static Path certificates;

    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    Path folder;

    private TestServer server;
    private ServerTls tls;

    @BeforeAll
    static void make() throws Exception {
        first = TestCertificate.make("EC", certificates);
        second = TestCertificate.make("RSA", certificates);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(int handshakes) throws Exception {
        TlsConfig files = first.in(folder);
        byte[] large = new byte[8_000_000];
        server = new TestServer(
                request -> request.path().equals("/large")
                        ? new ServerResponse(200, new Headers(), large)
                        : TestServer.echo(request),
                _ -> {},
                ticker -> {
                    tls = new ServerTls(
                            new TlsConfig(files.certificate(), files.key(), Duration.ofSeconds(5), handshakes), ticker);
                    return tls;
                });
    }

    private SSLSocket secret(String... protocols) throws Exception {
        var socket = (SSLSocket) TestCertificate.trusting(first, second)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private RawClient wire() throws Exception {
        return new RawClient(secret());
    }

    private String certificate() throws Exception {
        try (SSLSocket socket = secret()) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm();
        }
    }

    @Test
    void a_real_client_is_served_with_one_connection_kept() throws Exception {
        start(100);
        try (var client = HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(first))
                .build()) {
            for (int i = 0; i < 20; i++) {
                var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/a?b=" + i))
                        .POST(HttpRequest.BodyPublishers.ofString("body"))
                        .build();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo("POST /a?b=" + i + " body");
                assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            }
            assertThat(server.server().openConnections()).isEqualTo(1);
            var large = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/large"))
                    .build();
            assertThat(client.send(large, HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .hasSize(8_000_000);
        }
    }

    @Test
    void only_tls_1_2_and_1_3_are_supported() throws Exception {
        start(100);
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (SSLSocket socket = secret(protocol);
                    RawClient wire = new RawClient(socket)) {
                assertThat(wire.get("/a").answer().status()).isEqualTo(200);
                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            }
        }
        // A client hello for TLS 1.0 with one cipher suite and nothing else: the response is an alert, not a server
        // hello.
        byte[] hello = new byte[50];
        System.arraycopy(new byte[] {0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 1}, 0, hello, 0, 11);
        System.arraycopy(new byte[] {0, 0, 2, (byte) 0xc0, 0x14, 1, 0}, 0, hello, 43, 7);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(hello);
            assertThat(socket.getInputStream().read()).as("alert").isEqualTo(0x15);
        }
        try (RawClient wire = wire()) {
            assertThat(wire.get("/still").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void plain_http_gets_a_plain_http_error() throws Exception {
        start(100);
        try (RawClient wire = server.connect()) {
            RawClient.Answer answer = wire.get("/a").answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("requires TLS", "https");
            assertThat(wire.endOutput().ends()).isTrue();
        }
        try (RawClient wire = server.connect()) {
            assertThat(wire.send("\0\1\2 nonsense").ends()).isTrue();
        }
        assertThat(server.handled).hasValue(0);
        TestServer.until(() -> server.server().openConnections() == 0);
    }

    @Test
    void a_slow_handshake_is_cut_off_while_others_are_served() throws Exception {
        start(100);
        var slow = new ArrayList<RawClient>();
        for (int i = 0; i < 50; i++) {
            slow.add(server.connect());
            slow.add(server.connect().send("\u0016\u0003\u0001\u0002"));
        }
        try (RawClient wire = wire()) {
            assertThat(wire.get("/a").answer().status()).isEqualTo(200);
        }
        TestServer.until(() -> server.server().openConnections() == 100);
        server.pass(Duration.ofSeconds(5));
        for (RawClient wire : slow) {
            assertThat(wire.ends()).isTrue();
            wire.close();
        }
        TestServer.until(() -> server.server().openConnections() == 0);
    }

    @Test
    void handshakes_are_limited_and_the_oldest_makes_room() throws Exception {
        start(5);
        var slow = new ArrayList<RawClient>();
        for (int i = 0; i < 40; i++) {
            slow.add(server.connect().send("\u0016\u0003\u0001\u0002"));
        }
        try (RawClient wire = wire()) {
            assertThat(wire.get("/a").answer().status()).isEqualTo(200);
        }
        TestServer.until(() -> server.server().openConnections() <= 6);
        for (RawClient wire : slow) {
            wire.close();
        }
    }

    @Test
    void limits_for_slow_hostile_and_non_reading_clients_apply_with_tls() throws Exception {
        start(100);
        try (RawClient wire = wire()) {
            assertThat(wire.send("GET /a HTTP/1.1\r\nHost: x\nX: y\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(400);
            assertThat(wire.ends()).isTrue();
        }
        try (RawClient wire = wire()) {
            wire.send(
                    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(400);
        }
        try (RawClient wire = wire()) {
            wire.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(wire.answer().body()).isEqualTo("GET /a ");
            assertThat(wire.answer().body()).isEqualTo("GET /b ");
        }
        int before = server.handled.get();
        try (RawClient wire = wire()) {
            wire.send("GET /a HTTP/1.1\r\nX: ");
            TestServer.until(
                    () -> server.server().connections().stream().anyMatch(c -> c.phase() == Connection.Phase.HEAD));
            server.pass(Duration.ofSeconds(5));
            assertThat(wire.ends())
                    .as("TLS has no way to hear nothing more and still say why")
                    .isTrue();
        }
        assertThat(server.handled).hasValue(before);
        try (RawClient wire = wire()) {
            wire.get("/large");
            TestServer.until(
                    () -> server.server().connections().stream().anyMatch(c -> c.phase() == Connection.Phase.WRITE));
            Thread.sleep(600); // until the socket buffers are full
            server.pass(Duration.ofSeconds(10));
            TestServer.until(() -> server.server().openConnections() == 0);
        }
        TestServer.until(() -> server.server().bufferBudget().held() == 0);
    }

    @Test
    void a_new_certificate_is_used_from_the_next_connection_and_a_broken_one_is_ignored() throws Exception {
        start(100);
        try (RawClient kept = wire()) {
            assertThat(kept.get("/a").answer().status()).isEqualTo(200);
            assertThat(certificate()).isEqualTo("EC");

            TestCertificate.write(folder.resolve("cert.pem"), second.pem());
            server.pass(Duration.ofSeconds(1));
            assertThat(certificate()).as("its key has not come yet").isEqualTo("EC");
            assertThat(tls.findProblem().orElseThrow()).contains("key.pem");

            TestCertificate.write(folder.resolve("key.pem"), second.keyPem());
            server.pass(Duration.ofSeconds(1));
            assertThat(certificate()).isEqualTo("RSA");
            assertThat(tls.findProblem()).isEmpty();
            assertThat(tls.expires()).isNotNull();

            TestCertificate.write(folder.resolve("cert.pem"), "nonsense");
            server.pass(Duration.ofSeconds(1));
            assertThat(certificate()).isEqualTo("RSA");
            assertThat(tls.findProblem().orElseThrow()).contains("cert.pem is not PEM");
            Files.delete(folder.resolve("key.pem"));
            server.pass(Duration.ofSeconds(1));
            assertThat(certificate()).isEqualTo("RSA");

            assertThat(kept.get("/b").answer().status())
                    .as("a connection goes on with the keys it has")
                    .isEqualTo(200);
        }
    }

    @Test
    void many_clients_at_once_are_served_while_the_certificate_changes() throws Exception {
        start(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 60; i++) {
                int number = i;
                asked.add(() -> {
                    if (number % 20 == 10) {
                        (number == 30 ? first : second).in(folder);
                        server.pass(Duration.ofSeconds(1));
                    }
                    try (RawClient wire = wire()) {
                        return wire.get("/a").answer().status();
                    }
                });
            }
            for (var answer : threads.invokeAll(asked)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void clients_that_distrust_the_certificate_or_use_another_protocol_do_no_harm() throws Exception {
        start(100);
        var stranger = (SSLSocket) TestCertificate.trusting(second)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        assertThatThrownBy(stranger::startHandshake).isInstanceOf(SSLHandshakeException.class);
        stranger.close();
        try (SSLSocket other = secret()) {
            var parameters = other.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            other.setSSLParameters(parameters);
            assertThatThrownBy(other::startHandshake).isInstanceOf(IOException.class);
        }
        try (RawClient wire = wire()) {
            assertThat(wire.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab".getBytes(UTF_8))
                            .answer()
                            .body())
                    .isEqualTo("POST /a ab");
        }
    }
}
