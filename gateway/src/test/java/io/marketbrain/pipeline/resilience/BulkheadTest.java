package io.marketbrain.pipeline.resilience;

import static io.marketbrain.pipeline.resilience.FakeTime.QUERY;
import static io.marketbrain.pipeline.resilience.FakeTime.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkheadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Priority> order = new ConcurrentLinkedQueue<>();
    private final Semaphore leave = new Semaphore(0);
    private final BulkheadLayer bulkhead = new BulkheadLayer(4, new BulkheadConfig(6, 25, Duration.ofSeconds(5)), time);
    private final MarketDataSource source = bulkhead.around((query, call) -> {
        order.add(call.priority());
        leave.acquireUninterruptibly();
        return time.answer();
    });

    @AfterEach
    void stop() {
        leave.release(1000);
        threads.close();
    }

    private Future<Outcome<QueryResult>> ask(Priority priority) {
        return threads.submit(() -> source.fetch(QUERY, time.call(LONG, priority)));
    }

    private void until(String counter, long value) throws InterruptedException {
        for (int i = 0; i < 3000 && bulkhead.counters().getOrDefault(counter, -1L) != value; i++) {
            Thread.sleep(10);
        }
        assertThat(bulkhead.counters()).containsEntry(counter, value);
    }

    private void inside(int calls) throws InterruptedException {
        for (int i = 0; i < 3000 && order.size() < calls; i++) {
            Thread.sleep(10);
        }
        assertThat(order).hasSize(calls);
    }

    @Test
    void limits_concurrent_calls_and_rejects_calls_that_cannot_wait() throws Exception {
        List<Future<Outcome<QueryResult>>> futures = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            futures.add(ask(Priority.HIGH));
        }
        until("refused", 5);
        until("calls", 4);
        until("waiting_high", 6);
        assertThat(bulkhead.state()).isEqualTo("full");
        leave.release(10);
        int answered = 0;
        for (var future : futures) {
            Outcome<QueryResult> outcome = future.get();
            answered += outcome instanceof Outcome.Success ? 1 : 0;
            if (outcome instanceof Outcome.Failed) {
                assertThat(failureOf(outcome)).isInstanceOf(Failure.Shed.class);
            }
        }
        assertThat(answered).isEqualTo(10);
        assertThat(bulkhead.counters()).containsEntry("calls", 0L);
        assertThat(bulkhead.state()).isEqualTo("ok");
    }

    @Test
    void gives_background_work_a_share_of_the_places_and_interactive_calls_the_rest() throws Exception {
        for (int i = 0; i < 3; i++) {
            var _ = ask(Priority.LOW);
        }
        until("waiting_low", 2);
        until("calls", 1);
        for (int i = 0; i < 3; i++) {
            var _ = ask(Priority.HIGH);
        }
        until("calls", 4);
        until("waiting_high", 0);
        until("waiting_low", 2);
    }

    @Test
    void gives_a_freed_place_to_interactive_calls_first_and_to_starved_background_work_once() throws Exception {
        for (int i = 0; i < 4; i++) {
            var _ = ask(Priority.HIGH);
        }
        inside(4);
        var _ = ask(Priority.LOW);
        until("waiting_low", 1);
        var _ = ask(Priority.HIGH);
        until("waiting_high", 1);
        leave.release();
        inside(5);
        assertThat(order).containsOnly(Priority.HIGH);
        var _ = ask(Priority.HIGH);
        until("waiting_high", 1);
        time.pass(Duration.ofSeconds(5));
        leave.release();
        inside(6);
        assertThat(order).last().isEqualTo(Priority.LOW);
        until("waiting_high", 1);
    }

    @Test
    void a_cancelled_call_leaves_the_queue_and_gives_its_place_back() throws Exception {
        for (int i = 0; i < 4; i++) {
            var _ = ask(Priority.HIGH);
        }
        inside(4);
        Future<Outcome<QueryResult>> waiting = ask(Priority.HIGH);
        until("waiting_high", 1);
        waiting.cancel(true);
        until("waiting_high", 0);
        leave.release(4);
        until("calls", 0);
    }
}
