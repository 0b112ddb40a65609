package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Deadline;
import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How payloads share the memory for payloads. */
@Timeout(60)
class PayloadBudgetTest {
    private static final ProviderId A = new ProviderId("a");
    private static final ProviderId B = new ProviderId("b");
    private static final Deadline PATIENT = Deadline.in(Duration.ofSeconds(50), System::nanoTime);
    private static final Deadline NOW = Deadline.in(Duration.ZERO, System::nanoTime);

    private final PayloadBudget budget = new PayloadBudget(1000);

    @Test
    void one_payload_may_hold_half_and_no_more() throws InterruptedException {
        try (var only = budget.open(A)) {
            assertThat(only.hold(500, NOW)).isTrue();
            assertThat(only.hold(501, NOW)).isFalse();
            assertThat(budget.held()).isEqualTo(500);
        }
        assertThat(budget.held()).isZero();
    }

    @Test
    void figures_show_what_is_held_and_count_each_refusal_with_its_reason() throws InterruptedException {
        try (var one = budget.open(A);
                var other = budget.open(B)) {
            assertThat(one.mayHold(500)).isTrue();
            assertThat(one.mayHold(501)).isFalse();
            assertThat(one.hold(400, NOW)).isTrue();
            assertThat(other.hold(400, NOW)).isFalse();
            assertThat(budget.figures()).isEqualTo(new PayloadBudget.Figures(2, 400, 1000, 1, 1));
        }
        assertThat(budget.figures()).isEqualTo(new PayloadBudget.Figures(0, 0, 1000, 1, 1));
    }

    @Test
    void one_provider_leaves_room_for_a_newcomer() throws InterruptedException {
        List<PayloadBudget.Lease> greedy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            var lease = budget.open(A);
            greedy.add(lease);
            long held = 10;
            while (lease.hold(held, NOW)) {
                held += 10;
            }
        }
        try (var newcomer = budget.open(B)) {
            assertThat(newcomer.hold(120, NOW)).isTrue();
        }
        assertThat(budget.held()).isLessThanOrEqualTo(1000);
        greedy.forEach(PayloadBudget.Lease::close);
        assertThat(budget.held()).isZero();
    }

    @Test
    void what_is_given_back_wakes_who_waits_for_it() throws Exception {
        var oldest = budget.open(A);
        var first = budget.open(A);
        var second = budget.open(A);
        assertThat(first.hold(250, NOW)).isTrue();
        assertThat(second.hold(100, NOW)).isFalse();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waiting = threads.submit(() -> second.hold(100, PATIENT));
            first.close();
            assertThat(waiting.get()).isTrue();
        }
        second.close();
        second.close();
        oldest.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void an_interrupted_wait_ends() throws Exception {
        var oldest = budget.open(A);
        var first = budget.open(A);
        assertThat(first.hold(250, NOW)).isTrue();
        var waiting = budget.open(A);
        var interrupted = new CompletableFuture<Boolean>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                waiting.hold(200, PATIENT);
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        thread.interrupt();
        assertThat(interrupted.get()).isTrue();
        List.of(oldest, first, waiting).forEach(PayloadBudget.Lease::close);
    }

    /** Payloads that grow step by step while all memory is taken must not deadlock. */
    @Test
    void payloads_that_grow_together_all_finish_and_never_hold_more_than_there_is() throws Exception {
        var most = new AtomicLong();
        List<Future<Boolean>> finished = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                var random = new Random(i);
                ProviderId provider = i % 3 == 0 ? A : B;
                Callable<Boolean> payload = () -> {
                    try (var lease = budget.open(provider)) {
                        int size = 100 + random.nextInt(400);
                        for (int step = 10; step <= size; step += 10) {
                            if (!lease.hold(step, PATIENT)) {
                                return false;
                            }
                            most.accumulateAndGet(budget.held(), Math::max);
                            Thread.sleep(Duration.ofNanos(random.nextInt(100_000)));
                        }
                        return true;
                    }
                };
                finished.add(threads.submit(payload));
            }
        }
        for (Future<Boolean> payload : finished) {
            assertThat(payload.get()).isTrue();
        }
        assertThat(most.get()).isBetween(1L, 1000L);
        assertThat(budget.held()).isZero();
    }

    @Test
    void follows_the_heap() {
        assertThat(PayloadBudget.ofHeap(128 << 20).open(A).most()).isEqualTo(16 << 20);
    }
}
