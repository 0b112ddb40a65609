package io.marketbrain.pipeline.qos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QosLayerTest {
    private static final MarketQuery QUERY =
            new MarketQuery.QuoteQuery(ProviderId.MOCK, Instrument.crypto("BTC", "USDT"), null);
    private static final Outcome<QueryResult> DONE =
            Outcome.failed(new Failure.UnknownInstrument(ProviderId.MOCK, "done"));
    private static final NanoClock TICKER = System::nanoTime;

    private static QosConfig config(int permits, Duration queueTimeout) {
        return new QosConfig(permits, 20, 80, 500, 1000, queueTimeout, Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    private static Call call(Priority priority, Duration timeout) {
        return new Call(new CallId("t"), Caller.LOCAL, priority, Deadline.in(timeout, TICKER), false);
    }

    /** Holds every request until it is opened. */
    private static final class Gate implements MarketDataSource {
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        @Override
        public Outcome<QueryResult> fetch(MarketQuery query, Call call) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                inside.decrementAndGet();
            }
            return DONE;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(QosLayer layer, String counter, long value) throws InterruptedException {
        for (int i = 0; i < 3000 && layer.counters().getOrDefault(counter, -1L) != value; i++) {
            Thread.sleep(10);
        }
        assertThat(layer.counters()).containsEntry(counter, value);
    }

    @Test
    void runs_fifty_at_a_time_and_serves_all_of_five_hundred() throws Exception {
        var layer = new QosLayer(config(50, Duration.ofSeconds(60)), TICKER);
        var most = new AtomicInteger();
        var inside = new AtomicInteger();
        MarketDataSource source = layer.around((query, call) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            pause();
            inside.decrementAndGet();
            return DONE;
        });
        List<Future<Outcome<QueryResult>>> futures = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                Priority priority = i % 5 == 0 ? Priority.LOW : Priority.HIGH;
                futures.add(threads.submit(() -> source.fetch(QUERY, call(priority, Duration.ofSeconds(60)))));
            }
        }
        for (var future : futures) {
            assertThat(future.get()).isSameAs(DONE);
        }
        assertThat(most.get()).isLessThanOrEqualTo(50);
        assertThat(layer.counters())
                .containsEntry("running_high", 0L)
                .containsEntry("running_low", 0L)
                .containsEntry("admitted_high", 400L)
                .containsEntry("admitted_low", 100L);
    }

    @Test
    void background_work_gets_at_most_a_fifth_of_the_permits_and_never_waits() {
        var layer = new QosLayer(config(10, Duration.ofSeconds(60)), TICKER);
        var first = layer.tryEnter().orElseThrow();
        var second = layer.tryEnter().orElseThrow();
        assertThat(layer.tryEnter()).isEmpty();
        assertThat(layer.counters()).containsEntry("running_low", 2L).containsEntry("waiting_low", 0L);
        first.run();
        assertThat(layer.tryEnter()).isPresent();
        assertThat(layer.tryEnter()).isEmpty();
        second.run();
        assertThat(layer.counters()).containsEntry("running_low", 1L).containsEntry("admitted_low", 3L);
    }

    @Test
    void fails_with_deadline_passed_when_the_deadline_passes_in_the_queue() throws Exception {
        var layer = new QosLayer(config(1, Duration.ofSeconds(60)), TICKER);
        var gate = new Gate();
        MarketDataSource source = layer.around(gate);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> source.fetch(QUERY, call(Priority.HIGH, Duration.ofSeconds(60))));
            until(layer, "running_high", 1);
            assertThat(source.fetch(QUERY, call(Priority.HIGH, Duration.ofMillis(50))))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            f -> assertThat(f.failure()).isInstanceOf(Failure.DeadlinePassed.class));
            gate.open.countDown();
            assertThat(first.get()).isSameAs(DONE);
        }
        assertThat(layer.counters()).containsEntry("waiting_high", 0L).containsEntry("out_of_time", 1L);
    }

    @Test
    void rejects_a_request_with_retry_after_when_the_queue_timeout_has_passed() throws Exception {
        var layer = new QosLayer(config(1, Duration.ofMillis(50)), TICKER);
        var gate = new Gate();
        MarketDataSource source = layer.around(gate);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> source.fetch(QUERY, call(Priority.HIGH, Duration.ofSeconds(60))));
            until(layer, "running_high", 1);
            assertThat(source.fetch(QUERY, call(Priority.HIGH, Duration.ofSeconds(60))))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            f -> assertThat(f.failure())
                                    .isInstanceOfSatisfying(
                                            Failure.Shed.class,
                                            shed -> assertThat(shed.retryAfter())
                                                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30))));
            assertThat(layer.state()).isEqualTo("shedding");
            gate.open.countDown();
            assertThat(first.get()).isSameAs(DONE);
        }
        assertThat(layer.counters()).containsEntry("shed", 1L).containsEntry("running_high", 0L);
    }

    @Test
    void frees_the_queue_slot_of_a_cancelled_request_and_the_permit_of_a_failing_one() throws Exception {
        var layer = new QosLayer(config(1, Duration.ofSeconds(60)), TICKER);
        var gate = new Gate();
        MarketDataSource source = layer.around(gate);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> source.fetch(QUERY, call(Priority.HIGH, Duration.ofSeconds(60))));
            until(layer, "running_high", 1);
            var second = threads.submit(() -> source.fetch(QUERY, call(Priority.HIGH, Duration.ofSeconds(60))));
            until(layer, "waiting_high", 1);
            second.cancel(true);
            until(layer, "waiting_high", 0);
            first.cancel(true);
            until(layer, "running_high", 0);
        }
        MarketDataSource broken = layer.around((query, call) -> {
            throw new IllegalStateException("a bug in an inner layer");
        });
        assertThatThrownBy(() -> broken.fetch(QUERY, call(Priority.HIGH, Duration.ofSeconds(1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(layer.counters())
                .containsEntry("running_high", 0L)
                .containsEntry("waiting_high", 0L)
                .containsEntry("gone", 1L);
    }

    @Test
    void never_holds_more_than_its_permits_under_a_storm_of_callers_deadlines_and_cancellations() throws Exception {
        var layer = new QosLayer(config(8, Duration.ofMillis(20)), TICKER);
        var inside = new AtomicInteger();
        var insideLow = new AtomicInteger();
        var wrong = new AtomicReference<String>();
        MarketDataSource source = layer.around((query, call) -> {
            int all = inside.incrementAndGet();
            int low = call.priority() == Priority.LOW ? insideLow.incrementAndGet() : 0;
            if (all > 8 || low > 1) {
                wrong.set(all + " at once, " + low + " of them background work");
            }
            pause();
            if (call.priority() == Priority.LOW) {
                insideLow.decrementAndGet();
            }
            inside.decrementAndGet();
            return DONE;
        });
        List<Future<Outcome<QueryResult>>> futures = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3000; i++) {
                Priority priority = i % 3 == 0 ? Priority.LOW : Priority.HIGH;
                int n = i;
                futures.add(threads.submit(() -> source.fetch(QUERY, call(priority, Duration.ofMillis(1 + n % 50)))));
                if (i % 7 == 0) {
                    futures.get(i / 2).cancel(true);
                }
            }
        }
        assertThat(wrong.get()).isNull();
        assertThat(layer.counters())
                .containsEntry("running_high", 0L)
                .containsEntry("running_low", 0L)
                .containsEntry("waiting_high", 0L)
                .containsEntry("waiting_low", 0L);
        assertThat(layer.counters().get("admitted_high")).isPositive();
    }
}
