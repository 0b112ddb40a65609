package io.marketbrain.pipeline.qos;

import io.marketbrain.model.Priority;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which permits are given: a state machine without threads or clocks, driven by arrivals and departures.
 *
 * <p>A free permit goes to a person before it goes to background work, which holds a fixed share at the most. Among
 * people it goes to the caller that holds the fewest permits, then to the one served longest ago: max-min fairness, so
 * that a caller who asks a lot only waits for itself. Within a caller the oldest request goes first while the queue
 * moves; once a request has waited too long the newest goes first, because under overload the oldest is the one whose
 * caller will give up (adaptive LIFO: B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015). Whoever has waited past the
 * patience, and the oldest request of the caller with the longest queue when the queue is full, is turned away.
 *
 * <p>Background work cannot starve: once nobody of it was served for a while, one goes before people.
 *
 * <p>Not thread-safe.
 */
final class QosPolicy {
    private final QosConfig config;
    private final Map<String, Share> shares = new HashMap<>();
    private final SequencedSet<Ticket> low = new LinkedHashSet<>();
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

    /** What one caller's people hold and wait for. */
    private static final class Share {
        final SequencedSet<Ticket> waiting = new LinkedHashSet<>();
        int running;
        long lastGrant;
    }

    /** Takes a ticket to its first state: running, waiting or shed. May shed another instead. */
    void arrive(Ticket ticket, long now) {
        shedImpatient(now);
        if (ticket.priority == Priority.LOW) {
            low.add(ticket);
            grant(now);
            if (low.size() > config.lowQueue() && low.remove(ticket)) {
                ticket.decide(Ticket.State.SHED);
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

    /** Takes background work that does not wait to running, or to gone; true for running. */
    boolean arriveOrLeave(Ticket ticket, long now) {
        low.add(ticket);
        grant(now);
        if (low.remove(ticket)) {
            ticket.decide(Ticket.State.LEFT);
        }
        return ticket.state == Ticket.State.RUNNING;
    }

    /** A request is done with its permit, or gives up its place in the queue. */
    void leave(Ticket ticket, long now) {
        switch (ticket.state) {
            case RUNNING -> {
                // Exponentially weighted over about eight requests: good enough for an advice to the turned away.
                holdNanos += (now - ticket.grantedNanos - holdNanos) / 8;
                if (ticket.priority == Priority.LOW) {
                    runningLow--;
                } else {
                    runningHigh--;
                    share(ticket).running--;
                    forgetIfIdle(ticket);
                }
            }
            case WAITING -> takeOut(ticket);
            case SHED, LEFT -> {
                return;
            }
        }
        ticket.decide(Ticket.State.LEFT);
        shedImpatient(now);
        grant(now);
    }

    /** A request that still waits has waited long enough; nothing happens to one that was decided meanwhile. */
    void impatient(Ticket ticket) {
        if (ticket.state == Ticket.State.WAITING) {
            shed(ticket);
        }
    }

    /** How long whoever is turned away now had better wait: as long as the queue takes to drain, 1 to 30 s. */
    Duration advice() {
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
            Ticket next = next(now);
            if (next == null) {
                return;
            }
            takeOut(next);
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

    private void runHigh(Ticket ticket, Share share, long now) {
        ticket.run(now);
        runningHigh++;
        share.running++;
        share.lastGrant = ++grants;
    }

    private @Nullable Ticket next(long now) {
        boolean lowMay = !low.isEmpty() && runningLow < config.lowPermits();
        if (lowMay && starved(now)) {
            return low.getFirst();
        }
        if (waitingHigh == 0) {
            return lowMay ? low.getFirst() : null;
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

    private boolean atCap(Share share, Ticket ticket) {
        return ticket.capped && share.running >= config.callerPermits();
    }

    private void shedImpatient(long now) {
        long patience = config.patience().toNanos();
        if (waitingHigh == 0) {
            return;
        }
        for (Share share : java.util.List.copyOf(shares.values())) {
            while (!share.waiting.isEmpty() && now - share.waiting.getFirst().arrivedNanos >= patience) {
                shed(share.waiting.getFirst());
            }
        }
    }

    private void shed(Ticket ticket) {
        takeOut(ticket);
        ticket.decide(Ticket.State.SHED);
    }

    private Share longestQueue() {
        Share longest = null;
        for (Share share : shares.values()) {
            if (longest == null || share.waiting.size() > longest.waiting.size()) {
                longest = share;
            }
        }
        if (longest == null) {
            throw new IllegalStateException("a full queue without callers");
        }
        return longest;
    }

    private void takeOut(Ticket ticket) {
        if (ticket.priority == Priority.LOW) {
            low.remove(ticket);
        } else if (share(ticket).waiting.remove(ticket)) {
            waitingHigh--;
            forgetIfIdle(ticket);
        }
    }

    private Share share(Ticket ticket) {
        Share share = shares.get(ticket.caller);
        if (share == null) {
            throw new IllegalStateException("no share for " + ticket);
        }
        return share;
    }

    private void forgetIfIdle(Ticket ticket) {
        Share share = share(ticket);
        if (share.running == 0 && share.waiting.isEmpty()) {
            shares.remove(ticket.caller);
        }
    }
}
