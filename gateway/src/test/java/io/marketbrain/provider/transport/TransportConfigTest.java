package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.provider.registry.SymbolListConfig;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TransportConfigTest {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    @Test
    void a_body_may_be_eight_mebibytes_unless_configured_otherwise() {
        assertThat(TransportConfig.defaults().maxBodyBytes()).isEqualTo(8 * 1024 * 1024);
    }

    @Test
    void values_out_of_range_are_refused_by_name() {
        refused(() -> new TransportConfig(Duration.ofMillis(99), 1024, 0, "x"), "connect_timeout");
        refused(() -> new TransportConfig(Duration.ofSeconds(31), 1024, 0, "x"), "connect_timeout");
        refused(() -> new TransportConfig(CONNECT, 1023, 0, "x"), "max_body");
        refused(() -> new TransportConfig(CONNECT, (64 << 20) + 1, 0, "x"), "max_body");
        refused(() -> new TransportConfig(CONNECT, 1024, -1, "x"), "max_redirects");
        refused(() -> new TransportConfig(CONNECT, 1024, 11, "x"), "max_redirects");
        refused(() -> new TransportConfig(CONNECT, 1024, 0, " "), "user_agent");
        refused(() -> new TransportConfig(CONNECT, 1024, 0, "x\r\nX-Evil: 1"), "user_agent");
    }

    @Test
    void symbol_lists_have_their_ranges_too() {
        var hour = Duration.ofHours(1);
        var minute = Duration.ofMinutes(1);
        var second = Duration.ofSeconds(1);
        refused(() -> new SymbolListConfig(minute, minute, second, second), "max_age");
        refused(() -> new SymbolListConfig(hour, Duration.ZERO, second, second), "retry_after");
        refused(() -> new SymbolListConfig(hour, minute, minute, second), "symbols.max_wait");
        refused(() -> new SymbolListConfig(hour, minute, second, hour), "fetch_timeout");
    }

    private static void refused(ThrowingCallable construction, String name) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
