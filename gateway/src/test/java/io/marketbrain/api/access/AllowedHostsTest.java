package io.marketbrain.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    private final AllowedHosts names = new AllowedHosts(List.of("Gateway.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8000",
                "LocalHost:1",
                "127.0.0.1",
                "127.0.0.1:8000",
                "[::1]",
                "[::1]:8000",
                "gateway.example",
                "GATEWAY.example:443"
            })
    void accepts_loopback_and_configured_names(String host) {
        assertThat(names.contain(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "localhost.attacker.example",
                "localhost.",
                "127.0.0.1.nip.io:8000",
                "127.0.0.2",
                "::1",
                "[::2]",
                "",
                ":8000",
                "localhost:80:attacker",
                "x.gateway.example"
            })
    void rejects_other_names(String host) {
        assertThat(names.contain(host)).isFalse();
    }
}
