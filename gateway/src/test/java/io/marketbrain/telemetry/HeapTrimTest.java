package io.marketbrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTrimTest {
    private static final long MIB = 1 << 20;

    private long used;
    private long live;
    private int collections;
    private long nanos;
    private final HeapTrim trim = new HeapTrim(() -> used, () -> {
        used = live;
        collections++;
    });

    private void pass(long seconds, long usedMib) {
        nanos += seconds * 1_000_000_000L;
        used = usedMib * MIB;
        trim.check(nanos);
    }

    @Test
    void collects_when_usage_has_doubled_since_the_last_collection() {
        live = 30 * MIB;
        pass(2, 33);
        assertThat(collections).isEqualTo(1);
        pass(100, 59);
        assertThat(collections).isEqualTo(1);
        pass(2, 61);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void does_not_collect_a_small_heap() {
        live = MIB;
        for (int i = 0; i < 100; i++) {
            pass(60, 23);
        }
        assertThat(collections).isZero();
    }

    @Test
    void waits_ten_seconds_between_two_collections() {
        live = 10 * MIB;
        for (int second = 0; second < 600; second++) {
            pass(1, 100);
        }
        assertThat(collections).isEqualTo(60);
    }
}
