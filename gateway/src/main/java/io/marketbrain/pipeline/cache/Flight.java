package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One load under way, which any number of callers wait for and none of them can stop. Thread-safe. */
final class Flight {
    private final CompletableFuture<Landing> landing = new CompletableFuture<>();
    private volatile boolean overtaken;

    /** Lets everybody know how it ended; only the first word counts. */
    void land(Landing how) {
        landing.complete(how);
    }

    boolean landed() {
        return landing.isDone();
    }

    /** A purge came while the load was under way: what it brings is not to be kept. */
    Flight overtake() {
        overtaken = true;
        return this;
    }

    boolean overtaken() {
        return overtaken;
    }

    /** How it ended; empty when the deadline passes, or the waiting thread is interrupted, before it does. */
    Optional<Landing> await(Deadline deadline) {
        try {
            return Optional.of(landing.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a flight never fails but with a value", e);
        }
    }
}
