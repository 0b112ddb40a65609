package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.security.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyConfigTest {
    private static ProxyAddress address(String text) {
        return ProxyAddress.parse("transport.https_proxy", Secret.of(text).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, proxy:3128",
        "proxy:3128, proxy:3128",
        "http://user:p%40ss@proxy.example:8080/, proxy.example:8080",
        "http://user:p@ss@proxy, proxy:80",
        "http://[fd00::1]:3128, [fd00::1]:3128",
    })
    void an_address_is_read_without_its_login(String text, String place) {
        assertThat(address(text).place()).isEqualTo(place);
    }

    @Test
    void the_login_is_decoded_and_never_shown() {
        ProxyAddress proxy = address("http://user:p%40ss+1@proxy:3128");
        assertThat(proxy.login().orElseThrow().reveal()).isEqualTo("user:p@ss+1");
        assertThat(proxy.authorization()).contains("Basic dXNlcjpwQHNzKzE=");
        assertThat(proxy.toString()).doesNotContain("p@ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://u:planted@h:1",
                "https://u:planted@h:1",
                "http://u:planted@:1",
                "http://u:planted@h:1/x"
            })
    void an_address_that_is_not_one_of_an_http_proxy_is_rejected_without_showing_it(String text) {
        assertThatThrownBy(() -> address(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("transport.https_proxy")
                .hasMessageNotContaining("planted");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, false",
        "https://example.com, false",
        "https://a.b.corp.example, false",
        "https://corp.example, false",
        "https://notcorp.example, true",
        "https://10.0.0.7, false",
        "https://host.port:8443, false",
        "https://host.port, true",
        "http://plain.example.org, false",
        "https://localhost:8080, false",
        "https://127.0.0.1, false",
        "https://127.evil.example, true",
        "https://[::1]:9, false",
    })
    void the_exceptions_and_this_machine_are_reached_directly(String target, boolean proxied) {
        var config = new ProxyConfig(
                Optional.empty(),
                Optional.of(address("proxy:1")),
                List.of("Example.com:443", " .corp.example", "10.0.0.7", "host.port:8443"));
        assertThat(config.findProxy(URI.create(target)).isPresent()).isEqualTo(proxied);
    }

    @Test
    void a_star_means_that_no_proxy_is_used() {
        var config = new ProxyConfig(Optional.of(address("p:1")), Optional.of(address("p:1")), List.of("*"));
        assertThat(config.findProxy(URI.create("https://a.example"))).isEmpty();
    }
}
