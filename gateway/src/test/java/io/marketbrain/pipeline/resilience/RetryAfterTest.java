package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.PROVIDER;
import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static io.marketbrain.pipeline.resilience.FakeTime.failed;
import static io.marketbrain.pipeline.resilience.FakeTime.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.files.FileProblems;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryAfterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final FakeTime time = new FakeTime();
    private final AtomicInteger calls = new AtomicInteger();
    private @Nullable Outcome<QueryResult> next;

    private MarketDataSource gateway(RetryAfterStore store) {
        return new RetryAfterLayer(PROVIDER, Duration.ofSeconds(10), store, time, time).around((query, call) -> {
            calls.incrementAndGet();
            return next == null ? time.answer() : next;
        });
    }

    private Outcome<QueryResult> fetch(MarketDataSource source) {
        return source.fetch(QUERY, time.call(Duration.ofMinutes(1)));
    }

    @Test
    void makes_no_call_inside_a_retry_after_window_not_even_after_a_restart() {
        Path file = folder.resolve("state").resolve("retry-after");
        MarketDataSource source = gateway(new RetryAfterFile(file, time, FileProblems.ofCommand()));
        next = failed(new Failure.Throttled(PROVIDER, "slower", Duration.ofSeconds(60)));
        fetch(source);
        next = null;
        for (int second = 0; second < 60; second++) {
            if (second % 10 == 5) {
                source = gateway(new RetryAfterFile(file, time, FileProblems.ofCommand()));
            }
            assertThat(failureOf(fetch(source))).isInstanceOfSatisfying(Failure.Throttled.class, throttled -> {
                assertThat(throttled.retryAfter()).isPositive();
                assertThat(throttled.retryAfter()).isLessThanOrEqualTo(Duration.ofSeconds(60));
            });
            time.pass(SECOND);
        }
        assertThat(calls).hasValue(1);
        assertThat(fetch(source)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void writes_once_per_wait_however_many_responses_named_it() {
        List<Instant> saved = new ArrayList<>();
        RetryAfterStore store = new RetryAfterStore() {
            @Override
            public java.util.Optional<Instant> find(ProviderId provider) {
                return java.util.Optional.empty();
            }

            @Override
            public void save(ProviderId provider, Instant until) {
                saved.add(until);
            }
        };
        var layer = new RetryAfterLayer(PROVIDER, Duration.ofSeconds(10), store, time, time);
        // Five calls that were all in progress when the provider started to throttle.
        MarketDataSource nested =
                (query, call) -> failed(new Failure.Throttled(PROVIDER, "slower", Duration.ofSeconds(30)));
        for (int i = 0; i < 4; i++) {
            MarketDataSource inner = nested;
            nested = (query, call) -> {
                layer.around(inner).fetch(query, call);
                return failed(new Failure.Throttled(PROVIDER, "slower", Duration.ofSeconds(30)));
            };
        }
        layer.around(nested).fetch(QUERY, time.call(SECOND));
        assertThat(layer.counters()).containsEntry("asked", 5L);
        assertThat(saved).hasSize(1);
    }

    @Test
    void doubles_the_wait_of_a_provider_that_names_none_until_a_call_succeeds() {
        MarketDataSource source = gateway(RetryAfterStore.NONE);
        next = failed(new Failure.Throttled(PROVIDER, "slower", null));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Failure.Throttled throttled = (Failure.Throttled) failureOf(fetch(source));
            waits.add(throttled.retryAfter().toSeconds());
            time.pass(throttled.retryAfter());
        }
        assertThat(waits).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L);
        next = null;
        fetch(source);
        next = failed(new Failure.Throttled(PROVIDER, "slower", null));
        assertThat(((Failure.Throttled) failureOf(fetch(source))).retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void never_shortens_a_wait() {
        MarketDataSource source = gateway(RetryAfterStore.NONE);
        next = failed(new Failure.Throttled(PROVIDER, "slower", Duration.ofSeconds(2)));
        MarketDataSource inFlight = new RetryAfterLayer(PROVIDER, SECOND, RetryAfterStore.NONE, time, time)
                .around((query, call) -> source.fetch(query, call));
        fetch(inFlight);
        time.pass(SECOND);
        assertThat(((Failure.Throttled) failureOf(fetch(source))).retryAfter()).isEqualTo(SECOND);
    }

    @Test
    void a_server_error_with_a_retry_after_stops_all_calls_and_stays_a_server_error() {
        MarketDataSource source = gateway(RetryAfterStore.NONE);
        next = failed(new Failure.Faulty(PROVIDER, "status 503").withRetryAfter(Duration.ofSeconds(300)));
        assertThat(failureOf(fetch(source))).isEqualTo(failureOf(next));
        next = null;
        time.pass(SECOND);
        assertThat(failureOf(fetch(source)))
                .isInstanceOfSatisfying(
                        Failure.Faulty.class,
                        faulty -> assertThat(faulty.retryAfter()).isEqualTo(Duration.ofSeconds(299)));
        assertThat(calls).hasValue(1);
        time.pass(Duration.ofSeconds(299));
        assertThat(fetch(source)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void a_server_error_without_a_retry_after_stops_nothing() {
        MarketDataSource source = gateway(RetryAfterStore.NONE);
        next = failed(new Failure.Faulty(PROVIDER, "status 503"));
        fetch(source);
        next = null;
        assertThat(fetch(source)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void a_wait_for_maintenance_also_holds_after_a_restart() {
        Path file = folder.resolve("retry-after");
        next = failed(new Failure.Faulty(PROVIDER, "status 503").withRetryAfter(Duration.ofSeconds(300)));
        fetch(gateway(new RetryAfterFile(file, time, FileProblems.ofCommand())));
        next = null;
        assertThat(fetch(gateway(new RetryAfterFile(file, time, FileProblems.ofCommand()))))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void calls_no_provider_for_five_minutes_if_the_file_is_damaged() throws Exception {
        Path file = Files.writeString(folder.resolve("retry-after"), "acme yesterday\nwhat?\n");
        for (int start = 0; start < 3; start++) {
            MarketDataSource source = gateway(new RetryAfterFile(file, time, FileProblems.ofCommand()));
            assertThat(failureOf(fetch(source))).isInstanceOf(Failure.Throttled.class);
            time.pass(Duration.ofSeconds(99));
        }
        time.pass(Duration.ofSeconds(4));
        assertThat(fetch(gateway(new RetryAfterFile(file, time, FileProblems.ofCommand()))))
                .isInstanceOf(Outcome.Success.class);
    }

    @Test
    void a_longer_wait_in_a_damaged_file_is_kept() throws Exception {
        Path file = Files.writeString(
                folder.resolve("retry-after"), "acme " + time.instant().plusSeconds(900) + "\nwhat?\n");
        MarketDataSource source = gateway(new RetryAfterFile(file, time, FileProblems.ofCommand()));
        assertThat(((Failure.Throttled) failureOf(fetch(source))).retryAfter()).isEqualTo(Duration.ofMinutes(15));
    }
}
