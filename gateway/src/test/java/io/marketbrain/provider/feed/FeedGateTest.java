package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeedGateTest {
    private long nanos = -5;
    private final FeedGate gate = new FeedGate(() -> nanos);

    @Test
    void one_connection_is_let_through_at_a_time() {
        assertThat(gate.tryEnter()).isZero();
        nanos += Duration.ofMillis(400).toNanos();
        assertThat(gate.tryEnter()).isEqualTo(Duration.ofMillis(600));
        nanos += Duration.ofMillis(600).toNanos();
        assertThat(gate.tryEnter()).isZero();
        assertThat(gate.tryEnter()).isEqualTo(FeedGate.APART);
    }
}
