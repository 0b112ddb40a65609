package io.marketbrain.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Caller;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallerRateLimitsTest {
    private final AtomicLong now = new AtomicLong(77);
    private final CallerRateLimits rates = new CallerRateLimits(3, now::get);
    private final Caller alice = new Caller("alice", false);
    private final Caller bob = new Caller("bob", false);

    private int left(Caller caller) {
        return rates.count(caller).orElseThrow().left();
    }

    @Test
    void each_caller_has_its_own_window_that_starts_with_its_first_request() {
        assertThat(left(alice)).isEqualTo(2);
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(left(bob)).isEqualTo(2);
        assertThat(left(alice)).isEqualTo(1);
        assertThat(left(alice)).isZero();
        for (int i = 0; i < 10; i++) {
            assertThat(left(alice)).isEqualTo(-1);
        }
        var refused = rates.count(alice).orElseThrow();
        assertThat(refused.resets()).isEqualTo(Duration.ofSeconds(30));
        assertThat(refused.findRefusal()).isPresent();
        assertThat(left(bob)).isEqualTo(1);
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(left(alice)).isEqualTo(2);
        assertThat(left(bob)).isZero();
    }

    @Test
    void local_callers_and_unlimited_callers_are_not_counted() {
        assertThat(rates.count(Caller.LOCAL)).isEmpty();
        assertThat(new CallerRateLimits(0, now::get).count(alice)).isEmpty();
    }
}
