package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.BackgroundLoop.Kind;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.redis.RedisOperation.Reply;
import io.marketbrain.pipeline.cache.redis.RedisStatePolicy.Event;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisConnections;
import io.marketbrain.store.redis.RedisConnector;
import io.marketbrain.store.redis.RedisFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The worker threads, each with its own connections, and their bounded queue. Submitting never blocks. At its deadline an operation completes for its caller, and a worker that is running it has its socket closed: a connection with a late reply is never reused. Thread-safe.
 */
final class RedisWorkers {
    /** Wakes a worker so that it connects before the first operation. */
    private static final RedisOperation WAKE = new RedisOperation(CacheScript.PEEK, List.of(), List.of());

    /** How long a worker waits for an operation before it checks its connection again. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final BlockingQueue<RedisOperation> queue;
    private final List<RedisConnections> links = new ArrayList<>();
    private final List<BackgroundLoop> threads = new ArrayList<>();
    private final ScheduledExecutorService deadlines;
    private final RedisStateMachine state;
    private final RedisCounters counters;
    private final BooleanSupplier mayServe;
    private final Duration connectTimeout;
    private volatile boolean closed;

    RedisWorkers(
            RedisConfig config,
            RedisConnector connector,
            ScheduledExecutorService deadlines,
            RedisStateMachine state,
            RedisCounters counters,
            NanoClock nanoClock) {
        this.queue = new ArrayBlockingQueue<>(config.queue());
        this.deadlines = deadlines;
        this.state = state;
        this.counters = counters;
        this.connectTimeout = config.connectTimeout();
        this.mayServe = () -> state.state().readable() && !closed;
        for (int i = 0; i < config.connections(); i++) {
            RedisConnections own = connector.connections();
            links.add(own);
            threads.add(new BackgroundLoop("redis-worker", Kind.VIRTUAL, nanoClock, () -> work(own)));
        }
    }

    void start() {
        threads.forEach(BackgroundLoop::start);
    }

    /** Queues an operation; its reply completes within {@code within}. */
    CompletableFuture<Reply> submit(RedisOperation operation, Duration within) {
        if (!mayServe.getAsBoolean() || !within.isPositive()) {
            operation.expire();
            return operation.reply();
        }
        ScheduledFuture<?> deadline = deadlines.schedule(operation::expire, within.toNanos(), TimeUnit.NANOSECONDS);
        var _ = operation.reply().whenComplete((_, _) -> deadline.cancel(false));
        if (!queue.offer(operation)) {
            counters.count("redis_queue_full");
            operation.expire();
        }
        return operation.reply();
    }

    /** Lets the workers connect, because the state permits operations. */
    void wake() {
        links.forEach(_ -> queue.offer(WAKE));
    }

    /** Completes all queued operations and closes all connections, because the state does not permit operations. */
    void disconnect() {
        List<RedisOperation> left = new ArrayList<>();
        queue.drainTo(left);
        left.stream().filter(operation -> operation != WAKE).forEach(RedisOperation::expire);
        links.forEach(RedisConnections::abort);
    }

    void close() {
        closed = true;
        threads.forEach(BackgroundLoop::stopNow);
        disconnect();
    }

    int waiting() {
        return queue.size();
    }

    int sockets() {
        return links.stream().mapToInt(RedisConnections::sockets).sum();
    }

    int alive() {
        return (int) threads.stream().filter(BackgroundLoop::alive).count();
    }

    /** Connects if necessary, waits for an operation and runs it. */
    private Duration work(RedisConnections own) throws InterruptedException {
        try {
            if (mayServe.getAsBoolean() && !own.connected()) {
                connect(own);
            }
            RedisOperation operation = queue.poll(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            if (operation != null && operation != WAKE) {
                serve(operation, own);
            }
            return Duration.ZERO;
        } finally {
            if (closed) {
                own.abort();
            }
        }
    }

    private void serve(RedisOperation operation, RedisConnections own) {
        if (operation.done()) {
            return;
        }
        counters.count("redis_operations");
        Reply reply = operation.run(own);
        try {
            record(reply, own);
        } finally {
            operation.reply().complete(reply);
        }
    }

    private void record(Reply reply, RedisConnections own) {
        switch (reply) {
            case Reply.Replied _ -> state.on(Event.ANSWERED, "answered");
            case Reply.Failed(RedisFault fault, String why) -> {
                counters.count(fault == RedisFault.TIMED_OUT ? "redis_timeouts" : "redis_errors");
                if (fault == RedisFault.TIMED_OUT || fault == RedisFault.LOST || fault == RedisFault.REJECTED) {
                    own.abort();
                }
                if (mayServe.getAsBoolean()) {
                    state.on(Event.of(fault), why);
                }
            }
            case Reply.NotRun _ -> {}
        }
    }

    private void connect(RedisConnections own) {
        ScheduledFuture<?> deadline = deadlines.schedule(own::abort, connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            own.connect();
            counters.count("redis_connections_opened");
        } catch (RuntimeException e) {
            RedisFault fault = RedisFault.of(e);
            counters.count(fault == RedisFault.TIMED_OUT ? "redis_timeouts" : "redis_errors");
            own.abort();
            if (mayServe.getAsBoolean()) {
                state.on(Event.of(fault), "connecting: " + e.getMessage());
            }
        } finally {
            deadline.cancel(false);
        }
    }
}
