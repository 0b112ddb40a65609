package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
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
 * The purges that Redis has not confirmed. They are retried while Redis is up, and until confirmed nothing in their scopes is read from it, because a read could overtake the purge on another connection. Thread-safe.
 */
final class PendingPurges {
    /** The most pending purges. Scopes are few; this bounds the memory that a caller purging random symbols can use. */
    static final int MAX_SCOPES = 10_000;

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final Function<Purge, CompletableFuture<Boolean>> sender;
    private final BooleanSupplier maySend;
    private final ScheduledExecutorService timer;
    private final Map<Scope, Purge> unconfirmed = new LinkedHashMap<>();
    private long dropped;

    /**
     * Creates an empty set of purges.
     *
     * @param sender sends a purge to Redis; completes in bounded time with whether Redis confirmed it
     * @param maySend whether Redis accepts purges now
     */
    PendingPurges(
            Function<Purge, CompletableFuture<Boolean>> sender,
            BooleanSupplier maySend,
            ScheduledExecutorService timer) {
        this.sender = sender;
        this.maySend = maySend;
        this.timer = timer;
    }

    /** One purge. Compared by identity: a later purge of the same scope is a different one. */
    static final class Purge {
        private final Scope scope;
        private final String name;
        private final CompletableFuture<Void> tried = new CompletableFuture<>();

        private Purge(Scope scope, String name) {
            this.scope = scope;
            this.name = name;
        }

        /** Unique; names the purge in its confirmations. */
        String name() {
            return name;
        }

        Scope scope() {
            return scope;
        }

        /** Completes after the first attempt, successful or not. */
        CompletableFuture<Void> tried() {
            return tried;
        }
    }

    /** Adds and sends a purge; {@link #find} returns it until Redis confirms it. False if there are too many and it is dropped. */
    boolean add(Scope scope, String name) {
        var purge = new Purge(scope, name);
        synchronized (this) {
            if (unconfirmed.size() >= MAX_SCOPES && !unconfirmed.containsKey(scope)) {
                dropped++;
                return false;
            }
            unconfirmed.remove(scope);
            unconfirmed.put(scope, purge);
        }
        send(purge);
        return true;
    }

    /** Sends all pending purges, because Redis is up again. */
    void sendAll() {
        all().forEach(this::send);
    }

    private void send(Purge purge) {
        if (!maySend.getAsBoolean()) {
            purge.tried.complete(null);
            return;
        }
        var _ = sender.apply(purge).thenAccept(confirmed -> {
            if (confirmed) {
                confirmed(purge);
            } else {
                retryLater(purge);
            }
            purge.tried.complete(null);
        });
    }

    private void retryLater(Purge purge) {
        try {
            var _ = timer.schedule(
                    () -> {
                        if (find(purge.scope).filter(purge::equals).isPresent()) {
                            send(purge);
                        }
                    },
                    RETRY_PAUSE.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The gateway is stopping; nothing is left to update.
        }
    }

    synchronized Optional<Purge> find(Scope scope) {
        return Optional.ofNullable(unconfirmed.get(scope));
    }

    synchronized List<Purge> all() {
        return List.copyOf(unconfirmed.values());
    }

    synchronized void confirmed(Purge purge) {
        unconfirmed.remove(purge.scope, purge);
    }

    synchronized int size() {
        return unconfirmed.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
