package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.redis.RedisOperation.Reply;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends writes to Redis and retries those that fail: after one second while Redis is up, or else as soon as it is up again. Never blocks. Thread-safe.
 */
final class WriteThrough {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RedisWorkers workers;
    private final RedisStateMachine state;
    private final PendingWrites missed;
    private final RedisCommands commands;
    private final Duration operationTimeout;
    private final ScheduledExecutorService deadlines;
    private final NanoClock nanoClock;
    private final RedisCounters counters;
    private final Consumer<String> onScriptError;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** @param onScriptError receives the error text when a script could not write */
    WriteThrough(
            RedisWorkers workers,
            RedisStateMachine state,
            PendingWrites missed,
            RedisCommands commands,
            Duration operationTimeout,
            ScheduledExecutorService deadlines,
            NanoClock nanoClock,
            RedisCounters counters,
            Consumer<String> onScriptError) {
        this.workers = workers;
        this.state = state;
        this.missed = missed;
        this.commands = commands;
        this.operationTimeout = operationTimeout;
        this.deadlines = deadlines;
        this.nanoClock = nanoClock;
        this.counters = counters;
        this.onScriptError = onScriptError;
    }

    void write(ValueKey key, Value value, Supplier<RedisOperation> operation) {
        if (!up()) {
            miss(key, value);
            return;
        }
        var _ = workers.submit(operation.get(), operationTimeout).thenAccept(reply -> {
            switch (reply) {
                case Reply.Replied(byte[] words) -> {
                    onScriptError.accept(text(words));
                    if (!up()) {
                        miss(key, value);
                    }
                }
                case Reply.Replied(Long written) when written == 0 -> counters.count("redis_stores_refused");
                case Reply.Replied _ -> {}
                case Reply.Failed _, Reply.NotRun _ -> miss(key, value);
            }
        });
    }

    private void miss(ValueKey key, Value value) {
        missed.write(key, value);
        scheduleRetry();
    }

    /** Schedules a retry of failed writes if Redis is up; otherwise they are sent at its recovery. */
    void scheduleRetry() {
        if (!up() || !scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            var _ = deadlines.schedule(this::retry, PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The gateway is stopping; nothing is left to update.
        }
    }

    private void retry() {
        scheduled.set(false);
        if (!up()) {
            return;
        }
        for (PendingWrites.Write write : missed.writes()) {
            missed.done(write);
            Value value = write.valueAt(nanoClock.nanos());
            if (value.age().compareTo(value.hard()) < 0) {
                write(write.key(), value, () -> commands.store(write.key(), value));
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
