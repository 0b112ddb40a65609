package io.marketbrain.api.time;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.pipeline.stream.AdjustableClock;
import io.marketbrain.pipeline.stream.EventSink;
import io.marketbrain.pipeline.stream.MarketEventSource;
import io.marketbrain.pipeline.stream.SteppedSource;
import io.marketbrain.stream.ClientEnd;
import io.marketbrain.stream.StreamHub;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The events of one client of the time machine. The next events are made when the client has taken the earlier ones, so that none
 * is replaced by a newer one however slowly it reads. Thread-safe.
 */
final class SimulatedStream implements MarketEventSource {
    /** A longer way is not played step by step: each channel has one event, after a gap where others are missing. */
    static final int MOST_STEPS = 15_000;

    private static final long LOOK_NANOS = 50_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);

    private final SteppedSource source;
    private final AdjustableClock clock;
    private final Supplier<Instant> present;
    private final Openings openings;
    private final StreamHub hub;
    private final ReentrantLock playing = new ReentrantLock();

    /** Is told when a channel opens and when the last one has closed. */
    interface Openings {
        void opened(SimulatedStream stream);

        void closed(SimulatedStream stream);
    }

    /**
     * @param present the simulated time that is now for the client
     * @param hubs makes the hub of the client, whose source this is
     */
    SimulatedStream(
            SteppedSource source,
            AdjustableClock clock,
            Supplier<Instant> present,
            Openings openings,
            Function<MarketEventSource, StreamHub> hubs) {
        this.source = source;
        this.clock = clock;
        this.present = present;
        this.openings = openings;
        this.hub = hubs.apply(this);
    }

    StreamHub hub() {
        return hub;
    }

    @Override
    public Subscription subscribe(Channel channel, EventSink sink) {
        if (!source.isOpen()) {
            clock.set(present.get());
        }
        Subscription subscription = source.subscribe(channel, sink);
        openings.opened(this);
        return () -> {
            subscription.close();
            if (!source.isOpen()) {
                openings.closed(this);
            }
        };
    }

    /** Sends the events up to an instant, and at last what each channel is like then. Waits for the client to take them. */
    void playTo(Instant to) {
        playing.lock();
        try {
            if (to.isBefore(clock.instant())) {
                hub.endClients(ClientEnd.CLOCK_SET_BACK);
                return;
            }
            play(to);
            source.skip(to);
            awaitTaken();
        } finally {
            playing.unlock();
        }
    }

    /** Sends the events of a time that runs by itself up to now; returns the pause until the next ones. */
    Duration playOn(BigDecimal speed) {
        if (!source.isOpen()) {
            return BackgroundLoop.END;
        }
        Instant now = present.get();
        play(now);
        Optional<Instant> due = source.findDue();
        if (due.isEmpty()) {
            return LONGEST_PAUSE;
        }
        Duration wait = Duration.ofMillis(
                BigDecimal.valueOf(Duration.between(now, due.get()).toMillis())
                        .divide(speed, 0, RoundingMode.CEILING)
                        .min(BigDecimal.valueOf(LONGEST_PAUSE.toMillis()))
                        .longValue());
        return wait.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wait;
    }

    private void play(Instant to) {
        awaitTaken(); // what a channel began with, so that no step replaces it
        if (source.steps(to) > MOST_STEPS) {
            source.skip(to);
        }
        while (source.step(to)) {
            awaitTaken();
        }
    }

    private void awaitTaken() {
        while (source.isOpen() && !hub.isDrained()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
