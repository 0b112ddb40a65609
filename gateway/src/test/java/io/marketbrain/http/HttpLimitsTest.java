package io.marketbrain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class HttpLimitsTest {
    @Test
    void the_default_keep_alive_is_five_seconds_and_stopping_takes_under_three() {
        assertThat(HttpLimits.defaults().keepAlive()).isEqualTo(Duration.ofSeconds(5));
        assertThat(HttpLimits.defaults().stopGrace()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_value_out_of_range_is_named_with_its_range() {
        refused(limits -> limits.maxRequests = 0, "server.max_requests is 0, but must be from 1 to 10000");
        refused(limits -> limits.maxStreams = 0, "server.max_streams is 0, but must be from 1 to 10000");
        refused(limits -> limits.maxHead = 1, "server.max_head is 1, but must be from 1024 to 262144");
        refused(limits -> limits.maxHeld = 1, "server.max_buffered is 1, but must be from 1048576 to 1073741824");
        refused(limits -> limits.keepAlive = Duration.ofHours(1), "server.keep_alive is 1h, but must be from 1s to 5m");
        refused(
                limits -> limits.stopGrace = Duration.ofSeconds(-1),
                "server.stop_grace is -1s, but must be from 0s to 1m");
    }

    @Test
    void a_smaller_heap_allows_fewer_streams() {
        assertThat(HttpLimits.defaults().within(128 << 20)).isEqualTo(HttpLimits.defaults());
        assertThat(HttpLimits.defaults().within(30 << 20).maxStreams()).isEqualTo(14);
        assertThat(HttpLimits.defaults().within(1).maxStreams()).isEqualTo(1);
    }

    @Test
    void a_smaller_heap_allows_fewer_buffered_bytes() {
        assertThat(HttpLimits.defaults().within(128 << 20).maxHeld()).isEqualTo(16 << 20);
        assertThat(HttpLimits.defaults().within(24 << 20).maxHeld()).isEqualTo(3 << 20);
        assertThat(HttpLimits.defaults().within(1).maxHeld()).isEqualTo(1 << 20);
    }

    private static void refused(Consumer<HttpLimitsBuilder> change, String message) {
        var limits = new HttpLimitsBuilder();
        change.accept(limits);
        assertThatThrownBy(limits::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
