package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.PROVIDER;
import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static io.marketbrain.pipeline.resilience.FakeTime.failed;
import static io.marketbrain.pipeline.resilience.FakeTime.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryLayerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();
    private final List<Long> calls = new ArrayList<>();
    private final RetryLayer layer = new RetryLayer(RetryConfig.defaults(), new Random(1), time);

    private MarketDataSource failing(Failure failure, int times) {
        return layer.around((query, call) -> {
            calls.add(time.nanos());
            return calls.size() <= times ? failed(failure) : time.answer();
        });
    }

    @Test
    void retries_after_a_broken_connection() {
        assertThat(failing(FakeTime.down(), 2).fetch(QUERY, time.call(LONG))).isInstanceOf(Outcome.Success.class);
        assertThat(calls).hasSize(3);
        assertThat(layer.counters()).containsEntry("retries", 2L).containsEntry("rescued", 1L);
    }

    @Test
    void gives_up_after_the_configured_attempts() {
        assertThat(failureOf(failing(FakeTime.down(), 99).fetch(QUERY, time.call(LONG))))
                .isInstanceOf(Failure.Unreachable.class);
        assertThat(calls).hasSize(3);
    }

    @Test
    void retries_a_timeout_only_once() {
        failing(new Failure.TimedOut(PROVIDER, "slow"), 99).fetch(QUERY, time.call(LONG));
        assertThat(calls).hasSize(2);
    }

    @Test
    void does_not_retry_429_before_retry_after() {
        failing(new Failure.Throttled(PROVIDER, "slower", Duration.ofMillis(1500)), 1)
                .fetch(QUERY, time.call(LONG));
        assertThat(calls).hasSize(2);
        assertThat(Duration.ofNanos(calls.get(1) - calls.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void does_not_hold_a_request_for_a_long_retry_after() {
        failing(new Failure.Throttled(PROVIDER, "slower", Duration.ofSeconds(20)), 1)
                .fetch(QUERY, time.call(LONG));
        assertThat(calls).hasSize(1);
        assertThat(time.nanos()).isZero();
    }

    @Test
    void does_not_retry_a_server_error_before_its_retry_after() {
        failing(maintenance(Duration.ofMillis(1500)), 1).fetch(QUERY, time.call(LONG));
        assertThat(calls).hasSize(2);
        assertThat(Duration.ofNanos(calls.get(1) - calls.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
        calls.clear();
        failing(maintenance(Duration.ofSeconds(300)), 1).fetch(QUERY, time.call(LONG));
        assertThat(calls).hasSize(1);
    }

    private static Failure maintenance(Duration retryAfter) {
        return new Failure.Faulty(PROVIDER, "status 503").withRetryAfter(retryAfter);
    }

    @Test
    void never_waits_past_the_deadline() {
        failing(new Failure.Throttled(PROVIDER, "slower", Duration.ofSeconds(1)), 1)
                .fetch(QUERY, time.call(Duration.ofMillis(900)));
        assertThat(calls).hasSize(1);
    }

    @Test
    void never_retries_failures_that_a_retry_cannot_fix() {
        for (Failure failure : List.of(
                new Failure.CredentialsRejected(PROVIDER, "no"),
                new Failure.Blocked(PROVIDER, "no"),
                new Failure.UnknownInstrument(PROVIDER, "X"),
                new Failure.CircuitOpen(PROVIDER, "no", Duration.ofSeconds(1)),
                new Failure.RateLimited("quota", "no", Duration.ofMillis(1)),
                new Failure.Throttled(PROVIDER, "no", null))) {
            calls.clear();
            failing(failure, 99).fetch(QUERY, time.call(LONG));
            assertThat(calls).as(failure.code()).hasSize(1);
        }
    }

    @Test
    void adds_at_most_a_fifth_to_the_load_of_a_failing_provider() {
        MarketDataSource source = failing(FakeTime.down(), Integer.MAX_VALUE);
        for (int i = 0; i < 1000; i++) {
            source.fetch(QUERY, time.call(LONG));
        }
        assertThat(calls).hasSizeBetween(1200, 1210);
        assertThat(layer.counters().get("unaffordable")).isPositive();
    }

    @Test
    void waits_at_random_and_longer_each_time() {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.clear();
            new RetryLayer(RetryConfig.defaults(), new Random(i), time)
                    .around((query, call) -> {
                        calls.add(time.nanos());
                        return failed(FakeTime.down());
                    })
                    .fetch(QUERY, time.call(LONG));
            first.add((calls.get(1) - calls.get(0)) / 1_000_000);
            second.add((calls.get(2) - calls.get(1)) / 1_000_000);
        }
        assertThat(first).allMatch(ms -> ms <= 200);
        assertThat(second).allMatch(ms -> ms <= 400).anyMatch(ms -> ms > 200);
        assertThat(first.stream().distinct()).hasSizeGreaterThan(50);
    }
}
