package io.marketbrain.pipeline.qos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QosConfigTest {
    private static final long MIB = 1L << 20;

    @Test
    void the_default_heap_allows_the_configured_limits() {
        assertThat(QosConfig.defaults().within(128 * MIB)).isEqualTo(QosConfig.defaults());
    }

    @Test
    void a_small_heap_lowers_the_limits_of_running_and_waiting_requests() {
        QosConfig small = QosConfig.defaults().within(30 * MIB);
        assertThat(small.permits()).isEqualTo(7);
        assertThat(small.queue()).isEqualTo(240);
        assertThat(QosConfig.defaults().within(1).permits()).isEqualTo(1);
    }
}
