package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.SharedTier.State;
import io.marketbrain.pipeline.cache.SharedTier.Value;
import io.marketbrain.pipeline.cache.SharedTier.ValueKey;
import io.marketbrain.pipeline.cache.redis.Operation.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells Redis what is written, and sees to it that it arrives: what could not be told is kept, and told as soon as Redis
 * is up, or, while it is up, a moment later. Never blocks. Thread-safe.
 */
final class Writes {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Workers workers;
    private final StateHolder state;
    private final MissedWork missed;
    private final Phrases phrases;
    private final Duration operationTimeout;
    private final ScheduledExecutorService deadlines;
    private final Ticker ticker;
    private final RedisCounters counters;
    private final Consumer<String> complaint;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** @param complaint takes the words with which a script refused to write */
    Writes(
            Workers workers,
            StateHolder state,
            MissedWork missed,
            Phrases phrases,
            Duration operationTimeout,
            ScheduledExecutorService deadlines,
            Ticker ticker,
            RedisCounters counters,
            Consumer<String> complaint) {
        this.workers = workers;
        this.state = state;
        this.missed = missed;
        this.phrases = phrases;
        this.operationTimeout = operationTimeout;
        this.deadlines = deadlines;
        this.ticker = ticker;
        this.counters = counters;
        this.complaint = complaint;
    }

    void write(ValueKey key, Value value, Supplier<Operation> operation) {
        if (!up()) {
            miss(key, value);
            return;
        }
        var _ = workers.submit(operation.get(), operationTimeout).thenAccept(reply -> {
            switch (reply) {
                case Reply.Said(byte[] words) -> {
                    complaint.accept(text(words));
                    if (!up()) {
                        miss(key, value);
                    }
                }
                case Reply.Said(Long written) when written == 0 -> counters.count("redis_stores_refused");
                case Reply.Said _ -> {}
                case Reply.Failed _, Reply.Unheard _ -> miss(key, value);
            }
        });
    }

    private void miss(ValueKey key, Value value) {
        missed.write(key, value);
        later();
    }

    /** What was missed is told in a moment if Redis is up then; if it is not, at its recovery. */
    void later() {
        if (!up() || !scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            var _ = deadlines.schedule(this::again, PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // There is nobody left who would read.
        }
    }

    private void again() {
        scheduled.set(false);
        if (!up()) {
            return;
        }
        for (MissedWork.Write write : missed.writes()) {
            missed.done(write);
            Value value = write.valueAt(ticker.nanos());
            if (value.age().compareTo(value.hard()) < 0) {
                write(write.key(), value, () -> phrases.store(write.key(), value));
            }
        }
    }

    private boolean up() {
        return state.state() == State.UP;
    }

    private static String text(byte[] words) {
        return new String(words, StandardCharsets.UTF_8);
    }
}
