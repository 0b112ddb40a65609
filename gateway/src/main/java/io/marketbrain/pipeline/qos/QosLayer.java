package io.marketbrain.pipeline.qos;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.BackgroundGate;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The layer that lets so many requests through at a time, in the order of {@link QosPolicy}. A request that may not
 * pass yet blocks its virtual thread until it may, is turned away ({@code overloaded}), or runs out of time; an
 * interrupted one leaves the queue. Whatever happens further in, the permit comes back. Thread-safe.
 */
public final class QosLayer implements Layer, BackgroundGate {
    private final QosConfig config;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final QosPolicy policy;
    private final LongAdder admittedHigh = new LongAdder();
    private final LongAdder admittedLow = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder outOfTime = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private volatile long lastShedNanos;

    public QosLayer(QosConfig config, Ticker ticker) {
        this.config = config;
        this.ticker = ticker;
        this.policy = new QosPolicy(config, ticker.nanos());
        this.lastShedNanos = ticker.nanos() - Duration.ofDays(1).toNanos();
    }

    @Override
    public String name() {
        return "qos";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        return (query, call) -> fetch(next, query, call);
    }

    private Outcome<Answer> fetch(MarketDataSource next, MarketQuery query, Call call) {
        long arrived = ticker.nanos();
        Caller caller = call.caller();
        var ticket = new Ticket(caller.name(), !caller.anonymous(), call.priority(), arrived);
        Ticket.State state = arrive(ticket, arrived);
        try {
            if (state == Ticket.State.WAITING) {
                await(ticket, call);
                state = stateOf(ticket);
            }
            if (call.trace().on()) {
                call.trace().note("priority", call.priority().name());
                call.trace().note("queue_wait", Duration.ofNanos(ticker.nanos() - arrived));
            }
            return switch (state) {
                case RUNNING -> {
                    (call.priority() == Priority.LOW ? admittedLow : admittedHigh).increment();
                    yield next.fetch(query, call);
                }
                case SHED -> Outcome.failed(turnedAway());
                case WAITING -> {
                    (Thread.currentThread().isInterrupted() ? gone : outOfTime).increment();
                    yield Outcome.failed(
                            new Failure.DeadlinePassed("the time for this request was up while it waited its turn"));
                }
                case LEFT -> throw new IllegalStateException("left before it was served: " + ticket);
            };
        } finally {
            leave(ticket);
        }
    }

    private Ticket.State arrive(Ticket ticket, long now) {
        lock.lock();
        try {
            policy.arrive(ticket, now);
            return ticket.state;
        } finally {
            lock.unlock();
        }
    }

    /** A permit for background work where one of its share is free now; it never queues. */
    @Override
    public Optional<Runnable> tryEnter() {
        long now = ticker.nanos();
        var ticket = new Ticket(Caller.GATEWAY.name(), true, Priority.LOW, now);
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

    private void leave(Ticket ticket) {
        lock.lock();
        try {
            policy.leave(ticket, ticker.nanos());
        } finally {
            lock.unlock();
        }
    }

    private void await(Ticket ticket, Call call) {
        long waited = ticker.nanos() - ticket.arrivedNanos;
        long patience = call.priority() == Priority.LOW
                ? Long.MAX_VALUE
                : Math.max(0, config.patience().toNanos() - waited);
        long remaining = call.deadline().remaining().toNanos();
        try {
            if (!ticket.decided.await(Math.min(patience, remaining), TimeUnit.NANOSECONDS) && patience < remaining) {
                lock.lock();
                try {
                    policy.impatient(ticket);
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Ticket.State stateOf(Ticket ticket) {
        lock.lock();
        try {
            return ticket.state;
        } finally {
            lock.unlock();
        }
    }

    private Failure turnedAway() {
        shed.increment();
        lastShedNanos = ticker.nanos();
        Duration advice;
        lock.lock();
        try {
            advice = policy.advice();
        } finally {
            lock.unlock();
        }
        return new Failure.Shed(
                "too many requests at once; this one was turned away so that others are served", advice);
    }

    /** {@code shedding} while requests were turned away in the last five seconds, {@code queueing} while any waits. */
    @Override
    public String state() {
        if (ticker.nanos() - lastShedNanos < Duration.ofSeconds(5).toNanos()) {
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
                    outOfTime.sum(),
                    "gone",
                    gone.sum());
        } finally {
            lock.unlock();
        }
    }
}
