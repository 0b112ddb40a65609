package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final Rhythm rhythm = new Rhythm();

    private void events(int count, long apart) {
        for (int i = 0; i < count; i++) {
            rhythm.event(i * apart);
        }
    }

    @Test
    void nothing_is_silent_before_its_rhythm_is_known() {
        events(5, SECOND);
        assertThat(rhythm.silent(1000 * SECOND, 5, LEAST)).isFalse();
    }

    @Test
    void a_fast_rhythm_is_silent_after_the_least_time() {
        events(100, SECOND / 10);
        long last = 99 * SECOND / 10;
        assertThat(rhythm.silent(last + 10 * SECOND, 5, LEAST)).isFalse();
        assertThat(rhythm.silent(last + 10 * SECOND + 1, 5, LEAST)).isTrue();
    }

    @Test
    void a_slow_rhythm_is_silent_after_some_of_its_usual_pauses() {
        events(200, 20 * SECOND);
        long last = 199 * 20 * SECOND;
        assertThat(rhythm.silent(last + 80 * SECOND, 5, LEAST)).isFalse();
        assertThat(rhythm.silent(last + 130 * SECOND, 5, LEAST)).isTrue();
    }

    @Test
    void a_pause_that_was_a_break_does_not_count() {
        events(100, SECOND);
        rhythm.restart(5000 * SECOND);
        assertThat(rhythm.silent(5009 * SECOND, 5, LEAST)).isFalse();
        rhythm.event(5001 * SECOND);
        assertThat(rhythm.silent(5012 * SECOND, 5, LEAST)).isTrue();
    }

    @Test
    void the_estimate_follows_the_median_not_the_mean() {
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            now += i % 10 == 0 ? 100 * SECOND : SECOND;
            rhythm.event(now);
        }
        assertThat(rhythm.silent(now + 15 * SECOND, 5, Duration.ofSeconds(1))).isTrue();
    }
}
