package io.marketbrain.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs on its own thread, started by a {@link TaskRunner}. It ends exactly once: with a value, with whatever
 * the work threw, or by {@link #cancel}. Thread-safe.
 */
public final class BackgroundTask<T> {
    private final CompletableFuture<TaskResult<T>> result = new CompletableFuture<>();
    private volatile @Nullable Thread thread;

    BackgroundTask() {}

    /** Waits for the result; empty if the time passes first. */
    public Optional<TaskResult<T>> await(Duration within) throws InterruptedException {
        try {
            return Optional.of(result.get(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task ends with a result, never with an exception", e);
        }
    }

    public boolean ended() {
        return result.isDone();
    }

    /** Ends the task as cancelled, unless it has ended, and interrupts its thread. Does not wait for the thread. */
    public void cancel() {
        Thread running = thread;
        if (end(new TaskResult.Cancelled<>()) && running != null) {
            running.interrupt();
        }
    }

    /** Ends the task, unless it has ended; whether this call did. */
    boolean end(TaskResult<T> how) {
        return result.complete(how);
    }

    /** Must be called before the task can end. */
    void whenEnded(Consumer<TaskResult<T>> receiver) {
        var _ = result.thenAccept(receiver); // the receiver never throws
    }

    void runsOn(Thread started) {
        thread = started;
    }
}
