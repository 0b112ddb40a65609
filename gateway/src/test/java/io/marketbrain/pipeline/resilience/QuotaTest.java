package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static io.marketbrain.pipeline.resilience.FakeTime.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTime time = new FakeTime();

    private QuotaLayer layer(int weight, RateLimit... limits) {
        return new QuotaLayer(
                new QuotaConfig(100, 80, Duration.ofSeconds(1)),
                List.of(limits),
                query -> weight,
                QuotaMemory.IN_PROCESS,
                time,
                time);
    }

    @Test
    void tells_what_is_left_of_the_scarcest_limit_of_an_hour_or_longer() {
        var day = new RateLimit(25, Duration.ofDays(1), RateLimit.Counts.CALLS);
        var month = new RateLimit(500, Duration.ofDays(30), RateLimit.Counts.WEIGHT);
        QuotaLayer quota = layer(10, calls(2), day, month);
        assertThat(quota.percentLeft()).isEqualTo(100);
        MarketDataSource source = quota.around((_, _) -> time.answer());
        source.fetch(QUERY, time.call(Duration.ofSeconds(5)));
        source.fetch(QUERY, time.call(Duration.ofSeconds(5)));
        assertThat(quota.percentLeft()).isEqualTo(92);
        assertThat(layer(1, calls(1)).percentLeft()).isEqualTo(100);
    }

    private static RateLimit calls(long amount) {
        return new RateLimit(amount, MINUTE, RateLimit.Counts.CALLS);
    }

    /** Maximum use at random moments against a list of all uses: no period may hold more than the limit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void never_allows_more_than_the_limit_in_any_stretch_of_time(long seed) {
        var random = new Random(seed);
        long limit = 1 + random.nextLong(200);
        var window = new QuotaWindow(limit, MINUTE.toNanos(), time.nanos());
        record Use(long at, long amount) {}
        List<Use> uses = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < 20_000; i++) {
            time.pass(Duration.ofNanos(random.nextLong(random.nextInt(50) == 0 ? 30_000_000_000L : 400_000_000L)));
            long amount = 1 + random.nextLong(Math.max(1, limit / 5));
            long wait = window.waitNanos(amount, limit, time.nanos());
            if (wait > 0 && random.nextInt(3) == 0) {
                assertThat(wait).isLessThanOrEqualTo(MINUTE.plusSeconds(1).toNanos());
                time.pass(Duration.ofNanos(wait));
                assertThat(window.waitNanos(amount, limit, time.nanos()))
                        .as("the returned wait is long enough")
                        .isZero();
                wait = 0;
            }
            if (wait == 0) {
                window.use(amount, time.nanos());
                uses.add(new Use(time.nanos(), amount));
                sum += amount;
            }
        }
        assertThat(sum).isGreaterThan(5 * limit);
        int from = 0;
        long inside = 0;
        for (Use use : uses) {
            inside += use.amount();
            while (use.at() - uses.get(from).at() >= MINUTE.toNanos()) {
                inside -= uses.get(from++).amount();
            }
            assertThat(inside).isLessThanOrEqualTo(limit);
        }
    }

    @Test
    void rejects_with_the_time_until_there_is_room_again() {
        MarketDataSource source = layer(1, calls(5)).around((query, call) -> time.answer());
        for (int i = 0; i < 5; i++) {
            assertThat(source.fetch(QUERY, time.call(MINUTE))).isInstanceOf(Outcome.Success.class);
        }
        assertThat(failureOf(source.fetch(QUERY, time.call(MINUTE))))
                .isInstanceOfSatisfying(Failure.RateLimited.class, limited -> {
                    assertThat(limited.policy()).isEqualTo("quota:acme");
                    assertThat(limited.message()).contains("5 calls per 60 s");
                    time.pass(limited.retryAfter());
                });
        assertThat(source.fetch(QUERY, time.call(MINUTE))).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void leaves_the_last_fifth_to_interactive_requests() {
        MarketDataSource source = layer(1, calls(10)).around((query, call) -> time.answer());
        int background = 0;
        while (source.fetch(QUERY, time.call(MINUTE, Priority.LOW)) instanceof Outcome.Success) {
            background++;
        }
        assertThat(background).isEqualTo(8);
        assertThat(source.fetch(QUERY, time.call(MINUTE))).isInstanceOf(Outcome.Success.class);
    }

    /** Of a limit of 100, 90 are for interactive and 72 for background calls. */
    @ParameterizedTest
    @CsvSource({"HIGH, 91", "HIGH, 100", "LOW, 73", "LOW, 90", "LOW, 100"})
    void a_request_heavier_than_its_share_of_a_limit_is_made_when_nothing_else_was(Priority priority, int weight) {
        var weights = new ArrayDeque<>(List.of(1, weight, weight));
        MarketDataSource source = new QuotaLayer(
                        new QuotaConfig(90, 80, Duration.ZERO),
                        List.of(new RateLimit(100, MINUTE, RateLimit.Counts.WEIGHT)),
                        _ -> weights.remove(),
                        QuotaMemory.IN_PROCESS,
                        time,
                        time)
                .around((query, call) -> time.answer());
        source.fetch(QUERY, time.call(MINUTE, priority));
        assertThat(failureOf(source.fetch(QUERY, time.call(MINUTE, priority))))
                .isInstanceOfSatisfying(Failure.RateLimited.class, limited -> time.pass(limited.retryAfter()));
        assertThat(source.fetch(QUERY, time.call(MINUTE, priority))).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void only_a_request_heavier_than_the_limit_itself_is_never_made() {
        MarketDataSource source =
                layer(101, new RateLimit(100, MINUTE, RateLimit.Counts.WEIGHT)).around((query, call) -> time.answer());
        assertThat(failureOf(source.fetch(QUERY, time.call(MINUTE)))).isInstanceOf(Failure.Unsupported.class);
    }

    @Test
    void counts_weights_where_the_provider_does_and_uses_no_limit_when_another_is_full() {
        var layer = layer(20, new RateLimit(100, MINUTE, RateLimit.Counts.WEIGHT), calls(3));
        MarketDataSource source = layer.around((query, call) -> time.answer());
        for (int i = 0; i < 5; i++) {
            source.fetch(QUERY, time.call(MINUTE));
        }
        assertThat(layer.counters())
                .containsEntry("weight_per_60s_used", 60L)
                .containsEntry("calls_per_60s_used", 3L)
                .containsEntry("refused", 2L);
    }

    @Test
    void an_interactive_request_waits_briefly_for_room() {
        MarketDataSource source = layer(1, new RateLimit(2, Duration.ofSeconds(1), RateLimit.Counts.CALLS))
                .around((query, call) -> time.answer());
        time.passMillis(5);
        for (int i = 0; i < 2; i++) {
            source.fetch(QUERY, time.call(MINUTE));
        }
        time.passMillis(500);
        assertThat(source.fetch(QUERY, time.call(MINUTE))).isInstanceOf(Outcome.Success.class);
        assertThat(Duration.ofNanos(time.nanos())).isGreaterThanOrEqualTo(Duration.ofMillis(1005));
    }

    @Test
    void the_next_pages_of_a_range_wait_for_a_limit_of_one_call_a_second() {
        MarketDataSource source = layer(1, new RateLimit(1, Duration.ofSeconds(1), RateLimit.Counts.CALLS))
                .around((query, call) -> time.answer());
        source.fetch(QUERY, time.call(MINUTE));
        for (int page = 1; page < 5; page++) {
            assertThat(source.fetch(QUERY, time.call(MINUTE).forNextPage())).isInstanceOf(Outcome.Success.class);
        }
        assertThat(Duration.ofNanos(time.nanos())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(failureOf(
                        source.fetch(QUERY, time.call(Duration.ofMillis(500)).forNextPage())))
                .as("not beyond the deadline of the request")
                .isInstanceOf(Failure.RateLimited.class);
    }

    @Test
    void other_requests_wait_for_a_limit_of_one_call_a_second_no_longer_than_usual() {
        MarketDataSource source = layer(1, new RateLimit(1, Duration.ofSeconds(1), RateLimit.Counts.CALLS))
                .around((query, call) -> time.answer());
        source.fetch(QUERY, time.call(MINUTE));
        long before = time.nanos();
        assertThat(failureOf(source.fetch(QUERY, time.call(MINUTE)))).isInstanceOf(Failure.RateLimited.class);
        assertThat(time.nanos()).isEqualTo(before);
    }

    @Test
    void nothing_is_waited_for_where_that_is_set() {
        var limit = new RateLimit(1, Duration.ofSeconds(1), RateLimit.Counts.CALLS);
        MarketDataSource source = new QuotaLayer(
                        new QuotaConfig(100, 80, Duration.ZERO),
                        List.of(limit),
                        query -> 1,
                        QuotaMemory.IN_PROCESS,
                        time,
                        time)
                .around((query, call) -> time.answer());
        source.fetch(QUERY, time.call(MINUTE));
        assertThat(failureOf(source.fetch(QUERY, time.call(MINUTE).forNextPage())))
                .isInstanceOf(Failure.RateLimited.class);
    }

    @Test
    void counts_nothing_for_calls_rejected_by_inner_layers() {
        MarketDataSource source = layer(1, calls(5))
                .around((query, call) ->
                        FakeTime.failed(new Failure.BudgetExhausted("all", "spent", Duration.ofDays(1))));
        for (int i = 0; i < 100; i++) {
            assertThat(failureOf(source.fetch(QUERY, time.call(MINUTE)))).isInstanceOf(Failure.BudgetExhausted.class);
            time.passMillis(700);
        }
    }

    @Test
    void holds_with_many_callers_at_once() throws Exception {
        var calls = new AtomicInteger();
        MarketDataSource source = layer(1, calls(100)).around((query, call) -> {
            calls.incrementAndGet();
            return time.answer();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.execute(() -> source.fetch(QUERY, time.call(MINUTE)));
            }
        }
        assertThat(calls).hasValue(100);
    }
}
