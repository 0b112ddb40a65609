package io.marketbrain.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRunnerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TaskRunner threads = new TaskRunner("task-runner-test", () -> 0);

    @Test
    void a_value_is_delivered() throws InterruptedException {
        assertThat(threads.start(() -> 42).await(SOON)).contains(new TaskResult.Completed<>(42));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                StackOverflowError.class,
                OutOfMemoryError.class,
                AssertionError.class,
                NoClassDefFoundError.class,
                IllegalStateException.class,
                java.io.IOException.class
            })
    void whatever_is_thrown_is_delivered_and_counted(Class<? extends Throwable> kind) throws Exception {
        long before = crashes();
        Throwable thrown = kind.getConstructor().newInstance();
        BackgroundTask<Integer> task = threads.start(() -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        });
        assertThat(task.await(SOON)).contains(new TaskResult.Crashed<>(thrown));
        assertThat(crashes()).isGreaterThan(before);
    }

    @Test
    void a_thread_that_cannot_be_started_is_a_crash() throws InterruptedException {
        var thrown = new OutOfMemoryError("no thread");
        UnaryOperator<Runnable> context = _ -> {
            throw thrown;
        };
        BackgroundTask<Integer> task = threads.start(context, () -> 42, _ -> {});
        assertThat(task.await(SOON)).contains(new TaskResult.Crashed<>(thrown));
    }

    @Test
    void a_waiter_leaves_when_its_time_has_passed() throws InterruptedException {
        var never = new CountDownLatch(1);
        BackgroundTask<Boolean> task = threads.start(() -> never.await(1, TimeUnit.HOURS));
        assertThat(task.await(Duration.ofMillis(1))).isEmpty();
        assertThat(task.ended()).isFalse();
        task.cancel();
    }

    @Test
    void a_cancelled_task_ends_at_once_and_exactly_once_and_its_thread_is_interrupted() throws InterruptedException {
        List<TaskResult<String>> results = new CopyOnWriteArrayList<>();
        var running = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        BackgroundTask<String> task = threads.start(
                UnaryOperator.identity(),
                () -> {
                    running.countDown();
                    try {
                        return new SynchronousQueue<String>().take();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        return "too late";
                    }
                },
                results::add);
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        task.cancel();
        assertThat(task.await(Duration.ZERO)).contains(new TaskResult.Cancelled<>());
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        task.cancel();
        assertThat(results).containsExactly(new TaskResult.Cancelled<>());
    }

    @Test
    void a_receiver_that_throws_does_not_lose_the_result() throws InterruptedException {
        long before = crashes();
        BackgroundTask<Integer> task = threads.start(UnaryOperator.identity(), () -> 42, _ -> {
            throw new AssertionError("the receiver is broken");
        });
        assertThat(task.await(SOON)).contains(new TaskResult.Completed<>(42));
        for (int i = 0; i < 2000 && crashes() == before; i++) {
            Thread.sleep(5);
        }
        assertThat(crashes()).isGreaterThan(before);
    }

    private static long crashes() {
        return ThreadCounts.crashes().getOrDefault("task-runner-test", 0L);
    }
}
