package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.concurrent.BackgroundLoop.Kind;
import io.marketbrain.concurrent.FailureLog;
import io.marketbrain.model.NanoClock;
import io.marketbrain.store.redis.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The threads of a shared feed while anything of it is wanted: one renews the lease, one publishes or reads events, one, which does
 * no I/O, notices what takes too long. Thread-safe.
 */
final class RelayLoops {
    private static final Duration WATCH = Duration.ofMillis(100);
    /** How long the reader waits for an event before it looks at its role again. */
    private static final Duration READ_WAIT = Duration.ofMillis(200);
    /** Nothing to do until woken. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final String name;
    private final RelaySession session;
    private final RelayConfig config;
    private final NanoClock nanoClock;
    private final RelayLink control;
    private final RelayLink events;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final FailureLog failureLog;
    private final Runnable ended;
    private final BackgroundLoop leaseLoop;
    private final BackgroundLoop eventLoop;
    private final BackgroundLoop watchLoop;
    private int failures;
    private int eventFailures;
    private long idleSince;
    private boolean idle;
    private volatile boolean closing;

    // Of the reader.
    private String position = EntryId.FIRST;
    private long epoch = -1;
    private boolean connected;

    /** @param ended called when nothing is wanted any more and the threads end */
    RelayLoops(
            String name,
            RelaySession session,
            RelayConfig config,
            RelayLink control,
            RelayLink events,
            Backoff backoff,
            NanoClock nanoClock,
            RandomGenerator random,
            Runnable ended) {
        this.name = name;
        this.session = session;
        this.config = config;
        this.control = control;
        this.events = events;
        this.backoff = backoff;
        this.nanoClock = nanoClock;
        this.random = random;
        this.ended = ended;
        this.failureLog = new FailureLog(System.getLogger(RelayLoops.class.getName()), name, nanoClock);
        this.leaseLoop = new BackgroundLoop("relay-lease", Kind.VIRTUAL, nanoClock, this::renew);
        this.eventLoop = new BackgroundLoop("relay-events", Kind.VIRTUAL, nanoClock, this::exchange);
        this.watchLoop = new BackgroundLoop("relay-watch", Kind.VIRTUAL, nanoClock, this::watch);
    }

    void start() {
        leaseLoop.start();
        eventLoop.start();
        watchLoop.start();
    }

    /** What is wanted has changed. */
    void wake() {
        leaseLoop.wake();
    }

    /** Something waits to be published. */
    void wakePublisher() {
        eventLoop.wake();
    }

    /** Lets the lease be given back, without waiting for it. */
    void leaveNow() {
        closing = true;
        leaseLoop.wake();
    }

    /** Gives back the lease if Redis takes it within {@code wait}, and ends the threads. */
    void close(Duration wait) {
        leaveNow();
        try {
            var _ = leaseLoop.awaitEnd(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
        leaseLoop.stopNow();
    }

    private void stop() {
        eventLoop.stopNow();
        watchLoop.stopNow();
        events.abort();
        control.abort();
    }

    private Duration renew() {
        if (closing || isIdle()) {
            leave();
            return BackgroundLoop.END;
        }
        RelayRole before = session.role();
        try {
            LeaseRequest request = session.request();
            LeaseReply reply = control.renew(request)
                    .orElseThrow(() -> new IllegalStateException("Redis returned what the script does not return"));
            session.replied(request, reply, nanoClock.nanos());
            failures = 0;
            if (session.role() != before) {
                eventLoop.wake();
            }
            boolean forgotten = !reply.known() && request.list().isEmpty();
            return forgotten && request.wantsLease() ? Duration.ZERO : config.renewal();
        } catch (RuntimeException e) {
            control.abort();
            session.unreachable();
            if (failures == 0) {
                failureLog.warn(name + " cannot be shared with other gateways at present: " + e.getMessage());
            }
            return backoff.pause(++failures, random);
        }
    }

    /** Whether nothing has been wanted for the time of a lease. */
    private boolean isIdle() {
        long now = nanoClock.nanos();
        if (!session.idle()) {
            idle = false;
        } else if (!idle) {
            idle = true;
            idleSince = now;
        }
        return idle && now - idleSince > config.lease().toNanos();
    }

    private void leave() {
        try {
            control.leave();
        } catch (RuntimeException e) {
            // Then the lease expires.
        } finally {
            stop();
            ended.run();
        }
    }

    private Duration exchange() {
        try {
            Duration pause = switch (session.role()) {
                case HOLDER -> publish();
                case FOLLOWER -> read();
                case UNDECIDED, ALONE -> {
                    disconnect();
                    yield IDLE;
                }
            };
            eventFailures = 0;
            return pause;
        } catch (RuntimeException e) {
            disconnect();
            return closing ? BackgroundLoop.END : BackgroundLoop.MIN_PAUSE.multipliedBy(Math.min(++eventFailures, 50));
        }
    }

    private void disconnect() {
        events.abort();
        connected = false;
    }

    private Duration publish() {
        PublishQueue.Batch batch = session.queue.next();
        if (batch.messages().isEmpty()) {
            return IDLE;
        }
        if (!events.publish(batch)) {
            session.fenced(batch.token());
            leaseLoop.wake();
            return config.renewal();
        }
        session.queue.published(batch);
        session.counters.published.add(batch.messages().size());
        return Duration.ZERO;
    }

    private Duration read() {
        long wanted = session.readerEpoch();
        if (wanted != epoch || !connected) {
            String newest = events.newest();
            // A Redis that was restarted without its data may number its entries from an earlier time.
            if (wanted != epoch || EntryId.isAfter(position, newest)) {
                position = newest;
            }
            epoch = wanted;
            connected = true;
            session.positioned(wanted);
            leaseLoop.wake();
        }
        boolean ask = false;
        List<RelayLink.Entry> entries = events.read(position, READ_WAIT);
        for (RelayLink.Entry entry : entries) {
            position = entry.id();
            ask |= session.received(entry.message(), nanoClock.nanos());
        }
        if (ask) {
            leaseLoop.wake();
        }
        return Duration.ZERO;
    }

    private Duration watch() {
        long now = nanoClock.nanos();
        control.abortIfOverdue(now);
        events.abortIfOverdue(now);
        session.watch(now);
        return WATCH;
    }
}
