package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.SharedTier.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The purges that Redis has not heard of yet. They are told again and again while it can be told, and until then nothing
 * about their scopes is read from it: a read could overtake the purge on another connection. Thread-safe.
 */
final class Purges {
    /** Scopes are few; this bounds what a caller who purges at random can take. */
    static final int MOST = 10_000;

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Function<Scope, CompletableFuture<Boolean>> teller;
    private final BooleanSupplier mayTell;
    private final ScheduledExecutorService timer;
    private final Map<Scope, Purge> untold = new LinkedHashMap<>();
    private long dropped;

    /**
     * No purges yet.
     *
     * @param teller tells Redis; whether it heard, in bounded time
     * @param mayTell whether Redis can be told now
     */
    Purges(
            Function<Scope, CompletableFuture<Boolean>> teller,
            BooleanSupplier mayTell,
            ScheduledExecutorService timer) {
        this.teller = teller;
        this.mayTell = mayTell;
        this.timer = timer;
    }

    /** One purge, itself only: a later one of the same scope is another. */
    static final class Purge {
        private final Scope scope;
        private final CompletableFuture<Void> tried = new CompletableFuture<>();

        private Purge(Scope scope) {
            this.scope = scope;
        }

        Scope scope() {
            return scope;
        }

        /** Completes when Redis has been told for the first time, well or not. */
        CompletableFuture<Void> tried() {
            return tried;
        }
    }

    /** From now on nothing about {@code scope} is read until Redis has heard. */
    void add(Scope scope) {
        var purge = new Purge(scope);
        synchronized (this) {
            if (untold.size() >= MOST && !untold.containsKey(scope)) {
                dropped++;
                return;
            }
            untold.remove(scope);
            untold.put(scope, purge);
        }
        tell(purge);
    }

    /** Redis can be told again. */
    void tellAll() {
        all().forEach(this::tell);
    }

    private void tell(Purge purge) {
        if (!mayTell.getAsBoolean()) {
            purge.tried.complete(null);
            return;
        }
        var _ = teller.apply(purge.scope).thenAccept(heard -> {
            if (heard) {
                done(purge);
            } else {
                again(purge);
            }
            purge.tried.complete(null);
        });
    }

    private void again(Purge purge) {
        try {
            var _ = timer.schedule(
                    () -> {
                        if (find(purge.scope).filter(purge::equals).isPresent()) {
                            tell(purge);
                        }
                    },
                    AGAIN.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // There is nobody left who would read.
        }
    }

    synchronized Optional<Purge> find(Scope scope) {
        return Optional.ofNullable(untold.get(scope));
    }

    synchronized List<Purge> all() {
        return List.copyOf(untold.values());
    }

    synchronized void done(Purge purge) {
        untold.remove(purge.scope, purge);
    }

    synchronized int size() {
        return untold.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
