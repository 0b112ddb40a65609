package io.marketbrain.pipeline.qos;

import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.BackgroundAdmission;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The layer that limits how many requests run at a time, in the order of {@link QosPolicy}. A request that has to wait
 * blocks its virtual thread until it is admitted, is rejected ({@code overloaded}), or reaches its deadline; an
 * interrupted request leaves the queue. The permit is returned whatever happens in the inner layers. Thread-safe.
 */
public final class QosLayer implements Layer, BackgroundAdmission {
    private final QosConfig config;
    private final NanoClock nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final QosPolicy policy;
    private final LongAdder admittedHigh = new LongAdder();
    private final LongAdder admittedLow = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder deadlinePassed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private volatile long lastShedNanos;

    public QosLayer(QosConfig config, NanoClock nanoClock) {
        this.config = config;
        this.nanoClock = nanoClock;
        this.policy = new QosPolicy(config, nanoClock.nanos());
        this.lastShedNanos = nanoClock.nanos() - Duration.ofDays(1).toNanos();
    }

    @Override
    public String name() {
        return "qos";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<QueryResult> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long arrived = nanoClock.nanos();
        Caller caller = call.caller();
        var ticket = new QueueTicket(caller.name(), !caller.anonymous(), call.priority(), arrived);
        QueueTicket.State state = arrive(ticket, arrived);
        try {
            if (state == QueueTicket.State.WAITING) {
                await(ticket, call);
                state = stateOf(ticket);
            }
            if (call.trace().on()) {
                call.trace().note("priority", call.priority().name());
                call.trace().note("queue_wait", Duration.ofNanos(nanoClock.nanos() - arrived));
            }
            return switch (state) {
                case RUNNING -> {
                    (call.priority() == Priority.LOW ? admittedLow : admittedHigh).increment();
                    yield next.fetch(query, call);
                }
                case SHED -> Outcome.failed(rejected());
                case WAITING -> {
                    (Thread.currentThread().isInterrupted() ? cancelled : deadlinePassed).increment();
                    yield Outcome.failed(
                            new Failure.DeadlinePassed("the deadline passed while the request was queued"));
                }
                case LEFT ->
                    throw new IllegalStateException("the request left the queue before it was served: " + ticket);
            };
        } finally {
            leave(ticket);
        }
    }

    private QueueTicket.State arrive(QueueTicket ticket, long now) {
        lock.lock();
        try {
            policy.arrive(ticket, now);
            return ticket.state;
        } finally {
            lock.unlock();
        }
    }

    /** A permit for background work if one of its share is free now; never queues. */
    @Override
    public Optional<Runnable> tryEnter() {
        long now = nanoClock.nanos();
        var ticket = new QueueTicket(Caller.GATEWAY.name(), true, Priority.LOW, now);
        lock.lock();
        try {
            if (!policy.arriveOrLeave(ticket, now)) {
                return Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        admittedLow.increment();
        return Optional.of(() -> leave(ticket));
    }

    private void leave(QueueTicket ticket) {
        lock.lock();
        try {
            policy.leave(ticket, nanoClock.nanos());
        } finally {
            lock.unlock();
        }
    }

    private void await(QueueTicket ticket, Call call) {
        long waited = nanoClock.nanos() - ticket.arrivedNanos;
        long queueTimeout = call.priority() == Priority.LOW
                ? Long.MAX_VALUE
                : Math.max(0, config.queueTimeout().toNanos() - waited);
        long remaining = call.deadline().remaining().toNanos();
        try {
            if (!ticket.decided.await(Math.min(queueTimeout, remaining), TimeUnit.NANOSECONDS)
                    && queueTimeout < remaining) {
                lock.lock();
                try {
                    policy.timedOut(ticket);
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private QueueTicket.State stateOf(QueueTicket ticket) {
        lock.lock();
        try {
            return ticket.state;
        } finally {
            lock.unlock();
        }
    }

    private Failure rejected() {
        shed.increment();
        lastShedNanos = nanoClock.nanos();
        Duration retryAfter;
        lock.lock();
        try {
            retryAfter = policy.retryAfter();
        } finally {
            lock.unlock();
        }
        return new Failure.Shed(
                "the gateway is overloaded and rejected this request; retry in "
                        + Math.ceilDiv(retryAfter.toMillis(), 1000) + " s",
                retryAfter);
    }

    /**
     * {@code shedding} if a request was rejected in the last five seconds, {@code queueing} while interactive requests
     * wait.
     */
    @Override
    public String state() {
        if (nanoClock.nanos() - lastShedNanos < Duration.ofSeconds(5).toNanos()) {
            return "shedding";
        }
        lock.lock();
        try {
            return policy.waitingHigh() > 0 ? "queueing" : "ok";
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, Long> counters() {
        lock.lock();
        try {
            return Map.of(
                    "permits",
                    (long) config.permits(),
                    "running_high",
                    (long) policy.runningHigh(),
                    "running_low",
                    (long) policy.runningLow(),
                    "waiting_high",
                    (long) policy.waitingHigh(),
                    "waiting_low",
                    (long) policy.waitingLow(),
                    "admitted_high",
                    admittedHigh.sum(),
                    "admitted_low",
                    admittedLow.sum(),
                    "shed",
                    shed.sum(),
                    "out_of_time",
                    deadlinePassed.sum(),
                    "gone",
                    cancelled.sum());
        } finally {
            lock.unlock();
        }
    }
}
