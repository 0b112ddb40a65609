package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.PROVIDER;
import static io.marketbrain.pipeline.resilience.FakeTime.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.resilience.SubjectHistory.SubjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Watch lists with instruments that fail and instruments that work, polled every five seconds. */
class WatchListTest {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int STEPS = 60;
    private static final List<String> GOOD = List.of("BTC", "ETH", "SOL");

    private final FakeTime time = new FakeTime();
    private final BreakerLayer breaker = new BreakerLayer(BreakerConfig.defaults(), time, new Random(1));
    private final RetryLayer retry = new RetryLayer(RetryConfig.defaults(), new Random(1), time);
    private Failure failure = new Failure.Malformed(PROVIDER, "unreadable");
    private boolean down;
    private final List<String> called = new ArrayList<>();

    private final MarketDataSource source = retry.around(breaker.around((query, call) -> {
        called.add(query.subject());
        if (down) {
            return failed(FakeTime.down());
        }
        return query.subject().startsWith("DEAD") ? failed(failure) : time.answer();
    }));

    private Outcome<QueryResult> fetch(String base) {
        var query = new MarketQuery.QuoteQuery(PROVIDER, Instrument.crypto(base, "USD"), null);
        return source.fetch(query, time.call(Duration.ofSeconds(3)));
    }

    static Stream<Arguments> lists() {
        List<Failure> failures = List.of(
                new Failure.Malformed(PROVIDER, "unreadable"),
                new Failure.Faulty(PROVIDER, "status 500"),
                new Failure.Unsupported(PROVIDER, "delisted"),
                new Failure.UnknownInstrument(PROVIDER, "DEAD"));
        return failures.stream()
                .flatMap(failure -> Stream.of(
                        Arguments.of(failure, List.of("BTC", "ETH", "SOL", "DEAD1")),
                        Arguments.of(failure, List.of("DEAD1", "BTC", "ETH", "SOL")),
                        Arguments.of(failure, List.of("BTC", "ETH", "DEAD1", "SOL", "DEAD2"))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void good_instruments_are_answered_at_every_step_beside_dead_ones(Failure ofTheDead, List<String> watched) {
        failure = ofTheDead;
        for (int step = 0; step < STEPS; step++) {
            for (String base : watched) {
                Outcome<QueryResult> outcome = fetch(base);
                if (!base.startsWith("DEAD")) {
                    assertThat(outcome).as("step %d, %s", step, base).isInstanceOf(Outcome.Success.class);
                }
            }
            assertThat(fetch("NEW" + step))
                    .as("step %d, requested for the first time", step)
                    .isInstanceOf(Outcome.Success.class);
            time.pass(EVERY);
        }
        assertThat(breaker.counters()).containsEntry("opened", 0L);
    }

    @Test
    void unreadable_responses_for_two_instruments_and_none_that_works_open_the_circuit() {
        for (int i = 0; i < 10; i++) {
            fetch("DEAD1");
            fetch("DEAD2");
        }
        assertThat(breaker.state()).isEqualTo("open");
    }

    @Test
    void server_errors_for_most_instruments_open_the_circuit() {
        failure = new Failure.Faulty(PROVIDER, "status 500");
        GOOD.forEach(this::fetch);
        for (int i = 0; i < 20; i++) {
            fetch("DEAD" + i);
        }
        assertThat(breaker.state()).isEqualTo("open");
        assertThat(called).hasSizeLessThan(30);
    }

    @Test
    void a_provider_that_asks_for_a_wait_is_not_a_failing_provider() {
        failure = new Failure.Faulty(PROVIDER, "status 503").withRetryAfter(Duration.ofSeconds(60));
        for (int i = 0; i < 20; i++) {
            fetch("DEAD" + i);
        }
        assertThat(breaker.state()).isEqualTo("closed");
        assertThat(called).hasSize(20);
    }

    @Test
    void after_an_outage_a_dead_instrument_does_not_keep_the_circuit_open() {
        List<String> watched = List.of("DEAD1", "DEAD2", "BTC", "ETH", "SOL");
        watched.forEach(this::fetch);
        down = true;
        for (int step = 0; step < 12; step++) {
            watched.forEach(this::fetch);
            time.pass(EVERY);
        }
        assertThat(breaker.state()).isNotEqualTo("closed");
        down = false;
        int steps = 0;
        while (!(fetch("DEAD1") instanceof Outcome.Success) && steps < STEPS) {
            fetch("DEAD2");
            if (GOOD.stream().allMatch(base -> fetch(base) instanceof Outcome.Success)) {
                break;
            }
            time.pass(EVERY);
            steps++;
        }
        assertThat(Duration.ofSeconds(5).multipliedBy(steps)).isLessThan(Duration.ofSeconds(75));
    }

    @Test
    void probes_choose_what_worked_before() {
        var policy = new BreakerPolicy(BreakerConfig.defaults(), new Random(1));
        SubjectKey good = key("BTC");
        SubjectKey dead = key("DEAD1");
        policy.onEnd(policy.pass(good, 0), good, BreakerPolicy.Verdict.GOOD, 0);
        for (int i = 0; i < 8; i++) {
            policy.onEnd(policy.pass(dead, 0), dead, BreakerPolicy.Verdict.BAD, 0);
        }
        assertThat(policy.state()).isEqualTo(BreakerPolicy.State.OPEN);
        assertThat(policy.pass(good, 0)).isEqualTo(BreakerPolicy.REFUSED);
        long due = Duration.ofSeconds(6).toNanos();
        assertThat(policy.pass(dead, due)).as("BTC is still being requested").isEqualTo(BreakerPolicy.REFUSED);
        long probe = policy.pass(good, due);
        assertThat(probe).isNotEqualTo(BreakerPolicy.REFUSED);
        policy.onEnd(probe, good, BreakerPolicy.Verdict.NEUTRAL, due);
        long later = Duration.ofMinutes(1).toNanos();
        assertThat(policy.pass(dead, later)).as("no other is requested").isNotEqualTo(BreakerPolicy.REFUSED);
    }

    @Test
    void remembers_a_bounded_number_of_subjects() {
        var history = new SubjectHistory();
        history.onFailure(key("DEAD"), 0);
        for (int i = 0; i < SubjectHistory.MAX_SUBJECTS; i++) {
            history.onSuccess(key("A" + i));
        }
        assertThat(history.othersFail(key("X"), 0, 1)).isFalse();
    }

    private static SubjectKey key(String base) {
        return SubjectKey.of(new MarketQuery.QuoteQuery(PROVIDER, Instrument.crypto(base, "USD"), null));
    }
}
