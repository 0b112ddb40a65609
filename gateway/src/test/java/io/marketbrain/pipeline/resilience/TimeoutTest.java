package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.PROVIDER;
import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static io.marketbrain.pipeline.resilience.FakeTime.failed;
import static io.marketbrain.pipeline.resilience.FakeTime.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();
    private final TimeoutLayer layer = new TimeoutLayer(TimeoutConfig.defaults(), time);

    /** A provider that takes the given time, or until its deadline. */
    private MarketDataSource taking(Duration duration) {
        return layer.around((query, call) -> {
            Duration left = call.deadline().remaining();
            if (duration.compareTo(left) < 0) {
                time.pass(duration);
                return time.answer();
            }
            time.pass(left);
            return failed(new Failure.TimedOut(PROVIDER, "too slow"));
        });
    }

    private Duration spentOnAHang() {
        long start = time.nanos();
        taking(Duration.ofHours(1)).fetch(QUERY, time.call(LONG));
        return Duration.ofNanos(time.nanos() - start);
    }

    @Test
    void gives_a_provider_of_unknown_speed_the_first_limit() {
        assertThat(spentOnAHang()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void learns_the_latency_of_a_provider_and_backs_off_while_it_does_not_respond() {
        for (int i = 0; i < 50; i++) {
            taking(Duration.ofMillis(i % 2 == 0 ? 900 : 1100)).fetch(QUERY, time.call(LONG));
        }
        Duration learned = spentOnAHang();
        assertThat(learned).isBetween(Duration.ofMillis(2200), Duration.ofMillis(3500));
        assertThat(spentOnAHang()).isEqualTo(learned.multipliedBy(2));
        assertThat(spentOnAHang()).isEqualTo(Duration.ofSeconds(10));
        taking(Duration.ofSeconds(1)).fetch(QUERY, time.call(LONG));
        assertThat(spentOnAHang()).isLessThan(Duration.ofMillis(3500));
    }

    @Test
    void never_gives_a_fast_provider_less_than_the_shortest_limit() {
        for (int i = 0; i < 50; i++) {
            taking(Duration.ofMillis(3)).fetch(QUERY, time.call(LONG));
        }
        assertThat(spentOnAHang()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void never_exceeds_the_request_deadline_and_does_not_count_a_short_deadline_against_the_provider() {
        long start = time.nanos();
        Failure failure = failureOf(taking(Duration.ofHours(1)).fetch(QUERY, time.call(Duration.ofMillis(300))));
        assertThat(Duration.ofNanos(time.nanos() - start))
                .as("with time left to send the error")
                .isEqualTo(Duration.ofMillis(270));
        assertThat(failure).isInstanceOf(Failure.DeadlinePassed.class);
        assertThat(spentOnAHang()).as("no back-off").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void counts_a_timeout_of_a_second_or_more_against_the_provider() {
        assertThat(failureOf(taking(Duration.ofHours(1)).fetch(QUERY, time.call(Duration.ofSeconds(2)))))
                .isInstanceOf(Failure.TimedOut.class);
    }
}
