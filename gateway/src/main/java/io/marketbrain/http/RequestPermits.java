package io.marketbrain.http;

import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A limit on concurrent requests; permits are given or refused without waiting. Thread-safe.
 *
 * <p>A permit covers the work up to the start of the response, so a client that reads slowly holds none. Exempt paths
 * (health probes) always get one.
 */
final class RequestPermits {
    private final Semaphore free;
    private final Set<String> exempt;

    RequestPermits(int count, Set<String> exempt) {
        this.free = new Semaphore(count);
        this.exempt = Set.copyOf(exempt);
    }

    /** A permit that the caller must close, or null at the limit. */
    @Nullable
    Permit tryEnter(String path) {
        if (exempt.contains(path)) {
            return new Permit(null);
        }
        return free.tryAcquire() ? new Permit(free) : null;
    }

    int free() {
        return free.availablePermits();
    }

    /** One permit; closing it returns it. Not thread-safe. */
    static final class Permit implements AutoCloseable {
        private final @Nullable Semaphore owner;

        private Permit(@Nullable Semaphore owner) {
            this.owner = owner;
        }

        @Override
        public void close() {
            if (owner != null) {
                owner.release();
            }
        }
    }
}
