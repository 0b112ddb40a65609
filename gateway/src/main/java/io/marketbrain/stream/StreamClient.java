package io.marketbrain.stream;

import io.marketbrain.model.Failure;
import io.marketbrain.model.stream.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client of the streams: its subscriptions and what waits for it. Publishing to it never blocks; one thread at a time
 * takes the events and writes them. Thread-safe. The lock of the hub is taken before that of a client, never after it.
 */
public final class StreamClient implements AutoCloseable {
    /** How many events are taken at once at most. */
    static final int BATCH = 256;

    /** How many snapshots are made under one lock. */
    static final int SNAPSHOTS = 16;

    /** A client that reads nothing for so long although something waits is too slow. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final StreamHub hub;
    private final BooleanSupplier admitted;
    private final ClientQueue queue;

    /** A list, because there may be a hundred thousand of them in the process and each client has few. */
    private final List<ClientSubscription> subscriptions = new ArrayList<>();

    /** Whether the client's thread has begun to take events. */
    private boolean served;

    /** Since when something waits that could be taken. */
    private long waitingSinceNanos;

    private volatile @Nullable Thread sleeper;
    private volatile @Nullable Runnable onWake;
    private volatile @Nullable ClientEnd end;

    /** @param admitted whether the client may still listen */
    StreamClient(StreamHub hub, Duration throttle, BooleanSupplier admitted, long nowNanos, long received) {
        this.hub = hub;
        this.admitted = admitted;
        this.waitingSinceNanos = nowNanos;
        this.queue = new ClientQueue(hub.config().maxWaiting(), throttle, nowNanos, received);
    }

    /**
     * Listens to channels; those that it listens to already stay as they are. Each begins with a snapshot, unless it is resumed.
     *
     * @param from the last event that the client has, where it resumes
     * @return why nothing was subscribed to; empty if everything was
     */
    public Optional<Failure> subscribe(List<Channel> channels, Optional<EventId> from) {
        return hub.subscribe(this, channels, from);
    }

    /** Ends listening to channels; returns those that it listened to. */
    public List<Channel> unsubscribe(List<Channel> channels) {
        return hub.unsubscribe(this, channels);
    }

    public synchronized List<Channel> channels() {
        return subscriptions.stream().map(one -> one.channel.channel).toList();
    }

    /** The events that wait now, in order; never blocks. May be empty although more waits. */
    public List<Delivery> poll() {
        return poll(BATCH);
    }

    /** Like {@link #poll()}, but no more than so many events, except that each snapshot brings what belongs to it. */
    public List<Delivery> poll(int most) {
        List<Delivery> taken = new ArrayList<>();
        boolean snapshots;
        synchronized (this) {
            long now = hub.nanos();
            queue.take(taken, most, now);
            snapshots = queue.snapshotDue();
            served = true;
            waitingSinceNanos = now;
        }
        if (snapshots) {
            hub.takeSnapshots(this, taken, Math.min(most, SNAPSHOTS));
        }
        hub.delivered(taken.size());
        return taken;
    }

    /** {@link #await Waits} for events and takes them; empty if there are none in time. */
    public List<Delivery> take(Duration atMost) {
        await(atMost);
        return poll();
    }

    /**
     * Waits until there are events to take, the stream has ended, the time is over, or the thread is interrupted. Must be called by
     * one thread only.
     */
    public void await(Duration atMost) {
        long until = hub.nanos() + atMost.toNanos();
        while (end == null && !Thread.currentThread().isInterrupted()) {
            sleeper = Thread.currentThread();
            long wait = nanosToWait(until);
            if (wait > 0 && end == null) {
                LockSupport.parkNanos(this, wait);
            }
            sleeper = null;
            if (wait <= 0) {
                return;
            }
        }
    }

    private synchronized long nanosToWait(long until) {
        long now = hub.nanos();
        served = true;
        return queue.hasReady(now) ? 0 : queue.nanosToWait(now, until - now);
    }

    /** For a client without a thread: has {@code wake} called whenever there may be events, or an end. It must not block. */
    public void onWake(Runnable wake) {
        onWake = wake;
        wake.run();
    }

    /** How long until there are events to take, if nothing new comes; zero if there are some now or the stream has ended. */
    public Duration untilReady(Duration atMost) {
        return end == null ? Duration.ofNanos(Math.max(0, nanosToWait(hub.nanos() + atMost.toNanos()))) : Duration.ZERO;
    }

    /** Why the gateway has ended the stream; empty while it runs. */
    public Optional<ClientEnd> findEnd() {
        return Optional.ofNullable(end);
    }

    /** The epoch of the ids of events. */
    public String epoch() {
        return hub.epoch();
    }

    /** The id of an event that was taken. */
    public EventId id(Delivery delivery) {
        return new EventId(hub.epoch(), delivery.position());
    }

    /** Ends the stream and all subscriptions. May be called more than once. */
    @Override
    public void close() {
        end(ClientEnd.LEFT);
        hub.remove(this);
    }

    /** Ends the stream for a reason, which its own thread then notices. Does not block. */
    public void end(ClientEnd reason) {
        synchronized (this) {
            if (end == null) {
                end = reason;
            }
        }
        wake();
    }

    boolean isAdmitted() {
        return admitted.getAsBoolean();
    }

    /** Whether something has waited for too long. Asked every second. */
    synchronized boolean isSilent(long nowNanos) {
        if (served && !queue.hasReady(nowNanos)) {
            waitingSinceNanos = nowNanos;
        }
        return nowNanos - waitingSinceNanos > MAX_SILENCE.toNanos();
    }

    /** Adds an event; called under the lock of the hub. */
    void offer(ClientSubscription subscription, SharedEvent event, long nowNanos) {
        synchronized (this) {
            if (end != null || subscription.ended) {
                return;
            }
            if (!queue.add(subscription, event, nowNanos)) {
                hub.overflowed();
                if (queue.isTooSlow()) {
                    end = ClientEnd.SLOW;
                    hub.tooSlow();
                }
            }
        }
        wake();
    }

    /** Wakes the client's thread if it sleeps, or whoever serves the client. */
    private void wake() {
        Runnable told = onWake;
        if (told != null) {
            told.run();
        }
        Thread asleep = sleeper;
        if (asleep != null) {
            sleeper = null;
            LockSupport.unpark(asleep);
        }
    }

    synchronized Optional<ClientSubscription> find(Channel channel) {
        return subscriptions.stream()
                .filter(one -> one.channel.channel.equals(channel))
                .findFirst();
    }

    synchronized int count() {
        return subscriptions.size();
    }

    /** Whether nothing waits that could be taken, or nobody will take it. */
    synchronized boolean isDrained() {
        return end != null || queue.isEmpty();
    }

    synchronized long waitingBytes() {
        return queue.bytes();
    }

    synchronized long conflated() {
        return queue.conflated();
    }

    /** Adds a subscription that begins with a snapshot as soon as there is data; called under the lock of the hub. */
    synchronized ClientSubscription add(RunningChannel channel, boolean resync) {
        var added = new ClientSubscription(this, channel);
        subscriptions.stream().filter(added::isSameInstrument).findFirst().ifPresent(added::joinRing);
        added.resync = resync;
        subscriptions.add(added);
        return added;
    }

    /** Starts a subscription: with a snapshot if there is data, otherwise with what the source says about itself. */
    void start(ClientSubscription subscription, Optional<SharedEvent> status, long nowNanos) {
        synchronized (this) {
            if (subscription.channel.hasState()) {
                queue.makeDue(subscription);
            } else {
                status.ifPresent(event -> queue.add(subscription, event, nowNanos));
            }
        }
        wake();
    }

    /** Continues subscriptions after an interruption with the events in between. */
    void replay(List<ReplayLog.Entry> missed, long from, long offered) {
        synchronized (this) {
            Map<Channel, ClientSubscription> owners = HashMap.newHashMap(subscriptions.size());
            subscriptions.forEach(one -> owners.put(one.channel.channel, one));
            queue.addReplayed(missed, owners, from, offered);
        }
        wake();
    }

    synchronized void remove(ClientSubscription subscription) {
        subscription.ended = true;
        queue.remove(subscription);
        subscriptions.remove(subscription);
        subscription.leaveRing();
    }

    /** Makes the snapshots that are due; called under the lock of the hub. */
    synchronized void takeSnapshots(List<Delivery> to, int most, EventRenderer renderer, Instant now) {
        for (int i = 0; i < most && queue.snapshotDue(); i++) {
            ClientSubscription due = queue.takeDue();
            RunningChannel channel = due.channel;
            if (due.resync) {
                due.resync = false;
                to.add(queue.deliver(due, EventName.RESYNC, renderer.resync(channel.channel)));
            }
            Instant lost = due.lostFrom;
            if (lost != null) {
                due.lostFrom = null;
                to.add(queue.deliver(due, EventName.GAP, hub.gapBody(channel, lost, now)));
            }
            to.add(queue.deliver(due, EventName.SNAPSHOT, channel.stateBody(renderer)));
            byte[] status = channel.statusBody();
            if (status != null && !Arrays.equals(status, due.toldStatus)) {
                to.add(queue.deliver(due, EventName.STATUS, status));
            }
        }
    }
}
