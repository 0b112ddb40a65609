package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.store.redis.RedisConnections;
import io.marketbrain.store.redis.RedisFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Recovers after a successful probe: waits until the subscription is active, then sends pending purges and writes. */
final class RecoveryReplay implements RedisProber.Recovery {
    private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(1);

    private final InvalidationSubscriber subscriber;
    private final Runnable messagesMissed;
    private final PendingPurges purges;
    private final PendingWrites missed;
    private final RedisCommands commands;
    private final Duration operationTimeout;
    private final ScheduledExecutorService deadlines;
    private final NanoClock nanoClock;
    private final RedisCounters counters;

    RecoveryReplay(
            InvalidationSubscriber subscriber,
            Runnable messagesMissed,
            PendingPurges purges,
            PendingWrites missed,
            RedisCommands commands,
            Duration operationTimeout,
            ScheduledExecutorService deadlines,
            NanoClock nanoClock,
            RedisCounters counters) {
        this.subscriber = subscriber;
        this.messagesMissed = messagesMissed;
        this.purges = purges;
        this.missed = missed;
        this.commands = commands;
        this.operationTimeout = operationTimeout;
        this.deadlines = deadlines;
        this.nanoClock = nanoClock;
        this.counters = counters;
    }

    @Override
    public void recover(RedisConnections connections) throws InterruptedException {
        subscriber.wake();
        // Without messages the cache is only less up to date, so a Redis that forbids subscriptions is used anyway.
        if (!subscriber.awaitListening(SUBSCRIBE_TIMEOUT)) {
            messagesMissed.run();
        }
        for (PendingPurges.Purge purge : purges.all()) {
            runDirectly(commands.purge(purge.scope(), purge.name()), connections);
            purges.confirmed(purge);
        }
        for (PendingWrites.Write write : missed.writes()) {
            Value value = write.valueAt(nanoClock.nanos());
            if (value.age().compareTo(value.hard()) < 0) {
                runDirectly(commands.store(write.key(), value), connections);
            }
            missed.done(write);
        }
    }

    private void runDirectly(RedisOperation operation, RedisConnections connections) {
        ScheduledFuture<?> deadline =
                deadlines.schedule(connections::abort, operationTimeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (operation.runDirectly(connections) instanceof byte[] words) {
                throw RedisFault.asException(new String(words, StandardCharsets.UTF_8));
            }
            counters.count("redis_replayed");
        } finally {
            deadline.cancel(false);
        }
    }
}
