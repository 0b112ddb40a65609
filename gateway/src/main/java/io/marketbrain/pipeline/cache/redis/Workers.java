package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.redis.Operation.Reply;
import io.marketbrain.pipeline.cache.redis.StatePolicy.Event;
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
final class Workers {
    /** Wakes a worker so that it connects before the first operation. */
    private static final Operation WAKE = new Operation(Scripts.PEEK, List.of(), List.of());

    private final BlockingQueue<Operation> queue;
    private final List<Links> links = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledExecutorService deadlines;
    private final StateHolder state;
    private final RedisCounters counters;
    private final BooleanSupplier mayServe;
    private final Duration connectTimeout;
    private volatile boolean closed;

    Workers(
            RedisConfig config,
            RedisUrl url,
            Topology topology,
            ScheduledExecutorService deadlines,
            StateHolder state,
            RedisCounters counters) {
        this.queue = new ArrayBlockingQueue<>(config.queue());
        this.deadlines = deadlines;
        this.state = state;
        this.counters = counters;
        this.connectTimeout = config.connectTimeout();
        this.mayServe = () -> state.state().readable() && !closed;
        for (int i = 0; i < config.connections(); i++) {
            links.add(new Links(url, topology, config.connectTimeout()));
        }
    }

    void start() {
        for (int i = 0; i < links.size(); i++) {
            Links own = links.get(i);
            threads.add(Thread.ofVirtual().name("redis-worker-" + i).start(() -> work(own)));
        }
    }

    /** Queues an operation; its reply completes within {@code within}. */
    CompletableFuture<Reply> submit(Operation operation, Duration within) {
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
        List<Operation> left = new ArrayList<>();
        queue.drainTo(left);
        left.stream().filter(operation -> operation != WAKE).forEach(Operation::expire);
        links.forEach(Links::abort);
    }

    void close() {
        closed = true;
        disconnect();
        threads.forEach(Thread::interrupt);
    }

    int waiting() {
        return queue.size();
    }

    int sockets() {
        return links.stream().mapToInt(Links::sockets).sum();
    }

    int alive() {
        return (int) threads.stream().filter(Thread::isAlive).count();
    }

    private void work(Links own) {
        try {
            while (!closed) {
                if (mayServe.getAsBoolean() && !own.connected()) {
                    connect(own);
                }
                Operation operation = queue.take();
                if (operation != WAKE) {
                    serve(operation, own);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            own.close();
        }
    }

    private void serve(Operation operation, Links own) {
        if (operation.done()) {
            return;
        }
        counters.count("redis_operations");
        Reply reply = operation.run(own);
        switch (reply) {
            case Reply.Replied _ -> state.on(Event.ANSWERED, "answered");
            case Reply.Failed(Fault fault, String why) -> {
                counters.count(fault == Fault.TIMED_OUT ? "redis_timeouts" : "redis_errors");
                if (fault == Fault.TIMED_OUT || fault == Fault.LOST || fault == Fault.REJECTED) {
                    own.abort();
                }
                if (mayServe.getAsBoolean()) {
                    state.on(Event.of(fault), why);
                }
            }
            case Reply.NotRun _ -> {}
        }
        operation.reply().complete(reply);
    }

    private void connect(Links own) {
        ScheduledFuture<?> deadline = deadlines.schedule(own::abort, connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            own.connect();
            counters.count("redis_connections_opened");
        } catch (RuntimeException e) {
            Fault fault = Fault.of(e);
            counters.count(fault == Fault.TIMED_OUT ? "redis_timeouts" : "redis_errors");
            own.abort();
            if (mayServe.getAsBoolean()) {
                state.on(Event.of(fault), "connecting: " + e.getMessage());
            }
        } finally {
            deadline.cancel(false);
        }
    }
}
