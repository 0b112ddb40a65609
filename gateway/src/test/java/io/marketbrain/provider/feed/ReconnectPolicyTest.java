package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static Duration longest(int failures) {
        var random = new Random(failures);
        return IntStream.range(0, 2000)
                .mapToObj(_ -> ReconnectPolicy.pause(failures, random))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    @Test
    void pauses_are_spread_between_the_least_and_a_bound_that_doubles() {
        assertThat(longest(1)).isBetween(Duration.ofMillis(950), Duration.ofSeconds(1));
        assertThat(longest(2)).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(2));
        assertThat(longest(4)).isBetween(Duration.ofMillis(7500), Duration.ofSeconds(8));
    }

    @Test
    void no_pause_is_longer_than_the_longest_however_many_failures_there_were() {
        for (int failures : new int[] {7, 20, 64, 1_000_000, Integer.MAX_VALUE}) {
            assertThat(longest(failures)).isBetween(Duration.ofSeconds(29), ReconnectPolicy.MOST);
        }
    }

    @Test
    void no_pause_is_shorter_than_the_least() {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(ReconnectPolicy.pause(5, random)).isGreaterThanOrEqualTo(ReconnectPolicy.LEAST);
        }
    }
}
