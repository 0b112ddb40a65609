package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.PROVIDER;
import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static io.marketbrain.pipeline.resilience.FakeTime.failed;
import static io.marketbrain.pipeline.resilience.FakeTime.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.resilience.BreakerPolicy.State;
import io.marketbrain.pipeline.resilience.BreakerPolicy.Verdict;
import io.marketbrain.pipeline.resilience.SubjectHistory.SubjectKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private static final SubjectKey SUBJECT = SubjectKey.of(QUERY);

    private final FakeTime time = new FakeTime();
    private final BreakerConfig config = BreakerConfig.defaults();
    private final BreakerPolicy policy = new BreakerPolicy(config, new Random(1));

    private void call(Verdict verdict) {
        policy.onEnd(policy.pass(SUBJECT, time.nanos()), SUBJECT, verdict, time.nanos());
    }

    /** After ten healthy minutes the provider fails. */
    @ParameterizedTest
    @CsvSource({"5, 3, 36", "60, 10, 10", "5000, 10, 1"})
    void notices_a_dead_provider_soon_however_often_it_is_asked(int perMinute, int mostCalls, int mostSeconds) {
        Duration step = Duration.ofSeconds(60).dividedBy(perMinute);
        for (int i = 0; i < 10 * perMinute; i++) {
            time.pass(step);
            call(Verdict.GOOD);
        }
        long died = time.nanos();
        int calls = 0;
        while (policy.state() == State.CLOSED) {
            time.pass(step);
            call(Verdict.BAD);
            calls++;
        }
        assertThat(calls).isLessThanOrEqualTo(mostCalls);
        assertThat(Duration.ofNanos(time.nanos() - died)).isLessThanOrEqualTo(Duration.ofSeconds(mostSeconds));
    }

    @Test
    void stays_closed_while_fewer_than_half_of_the_calls_fail() {
        for (int i = 0; i < 1000; i++) {
            time.passMillis(100);
            call(i % 5 < 3 ? Verdict.GOOD : Verdict.BAD);
        }
        assertThat(policy.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void lets_one_probe_through_at_a_time_and_closes_after_two_good_ones() {
        for (int i = 0; i < 5; i++) {
            call(Verdict.BAD);
        }
        assertThat(policy.pass(SUBJECT, time.nanos())).isEqualTo(BreakerPolicy.REFUSED);
        time.pass(Duration.ofSeconds(6));
        long probe = policy.pass(SUBJECT, time.nanos());
        assertThat(probe).isNotEqualTo(BreakerPolicy.REFUSED);
        assertThat(policy.pass(SUBJECT, time.nanos())).isEqualTo(BreakerPolicy.REFUSED);
        policy.onEnd(probe, SUBJECT, Verdict.GOOD, time.nanos());
        assertThat(policy.state()).isEqualTo(State.HALF_OPEN);
        call(Verdict.GOOD);
        assertThat(policy.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void replaces_a_probe_without_a_verdict_by_the_next_call() {
        for (int i = 0; i < 5; i++) {
            call(Verdict.BAD);
        }
        time.pass(Duration.ofSeconds(6));
        call(Verdict.NEUTRAL);
        assertThat(policy.pass(SUBJECT, time.nanos())).isNotEqualTo(BreakerPolicy.REFUSED);
    }

    @Test
    void probes_a_failed_provider_less_and_less_often() {
        List<Long> asked = new ArrayList<>();
        for (int second = 0; second < 1200; second++) {
            long pass = policy.pass(SUBJECT, time.nanos());
            if (pass != BreakerPolicy.REFUSED) {
                asked.add((long) second);
                policy.onEnd(pass, SUBJECT, Verdict.BAD, time.nanos());
            }
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(asked)
                .as("calls in twenty minutes, at one request per second")
                .hasSizeLessThan(28);
        assertThat(asked.getLast() - asked.get(asked.size() - 2)).isBetween(60L, 67L);
    }

    @Test
    void ignores_results_of_calls_from_before_it_opened() {
        long early = policy.pass(SUBJECT, time.nanos());
        for (int i = 0; i < 5; i++) {
            call(Verdict.BAD);
        }
        time.pass(Duration.ofSeconds(6));
        long probe = policy.pass(SUBJECT, time.nanos());
        policy.onEnd(early, SUBJECT, Verdict.GOOD, time.nanos());
        assertThat(policy.pass(SUBJECT, time.nanos())).isEqualTo(BreakerPolicy.REFUSED);
        policy.onEnd(probe, SUBJECT, Verdict.BAD, time.nanos());
        assertThat(policy.state()).isEqualTo(State.OPEN);
    }

    /** The policy's ring buffer against a plain list of all calls. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void opens_exactly_when_the_latest_calls_of_the_window_say_so(long seed) {
        var random = new Random(seed);
        record Ended(long at, boolean bad) {}
        var all = new ArrayDeque<Ended>();
        for (int i = 0; i < 5000; i++) {
            time.passMillis(random.nextInt(random.nextInt(10) == 0 ? 40_000 : 3_000));
            if (policy.state() != State.CLOSED) {
                time.pass(Duration.ofMinutes(2));
                call(Verdict.GOOD);
                call(Verdict.GOOD);
                all.clear();
            }
            assertThat(policy.state()).isEqualTo(State.CLOSED);
            boolean bad = random.nextInt(10) < 4;
            all.addFirst(new Ended(time.nanos(), bad));
            call(bad ? Verdict.BAD : Verdict.GOOD);
            List<Ended> judged = all.stream()
                    .limit(config.calls())
                    .filter(e -> time.nanos() - e.at() <= config.window().toNanos())
                    .toList();
            long failures = judged.stream().filter(Ended::bad).count();
            boolean open = bad && judged.size() >= config.minimum() && failures * 2 >= judged.size();
            assertThat(policy.state()).as("step " + i).isEqualTo(open ? State.OPEN : State.CLOSED);
        }
    }

    @Test
    void fails_with_circuit_open_without_calling_and_releases_the_probe_of_a_call_that_throws() {
        var layer = new BreakerLayer(config, time, new Random(1));
        int[] calls = {0};
        boolean[] bug = {false};
        MarketDataSource source = layer.around((query, call) -> {
            calls[0]++;
            if (bug[0]) {
                throw new IllegalStateException("a bug in an inner layer");
            }
            return failed(FakeTime.down());
        });
        for (int i = 0; i < 10; i++) {
            source.fetch(QUERY, time.call(Duration.ofSeconds(1)));
        }
        assertThat(calls[0]).isEqualTo(5);
        assertThat(failureOf(source.fetch(QUERY, time.call(Duration.ofSeconds(1)))))
                .isInstanceOfSatisfying(
                        Failure.CircuitOpen.class,
                        open -> assertThat(open.retryAfter())
                                .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500)));
        assertThat(layer.state()).isEqualTo("open");
        time.pass(Duration.ofSeconds(6));
        bug[0] = true;
        for (int i = 0; i < 3; i++) {
            try {
                source.fetch(QUERY, time.call(Duration.ofSeconds(1)));
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("a bug in an inner layer");
            }
        }
        assertThat(calls[0]).as("every probe was released").isEqualTo(8);
    }

    @Test
    void does_not_open_for_a_provider_that_responds_with_any_error_of_its_own() {
        var layer = new BreakerLayer(config, time, new Random(1));
        for (Failure failure : List.of(
                new Failure.UnknownInstrument(PROVIDER, "X"),
                new Failure.Throttled(PROVIDER, "slower", null),
                new Failure.CredentialsRejected(PROVIDER, "no"),
                new Failure.DeadlinePassed("a short deadline of the caller"))) {
            for (int i = 0; i < 30; i++) {
                layer.around((query, call) -> failed(failure)).fetch(QUERY, time.call(Duration.ofSeconds(1)));
            }
        }
        assertThat(layer.state()).isEqualTo("closed");
    }
}
