package io.marketbrain.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.provider.mock.FaultInjection.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultInjectionTest {
    private static final FaultInjection SOME =
            new FaultInjection(Duration.ZERO, 0.05, 0.10, Duration.ofSeconds(1), 0.20);

    @Test
    void faults_occur_at_the_configured_rates() {
        Map<Verdict, Long> counts = LongStream.range(0, 20_000)
                .mapToObj(i -> SOME.verdict(42, i))
                .collect(Collectors.groupingBy(v -> v, Collectors.counting()));
        assertThat(counts.get(Verdict.FAILED)).isBetween(900L, 1100L);
        assertThat(counts.get(Verdict.THROTTLED)).isBetween(1850L, 2150L);
        assertThat(counts.get(Verdict.DRIFTED)).isBetween(3800L, 4200L);
    }

    @Test
    void the_same_seed_produces_the_same_faults() {
        for (long i = 0; i < 1000; i++) {
            assertThat(SOME.verdict(42, i)).isEqualTo(SOME.verdict(42, i));
        }
        assertThat(LongStream.range(0, 1000)
                        .filter(i -> SOME.verdict(42, i) != SOME.verdict(43, i))
                        .count())
                .isGreaterThan(100);
    }

    @Test
    void no_fault_occurs_by_default() {
        assertThat(LongStream.range(0, 10_000).mapToObj(i -> FaultInjection.NONE.verdict(42, i)))
                .containsOnly(Verdict.SERVED);
    }

    @Test
    void rejects_rates_and_durations_out_of_range() {
        assertThatThrownBy(() -> new FaultInjection(Duration.ZERO, 1.1, 0, Duration.ZERO, 0))
                .hasMessageContaining("error_rate");
        assertThatThrownBy(() -> new FaultInjection(Duration.ZERO, -0.1, 0, Duration.ZERO, 0))
                .hasMessageContaining("error_rate");
        assertThatThrownBy(() -> new FaultInjection(Duration.ZERO, 0.5, 0.5, Duration.ZERO, 0.1))
                .hasMessageContaining("add up");
        assertThatThrownBy(() -> new FaultInjection(Duration.ofMillis(-1), 0, 0, Duration.ZERO, 0))
                .hasMessageContaining("mock.latency is -0.001s, but must be from 0s");
    }
}
