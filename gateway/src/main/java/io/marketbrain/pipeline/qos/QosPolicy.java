package io.marketbrain.pipeline.qos;

import io.marketbrain.model.Priority;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which permits are granted: a state machine without threads or clocks, driven by arrivals and departures.
 *
 * <p>A free permit goes to an interactive request before it goes to background work, which holds at most a fixed share.
 * Among interactive requests it goes to the caller that holds the fewest permits, then to the one served longest ago
 * (max-min fairness), so that a caller with many requests delays only its own. Within a caller the oldest request goes
 * first while the queue moves quickly; once a request has waited too long the newest goes first, because under overload
 * the client of the oldest is the most likely to give up (adaptive LIFO: B. Maurer, "Fail at Scale", ACM Queue 13(8),
 * 2015). A request is rejected when it has waited for the queue timeout, or when the queue is full and it is the oldest
 * of the caller with the longest queue.
 *
 * <p>Background work cannot starve: if none was served for a while, one background request goes before interactive
 * ones.
 *
 * <p>Not thread-safe.
 */
final class QosPolicy {
    private final QosConfig config;
    private final Map<String, Share> shares = new HashMap<>();
    private final SequencedSet<QueueTicket> low = new LinkedHashSet<>();
    private int runningHigh;
    private int runningLow;
    private int waitingHigh;
    private long grants;
    private long lastLowNanos;
    private long holdNanos = Duration.ofMillis(10).toNanos();

    QosPolicy(QosConfig config, long nowNanos) {
        this.config = config;
        this.lastLowNanos = nowNanos;
    }

    /** The running and waiting interactive requests of one caller. */
    private static final class Share {
        final SequencedSet<QueueTicket> waiting = new LinkedHashSet<>();
        int running;
        long lastGrant;
    }

    /** Moves a new ticket to its first state: running, waiting or shed. May shed another ticket instead. */
    void arrive(QueueTicket ticket, long now) {
        shedTimedOut(now);
        if (ticket.priority == Priority.LOW) {
            low.add(ticket);
            grant(now);
            if (low.size() > config.lowQueue() && low.remove(ticket)) {
                ticket.decide(QueueTicket.State.SHED);
            }
            return;
        }
        Share share = shares.computeIfAbsent(ticket.caller, _ -> new Share());
        boolean alone = waitingHigh == 0 && low.isEmpty();
        if (alone && permitFree() && !atCap(share, ticket)) {
            runHigh(ticket, share, now);
            return;
        }
        share.waiting.add(ticket);
        waitingHigh++;
        grant(now);
        if (waitingHigh > config.queue()) {
            shed(longestQueue().waiting.getFirst());
        }
    }

    /** Starts background work that never waits, or has it leave; true if it is running. */
    boolean arriveOrLeave(QueueTicket ticket, long now) {
        low.add(ticket);
        grant(now);
        if (low.remove(ticket)) {
            ticket.decide(QueueTicket.State.LEFT);
        }
        return ticket.state == QueueTicket.State.RUNNING;
    }

    /** Handles a request that has finished or that leaves the queue. */
    void leave(QueueTicket ticket, long now) {
        switch (ticket.state) {
            case RUNNING -> {
                // Exponentially weighted over about eight requests: precise enough for a Retry-After.
                holdNanos += (now - ticket.grantedNanos - holdNanos) / 8;
                if (ticket.priority == Priority.LOW) {
                    runningLow--;
                } else {
                    runningHigh--;
                    share(ticket).running--;
                    removeIfIdle(ticket);
                }
            }
            case WAITING -> remove(ticket);
            case SHED, LEFT -> {
                return;
            }
        }
        ticket.decide(QueueTicket.State.LEFT);
        shedTimedOut(now);
        grant(now);
    }

    /** Rejects a request whose queue timeout has passed; does nothing if it is no longer waiting. */
    void timedOut(QueueTicket ticket) {
        if (ticket.state == QueueTicket.State.WAITING) {
            shed(ticket);
        }
    }

    /**
     * How long a request that is rejected now should wait before a retry: the time the queue takes to drain, 1 to 30 s.
     */
    Duration retryAfter() {
        long drain = holdNanos * (waitingHigh + runningHigh + 1) / config.permits();
        return Duration.ofNanos(
                Math.clamp(drain, 1_000_000_000L, Duration.ofSeconds(30).toNanos()));
    }

    int runningHigh() {
        return runningHigh;
    }

    int runningLow() {
        return runningLow;
    }

    int waitingHigh() {
        return waitingHigh;
    }

    int waitingLow() {
        return low.size();
    }

    boolean overloaded(long now) {
        long oldest = config.newestFirstAfter().toNanos();
        for (Share share : shares.values()) {
            if (!share.waiting.isEmpty() && now - share.waiting.getFirst().arrivedNanos >= oldest) {
                return true;
            }
        }
        return false;
    }

    private void grant(long now) {
        while (permitFree()) {
            QueueTicket next = next(now);
            if (next == null) {
                return;
            }
            remove(next);
            if (next.priority == Priority.LOW) {
                next.run(now);
                runningLow++;
                lastLowNanos = now;
            } else {
                runHigh(next, shares.computeIfAbsent(next.caller, _ -> new Share()), now);
            }
        }
    }

    private boolean permitFree() {
        return runningHigh + runningLow < config.permits();
    }

    private void runHigh(QueueTicket ticket, Share share, long now) {
        ticket.run(now);
        runningHigh++;
        share.running++;
        share.lastGrant = ++grants;
    }

    private @Nullable QueueTicket next(long now) {
        boolean lowAllowed = !low.isEmpty() && runningLow < config.lowPermits();
        if (lowAllowed && starved(now)) {
            return low.getFirst();
        }
        if (waitingHigh == 0) {
            return lowAllowed ? low.getFirst() : null;
        }
        Share fairest = null;
        for (Share share : shares.values()) {
            if (!share.waiting.isEmpty()
                    && !atCap(share, share.waiting.getFirst())
                    && (fairest == null
                            || share.running < fairest.running
                            || (share.running == fairest.running && share.lastGrant < fairest.lastGrant))) {
                fairest = share;
            }
        }
        if (fairest == null) {
            return null;
        }
        return overloaded(now) ? fairest.waiting.getLast() : fairest.waiting.getFirst();
    }

    private boolean starved(long now) {
        long bound = config.lowStarvation().toNanos();
        return now - low.getFirst().arrivedNanos >= bound && now - lastLowNanos >= bound;
    }

    private boolean atCap(Share share, QueueTicket ticket) {
        return ticket.capped && share.running >= config.callerPermits();
    }

    private void shedTimedOut(long now) {
        long queueTimeout = config.queueTimeout().toNanos();
        if (waitingHigh == 0) {
            return;
        }
        for (Share share : java.util.List.copyOf(shares.values())) {
            while (!share.waiting.isEmpty() && now - share.waiting.getFirst().arrivedNanos >= queueTimeout) {
                shed(share.waiting.getFirst());
            }
        }
    }

    private void shed(QueueTicket ticket) {
        remove(ticket);
        ticket.decide(QueueTicket.State.SHED);
    }

    private Share longestQueue() {
        Share longest = null;
        for (Share share : shares.values()) {
            if (longest == null || share.waiting.size() > longest.waiting.size()) {
                longest = share;
            }
        }
        if (longest == null) {
            throw new IllegalStateException("the queue is full but has no callers");
        }
        return longest;
    }

    private void remove(QueueTicket ticket) {
        if (ticket.priority == Priority.LOW) {
            low.remove(ticket);
        } else if (share(ticket).waiting.remove(ticket)) {
            waitingHigh--;
            removeIfIdle(ticket);
        }
    }

    private Share share(QueueTicket ticket) {
        Share share = shares.get(ticket.caller);
        if (share == null) {
            throw new IllegalStateException("no share for " + ticket);
        }
        return share;
    }

    private void removeIfIdle(QueueTicket ticket) {
        Share share = share(ticket);
        if (share.running == 0 && share.waiting.isEmpty()) {
            shares.remove(ticket.caller);
        }
    }
}
