package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A load in progress. Any number of callers can wait for it; none of them can cancel it. Thread-safe. */
final class InFlightLoad {
    private final CompletableFuture<LoadResult> future = new CompletableFuture<>();
    private volatile boolean invalidated;

    /** Completes the load for all waiting callers; only the first call has an effect. */
    void complete(LoadResult result) {
        future.complete(result);
    }

    boolean completed() {
        return future.isDone();
    }

    /** Marks the load as invalidated by a purge: its result must not be cached. */
    InFlightLoad invalidate() {
        invalidated = true;
        return this;
    }

    boolean invalidated() {
        return invalidated;
    }

    /** Waits for the result; empty if the deadline passes or the waiting thread is interrupted first. */
    Optional<LoadResult> await(Deadline deadline) {
        try {
            return Optional.of(future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a load must complete with a value, not with an exception", e);
        }
    }
}
