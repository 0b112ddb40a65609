package io.marketbrain.stream;

import io.marketbrain.model.stream.Channel;
import io.marketbrain.stream.ClientSubscription.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What waits for one client, in order. An event that counts stays; another is replaced by the next of its subscription while it
 * waits, unless an event that counts about the same instrument has come after it. When more waits than allowed, everything is
 * dropped, and the subscriptions concerned continue with a gap and a snapshot. Not thread-safe.
 */
final class ClientQueue {
    /** A client for which this happens {@link #MAX_OVERFLOWS} times is too slow. */
    static final Duration OVERFLOW_WINDOW = Duration.ofMinutes(1);

    static final int MAX_OVERFLOWS = 3;

    private final long maxBytes;
    private final long throttleNanos;
    private final ArrayDeque<PendingEvent> ready = new ArrayDeque<>();
    private final ArrayDeque<PendingEvent> throttled = new ArrayDeque<>();
    private final ArrayDeque<ClientSubscription> due = new ArrayDeque<>();
    private final ArrayDeque<Long> overflows = new ArrayDeque<>();
    private long bytes;
    private int counted;
    private long throttledUntil;
    private long offeredTo;
    private long received;
    private int unordered;
    private long conflated;

    /** Of how many subscriptions events were dropped without a gap so far: until it is sent, the client's position stays. */
    private int unannounced;

    /** @param received the position up to which the client has everything */
    ClientQueue(long maxBytes, Duration throttle, long nowNanos, long received) {
        this.maxBytes = maxBytes;
        this.throttleNanos = throttle.toNanos();
        this.throttledUntil = nowNanos;
        this.received = received;
        this.offeredTo = received;
    }

    /** Adds an event; false if it, and everything else, had to be dropped. */
    boolean add(ClientSubscription subscription, SharedEvent event, long nowNanos) {
        offeredTo = Math.max(offeredTo, event.position());
        switch (subscription.state) {
            case WAITING -> {
                if (event.name().isData()) {
                    makeDue(subscription);
                } else if (event.name() != EventName.GAP) {
                    append(subscription, event, event.bytes());
                }
            }
            case SNAPSHOT_DUE -> {
                if (subscription.resumed && event.counts()) {
                    append(subscription, event, event.bytes()); // a snapshot has only the latest bars
                } // otherwise the snapshot will contain it
            }
            case LIVE -> {
                if (event.counts()) {
                    append(subscription, event, event.bytes());
                } else {
                    replace(subscription, event, nowNanos);
                }
            }
        }
        if (bytes > maxBytes) {
            dropAll(nowNanos);
            return false;
        }
        return true;
    }

    /** From now on, a snapshot is due. */
    void makeDue(ClientSubscription subscription) {
        subscription.state = State.SNAPSHOT_DUE;
        due.add(subscription);
    }

    /**
     * Adds events from the log, which come after what waits already although they may be older. Then the client's position stays
     * where it is until all of them are taken.
     *
     * @param from the position up to which the client has the events of these subscriptions
     * @param offered the position up to which all of them have been added
     */
    void addReplayed(List<ReplayLog.Entry> events, Map<Channel, ClientSubscription> owners, long from, long offered) {
        boolean mixed = !ready.isEmpty();
        for (ReplayLog.Entry entry : events) {
            ClientSubscription subscription = owners.get(entry.channel());
            if (subscription != null) {
                append(subscription, entry.event(), 0);
            }
        }
        received = Math.min(received, from);
        unordered = mixed ? ready.size() : 0;
        offeredTo = Math.max(offeredTo, offered);
    }

    private void append(ClientSubscription subscription, SharedEvent event, int counting) {
        ClientSubscription same = subscription;
        do {
            PendingEvent before = same.replaceable;
            if (before != null) {
                same.replaceable = null;
                if (throttled.remove(before)) {
                    ready.add(before);
                }
            }
            same = same.sameInstrument;
        } while (same != subscription);
        ready.add(new PendingEvent(subscription, event, counting));
        counted++;
        bytes += counting;
    }

    private void replace(ClientSubscription subscription, SharedEvent event, long nowNanos) {
        PendingEvent older = subscription.replaceable;
        if (older != null) {
            bytes += event.bytes() - older.bytes;
            older.bytes = event.bytes();
            older.event = event;
            conflated++;
            return;
        }
        var pending = new PendingEvent(subscription, event, event.bytes());
        subscription.replaceable = pending;
        (nowNanos - throttledUntil < 0 ? throttled : ready).add(pending);
        bytes += event.bytes();
    }

    private void dropAll(long nowNanos) {
        Consumer<PendingEvent> lose = lost -> {
            ClientSubscription subscription = lost.subscription;
            subscription.replaceable = null;
            subscription.toldStatus = null;
            boolean missed = lost.event.counts() && (lost.event.name().isData() || lost.event.name() == EventName.GAP);
            if (missed && subscription.state != State.WAITING && subscription.lostFrom == null) {
                subscription.lostFrom = lost.event.at();
                unannounced++;
            }
            subscription.resumed = false;
            if (subscription.state == State.LIVE) {
                makeDue(subscription);
            }
        };
        ready.forEach(lose);
        throttled.forEach(lose);
        ready.clear();
        throttled.clear();
        bytes = 0;
        counted = 0;
        unordered = 0;
        overflows.add(nowNanos);
        while (nowNanos - overflows.getFirst() > OVERFLOW_WINDOW.toNanos()) {
            overflows.removeFirst();
        }
    }

    /** Whether everything was dropped so often of late that the client is too slow. */
    boolean isTooSlow() {
        return overflows.size() >= MAX_OVERFLOWS;
    }

    /** Moves the next events to {@code to}, at most {@code most}. */
    void take(List<Delivery> to, int most, long nowNanos) {
        if (nowNanos - throttledUntil >= 0 && !throttled.isEmpty()) {
            ready.addAll(throttled);
            throttled.clear();
        }
        while (to.size() < most && !ready.isEmpty()) {
            PendingEvent next = ready.removeFirst();
            ClientSubscription subscription = next.subscription;
            bytes -= next.bytes;
            if (unordered > 0) {
                unordered--;
            }
            if (next.event.counts()) {
                counted--;
                receivedTo(next.event.position());
            } else if (throttleNanos > 0 && nowNanos - throttledUntil >= 0) {
                throttledUntil = nowNanos + throttleNanos;
            }
            if (subscription.replaceable == next) {
                subscription.replaceable = null;
            }
            receivedAll();
            noteStatus(subscription, next.event.name(), next.event.body());
            to.add(new Delivery(next.event.name(), received, ++subscription.seq, next.event.body()));
        }
    }

    private static void noteStatus(ClientSubscription subscription, EventName name, byte[] body) {
        if (name == EventName.STATUS) {
            subscription.toldStatus = body;
        }
    }

    private void receivedTo(long position) {
        if (unordered == 0 && unannounced == 0) {
            received = Math.max(received, position);
        }
    }

    /** Moves the client's position to the end of the log if nothing that counts is outstanding. */
    private void receivedAll() {
        if (counted == 0 && due.isEmpty()) {
            receivedTo(offeredTo);
        }
    }

    /** Whether a snapshot is due now: what was added before has been taken. */
    boolean snapshotDue() {
        return ready.isEmpty() && !due.isEmpty();
    }

    /** The next subscription whose snapshot is due, which is live from now on. */
    ClientSubscription takeDue() {
        ClientSubscription next = due.removeFirst();
        next.state = State.LIVE;
        next.resumed = false;
        unannounced -= next.lostFrom == null ? 0 : 1;
        return next;
    }

    /** The delivery of an event that did not wait. */
    Delivery deliver(ClientSubscription subscription, EventName name, byte[] body) {
        receivedAll();
        noteStatus(subscription, name, body);
        return new Delivery(name, received, ++subscription.seq, body);
    }

    /** Forgets what waits for a subscription. */
    void remove(ClientSubscription subscription) {
        Consumer<PendingEvent> forget = gone -> {
            bytes -= gone.bytes;
            counted -= gone.event.counts() ? 1 : 0;
        };
        for (var queue : List.of(ready, throttled)) {
            queue.removeIf(pending -> {
                boolean own = pending.subscription == subscription;
                if (own) {
                    forget.accept(pending);
                }
                return own;
            });
        }
        unordered = Math.min(unordered, ready.size());
        if (due.remove(subscription) && subscription.lostFrom != null) {
            unannounced--;
        }
        subscription.replaceable = null;
    }

    /** Whether nothing waits, apart from what is throttled. */
    boolean isEmpty() {
        return ready.isEmpty() && due.isEmpty();
    }

    /** Whether there is something to take now. */
    boolean hasReady(long nowNanos) {
        return !ready.isEmpty() || !due.isEmpty() || (!throttled.isEmpty() && nowNanos - throttledUntil >= 0);
    }

    /** How long until what is throttled may be taken; {@code most} if that is longer or nothing is. */
    long nanosToWait(long nowNanos, long most) {
        return throttled.isEmpty() ? most : Math.min(most, Math.max(0, throttledUntil - nowNanos));
    }

    long bytes() {
        return bytes;
    }

    /** How many events a newer one replaced. */
    long conflated() {
        return conflated;
    }
}
