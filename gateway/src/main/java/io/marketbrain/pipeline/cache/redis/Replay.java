package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.SharedTier.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Recovers after a successful probe: waits until the subscription is active, then sends pending purges and writes. */
final class Replay implements Prober.Recovery {
    private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(1);

    private final Subscriber subscriber;
    private final Runnable messagesMissed;
    private final Purges purges;
    private final MissedWork missed;
    private final Phrases phrases;
    private final Duration operationTimeout;
    private final ScheduledExecutorService deadlines;
    private final Ticker ticker;
    private final RedisCounters counters;

    Replay(
            Subscriber subscriber,
            Runnable messagesMissed,
            Purges purges,
            MissedWork missed,
            Phrases phrases,
            Duration operationTimeout,
            ScheduledExecutorService deadlines,
            Ticker ticker,
            RedisCounters counters) {
        this.subscriber = subscriber;
        this.messagesMissed = messagesMissed;
        this.purges = purges;
        this.missed = missed;
        this.phrases = phrases;
        this.operationTimeout = operationTimeout;
        this.deadlines = deadlines;
        this.ticker = ticker;
        this.counters = counters;
    }

    @Override
    public void recover(Links links) throws InterruptedException {
        subscriber.wake();
        // Without messages the cache is only less up to date, so a Redis that forbids subscriptions is used anyway.
        if (!subscriber.awaitListening(SUBSCRIBE_TIMEOUT)) {
            messagesMissed.run();
        }
        for (Purges.Purge purge : purges.all()) {
            runDirectly(phrases.purge(purge.scope()), links);
            purges.confirmed(purge);
        }
        for (MissedWork.Write write : missed.writes()) {
            Value value = write.valueAt(ticker.nanos());
            if (value.age().compareTo(value.hard()) < 0) {
                runDirectly(phrases.store(write.key(), value), links);
            }
            missed.done(write);
        }
    }

    private void runDirectly(Operation operation, Links links) {
        ScheduledFuture<?> deadline =
                deadlines.schedule(links::abort, operationTimeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (operation.runDirectly(links) instanceof byte[] words) {
                throw Fault.asException(new String(words, StandardCharsets.UTF_8));
            }
            counters.count("redis_replayed");
        } finally {
            deadline.cancel(false);
        }
    }
}
