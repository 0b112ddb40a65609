package io.marketbrain.alerts.webhook;

import static io.marketbrain.alerts.AlertSamples.START;
import static io.marketbrain.alerts.AlertSamples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.alerts.AlertsConfig;
import io.marketbrain.alerts.FiringJson;
import io.marketbrain.alerts.WebhookResult;
import io.marketbrain.alerts.WebhookTarget;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks over real sockets of this machine, which a setting allows. */
class WebhookClientTest {
    private final AtomicReference<String> received = new AtomicReference<>("");
    private final AtomicInteger lookUps = new AtomicInteger();

    private WebhookClient client(boolean allowPrivate, HostResolver resolver) {
        var config = new AlertsConfig(
                10,
                10,
                allowPrivate,
                Duration.ofMillis(700),
                Duration.ofSeconds(1),
                3,
                Duration.ofHours(1),
                Secret.of("key"));
        return new WebhookClient(
                config,
                "test",
                host -> {
                    lookUps.incrementAndGet();
                    return resolver.resolve(host);
                },
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                System::nanoTime,
                () -> START);
    }

    private static WebhookTarget target(String url) {
        return new WebhookTarget(URI.create(url));
    }

    /** Sends to a server that responds to one request with these bytes, or never if there are none. */
    private WebhookResult send(String response) throws IOException, InterruptedException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofVirtual().start(() -> serve(server, response));
            WebhookResult result = client(true, InetAddress::getAllByName)
                    .send(target("http://127.0.0.1:" + server.getLocalPort() + "/hooks/one?token=secret"), firing(1));
            serving.join(Duration.ofSeconds(5));
            return result;
        }
    }

    private void serve(ServerSocket server, String response) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            var text = new StringBuilder();
            byte[] body = FiringJson.body(firing(1));
            while (!text.toString().endsWith(new String(body, StandardCharsets.ISO_8859_1))) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                text.append((char) next);
            }
            received.set(text.toString());
            if (response.isEmpty()) {
                Thread.sleep(1500);
            } else {
                socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException | InterruptedException e) {
            received.set(e.toString());
        }
    }

    @Test
    void a_firing_is_posted_with_its_key_and_a_signature() throws Exception {
        assertThat(send("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new WebhookResult.Answered(204, null));
        assertThat(received.get())
                .startsWith("POST /hooks/one?token=secret HTTP/1.1\r\nHost: 127.0.0.1:")
                .contains("\r\nIdempotency-Key: " + firing(1).key() + "\r\n")
                .contains("\r\nX-Marketbrain-Signature: " + WebhookSignature.of("key", FiringJson.body(firing(1)))
                        + "\r\n")
                .contains("\"price\":\"101.50\"")
                .contains("\"mock\":true")
                .contains("\"after_gap\":true");
    }

    @ParameterizedTest
    @CsvSource({
        "'Retry-After: 120', PT2M",
        "'retry-after:  Mon, 05 Jan 2026 12:00:30 GMT', PT30S",
        "'Retry-After: soon', ",
        "'X: y', "
    })
    void the_wait_that_a_receiver_asks_for_is_read(String header, Duration expected) throws Exception {
        assertThat(send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Too Many\r\n" + header + "\r\n\r\nbody"))
                .isEqualTo(new WebhookResult.Answered(429, expected));
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        assertThat(send("HTTP/1.1 307 Moved\r\nLocation: http://169.254.169.254/\r\n\r\n"))
                .isEqualTo(new WebhookResult.Answered(307, null));
        assertThat(lookUps).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200", "HTTP/1.1 20 OK\r\n\r\n"})
    void a_receiver_that_sends_no_response_is_unreachable(String response) throws Exception {
        assertThat(send(response))
                .isInstanceOf(WebhookResult.Unreachable.class)
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void the_address_is_checked_after_the_look_up_and_looked_up_once() {
        HostResolver rebinding = host -> new InetAddress[] {
            InetAddress.getByAddress(host, new byte[] {8, 8, 8, 8}), InetAddress.getLoopbackAddress()
        };
        assertThat(client(false, rebinding).send(target("https://hooks.example.com/x"), firing(1)))
                .isInstanceOf(WebhookResult.Refused.class)
                .asString()
                .contains("loopback", "alerts.allow_private_targets");
        assertThat(lookUps).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/",
                "http://localhost:1/",
                "http://[::1]:1/",
                "http://[::ffff:127.0.0.1]:1/",
                "http://127.1.1.1:1/",
                "https://192.168.0.1/"
            })
    void targets_in_the_network_of_the_gateway_are_refused(String url) {
        assertThat(client(false, InetAddress::getAllByName).send(target(url), firing(1)))
                .isInstanceOf(WebhookResult.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.1/",
                "http://0177.0.0.1/",
                "http://user:password@example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "http:///x",
                "//example.com",
                "http://exa mple.com/",
                "http://example.com:0/",
                "http://example.com/#fragment"
            })
    void unusual_addresses_are_rejected_or_refused(String url) {
        Optional<String> problem = WebhookTarget.findProblem(url);
        if (problem.isEmpty()) {
            HostResolver literals = host -> {
                try {
                    return new InetAddress[] {InetAddress.ofLiteral(host)};
                } catch (IllegalArgumentException e) {
                    throw new UnknownHostException(host);
                }
            };
            assertThat(client(false, literals).send(target(url), firing(1)))
                    .isNotInstanceOf(WebhookResult.Answered.class);
        }
    }
}
