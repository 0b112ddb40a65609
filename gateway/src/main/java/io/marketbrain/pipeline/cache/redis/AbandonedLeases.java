package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.redis.RedisOperation.Reply;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The leases that Redis may have granted although their requests have given up. They are released after a second if Redis is up, or else as soon as it is, and again until Redis replies, so that no gateway waits for them until they expire. Bounded: the oldest is dropped first. Thread-safe.
 */
final class AbandonedLeases {
    /** Far more than can be sent before three timeouts in a row stop further requests. */
    static final int MAX_LEASES = 256;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RedisWorkers workers;
    private final RedisCommands commands;
    private final Duration operationTimeout;
    private final BooleanSupplier up;
    private final ScheduledExecutorService timer;
    private final RedisCounters counters;
    private final Map<Lease, ValueKey> leases = new LinkedHashMap<>();
    private boolean scheduled;

    AbandonedLeases(
            RedisWorkers workers,
            RedisCommands commands,
            Duration operationTimeout,
            BooleanSupplier up,
            ScheduledExecutorService timer,
            RedisCounters counters) {
        this.workers = workers;
        this.commands = commands;
        this.operationTimeout = operationTimeout;
        this.up = up;
        this.timer = timer;
        this.counters = counters;
    }

    /** Adds a lease that may have been granted to {@code owner}. */
    void add(ValueKey key, String owner) {
        synchronized (this) {
            leases.put(new Lease(Lease.NO_EPOCH, owner, 0), key);
            if (leases.size() > MAX_LEASES) {
                leases.remove(leases.keySet().iterator().next());
            }
        }
        releaseLater();
    }

    /** Releases all of them, because Redis is up again. */
    void releaseAll() {
        Map<Lease, ValueKey> all;
        synchronized (this) {
            all = new LinkedHashMap<>(leases);
        }
        all.forEach((lease, key) -> {
            var _ = workers.submit(commands.release(key, lease), operationTimeout)
                    .thenAccept(reply -> {
                        if (reply instanceof Reply.Replied(Long released) && released == 1) {
                            counters.count("redis_leases_returned");
                        }
                        if (reply instanceof Reply.Replied) {
                            remove(lease);
                        } else {
                            releaseLater();
                        }
                    });
        });
    }

    private void releaseLater() {
        synchronized (this) {
            if (scheduled || !up.getAsBoolean()) {
                return;
            }
            scheduled = true;
        }
        try {
            var _ = timer.schedule(this::retry, PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The gateway is stopping; the leases expire.
        }
    }

    private void retry() {
        synchronized (this) {
            scheduled = false;
        }
        if (up.getAsBoolean()) {
            releaseAll();
        }
    }

    private synchronized void remove(Lease lease) {
        leases.remove(lease);
    }

    synchronized int size() {
        return leases.size();
    }
}
