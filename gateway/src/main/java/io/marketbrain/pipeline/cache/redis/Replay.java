package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.SharedTier.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisDataException;

/** Brings Redis up to date after a probe has passed: waits until we listen, then tells what was missed. */
final class Replay implements Prober.Recovery {
    private static final Duration LISTENING_PATIENCE = Duration.ofSeconds(1);

    private final Subscriber subscriber;
    private final Runnable missedNews;
    private final Purges purges;
    private final MissedWork missed;
    private final Phrases phrases;
    private final Duration operationTimeout;
    private final ScheduledExecutorService deadlines;
    private final Ticker ticker;
    private final RedisCounters counters;

    Replay(
            Subscriber subscriber,
            Runnable missedNews,
            Purges purges,
            MissedWork missed,
            Phrases phrases,
            Duration operationTimeout,
            ScheduledExecutorService deadlines,
            Ticker ticker,
            RedisCounters counters) {
        this.subscriber = subscriber;
        this.missedNews = missedNews;
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
        // Without news the cache is only less up to date: a Redis that forbids them is used all the same.
        if (!subscriber.awaitListening(LISTENING_PATIENCE)) {
            missedNews.run();
        }
        for (Purges.Purge purge : purges.all()) {
            say(phrases.purge(purge.scope()), links);
            purges.done(purge);
        }
        for (MissedWork.Write write : missed.writes()) {
            Value value = write.valueAt(ticker.nanos());
            if (value.age().compareTo(value.hard()) < 0) {
                say(phrases.store(write.key(), value), links);
            }
            missed.done(write);
        }
    }

    private void say(Operation operation, Links links) {
        ScheduledFuture<?> deadline =
                deadlines.schedule(links::abort, operationTimeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (operation.say(links) instanceof byte[] words) {
                throw new JedisDataException(new String(words, StandardCharsets.UTF_8));
            }
            counters.count("redis_replayed");
        } finally {
            deadline.cancel(false);
        }
    }
}
