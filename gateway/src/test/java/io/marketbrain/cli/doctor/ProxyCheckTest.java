package io.marketbrain.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.transport.ProxyAddress;
import io.marketbrain.provider.transport.ProxyConfig;
import io.marketbrain.provider.transport.TransportConfig;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProxyCheckTest {
    /** What the check says about a proxy that answers a CONNECT with {@code reply}. */
    private static CheckResult check(String reply, Optional<String> tunnelTo) throws IOException {
        try (var proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = proxy.accept()) {
                    client.getInputStream().readNBytes(tunnelTo.isEmpty() ? 0 : 40);
                    client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException ended) {
                    // The check reports what it saw.
                }
            });
            return check(proxy.getLocalPort(), tunnelTo);
        }
    }

    private static CheckResult check(int port, Optional<String> tunnelTo) {
        var address = ProxyAddress.parse(
                "transport.https_proxy",
                Secret.of("http://user:planted@127.0.0.1:" + port).orElseThrow());
        var proxies = new ProxyConfig(Optional.empty(), Optional.of(address), List.of());
        var config = new TransportConfig(Duration.ofSeconds(3), 8 << 20, 3, "test", proxies, Optional.empty());
        CheckResult result = ProxyCheck.examine(config, tunnelTo).getFirst();
        assertThat(result.words() + result.remedy()).doesNotContain("planted");
        return result;
    }

    @Test
    void a_proxy_that_opens_a_tunnel_is_fine() throws IOException {
        CheckResult result = check("HTTP/1.1 200 Connection established\r\n\r\n", Optional.of("api.binance.com:443"));
        assertThat(result.grade()).isEqualTo(CheckResult.Grade.GOOD);
        assertThat(result.words()).endsWith("opens tunnels to api.binance.com:443");
    }

    @Test
    void a_proxy_that_wants_other_credentials_says_so() throws IOException {
        CheckResult result = check("HTTP/1.1 407 No\r\n\r\n", Optional.of("api.binance.com:443"));
        assertThat(result.grade()).isEqualTo(CheckResult.Grade.WRONG);
        assertThat(result.remedy()).isEqualTo("correct the user and the password in HTTPS_PROXY");
    }

    @Test
    void a_proxy_that_forbids_the_tunnel_is_wrong() throws IOException {
        CheckResult result = check("HTTP/1.1 403 No\r\n\r\n", Optional.of("api.binance.com:443"));
        assertThat(result.words()).endsWith("answers a CONNECT to api.binance.com:443 with HTTP 403");
    }

    @Test
    void something_else_on_that_port_is_not_a_proxy() throws IOException {
        assertThat(check("SSH-2.0-x\r\n", Optional.of("api.binance.com:443")).words())
                .endsWith("is not an HTTP proxy");
    }

    @Test
    void without_a_live_provider_only_the_connection_is_checked() throws IOException {
        assertThat(check("", Optional.empty()).words()).endsWith("accepts connections");
    }

    @Test
    void a_proxy_that_is_not_there_is_wrong() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        CheckResult result = check(port, Optional.of("api.binance.com:443"));
        assertThat(result.grade()).isEqualTo(CheckResult.Grade.WRONG);
        assertThat(result.words()).contains("does not respond");
    }
}
