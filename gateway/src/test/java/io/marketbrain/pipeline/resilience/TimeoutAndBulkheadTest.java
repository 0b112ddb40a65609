package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.PROVIDER;
import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static io.marketbrain.pipeline.resilience.FakeTime.failed;
import static io.marketbrain.pipeline.resilience.FakeTime.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeoutAndBulkheadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();
    private final TimeoutLayer layer = new TimeoutLayer(TimeoutConfig.defaults(), time);

    /** A provider that takes so long, or runs into the deadline it is given. */
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
    void learns_how_long_a_provider_takes_and_backs_off_while_it_does_not_answer() {
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
    void never_gives_a_quick_provider_less_than_the_shortest_limit() {
        for (int i = 0; i < 50; i++) {
            taking(Duration.ofMillis(3)).fetch(QUERY, time.call(LONG));
        }
        assertThat(spentOnAHang()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void never_takes_more_than_the_request_has_left_and_does_not_blame_the_provider_for_an_impatient_caller() {
        long start = time.nanos();
        Failure failure = failureOf(taking(Duration.ofHours(1)).fetch(QUERY, time.call(Duration.ofMillis(300))));
        assertThat(Duration.ofNanos(time.nanos() - start))
                .as("with time to say why")
                .isEqualTo(Duration.ofMillis(270));
        assertThat(failure).isInstanceOf(Failure.DeadlinePassed.class);
        assertThat(spentOnAHang()).as("no back-off").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void blames_a_provider_that_did_not_answer_in_a_second_or_more() {
        assertThat(failureOf(taking(Duration.ofHours(1)).fetch(QUERY, time.call(Duration.ofSeconds(2)))))
                .isInstanceOf(Failure.TimedOut.class);
    }

    @Test
    void lets_so_many_calls_to_one_provider_through_and_refuses_what_cannot_even_wait() throws Exception {
        var bulkhead = new BulkheadLayer(4, 6);
        var open = new CountDownLatch(1);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        MarketDataSource source = bulkhead.around((query, call) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            inside.decrementAndGet();
            return time.answer();
        });
        List<Future<Outcome<io.marketbrain.model.Answer>>> futures = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 15; i++) {
                futures.add(threads.submit(() -> source.fetch(QUERY, time.call(LONG))));
            }
            for (int i = 0; i < 3000 && bulkhead.counters().get("refused") < 5; i++) {
                Thread.sleep(10);
            }
            assertThat(bulkhead.state()).isEqualTo("full");
            assertThat(failureOf(source.fetch(QUERY, time.call(LONG, Priority.LOW))))
                    .isInstanceOf(Failure.Shed.class);
            open.countDown();
        }
        int answered = 0;
        for (var future : futures) {
            answered += future.get() instanceof Outcome.Success ? 1 : 0;
        }
        assertThat(answered).isEqualTo(10);
        assertThat(most).hasValue(4);
        assertThat(bulkhead.counters()).containsEntry("calls", 0L).containsEntry("refused", 6L);
    }
}
