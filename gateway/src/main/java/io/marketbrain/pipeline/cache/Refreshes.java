package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Priority;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.BackgroundGate;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.Flights.Seat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loads in the background of what is still served: so many at a time, each admitted as work of low priority. One that may
 * not begin is put off; what it was for is served as it is meanwhile. Thread-safe.
 */
final class Refreshes {
    /** How long nobody tries again after a refresh was put off. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final CacheConfig config;
    private final Tiers tiers;
    private final Flights flights;
    private final Loads loads;
    private final BackgroundGate gate;
    private final CacheCounters counters;
    private final Ticker ticker;
    private final Semaphore atOnce;
    private final AtomicLong ids = new AtomicLong();

    Refreshes(
            CacheConfig config,
            Tiers tiers,
            Flights flights,
            Loads loads,
            BackgroundGate gate,
            CacheCounters counters,
            Ticker ticker) {
        this.config = config;
        this.tiers = tiers;
        this.flights = flights;
        this.loads = loads;
        this.gate = gate;
        this.counters = counters;
        this.ticker = ticker;
        this.atOnce = new Semaphore(config.refreshesAtOnce());
    }

    /** Refreshes those of these keys that are not being loaded already, or puts it off. Returns at once. */
    void start(List<CacheKey> keys, Call call, Loads.Fetcher fetcher) {
        List<CacheKey> idle =
                keys.stream().filter(key -> !flights.isUnderWay(key)).toList();
        if (idle.isEmpty()) {
            return;
        }
        if (!atOnce.tryAcquire()) {
            putOff(idle, Event.REFRESHES_SKIPPED);
            return;
        }
        Optional<Runnable> leave = gate.tryEnter();
        if (leave.isEmpty()) {
            atOnce.release();
            putOff(idle, Event.REFRESHES_NOT_ADMITTED);
            return;
        }
        Runnable end = () -> {
            leave.get().run();
            atOnce.release();
        };
        List<Seat> seats = idle.stream().map(flights::seat).filter(Seat::first).toList();
        if (seats.isEmpty()) {
            end.run();
            return;
        }
        seats.forEach(_ -> counters.count(Event.REFRESHES));
        loads.start(seats, true, own(call), fetcher, end);
    }

    private Call own(Call call) {
        return new Call(
                new CallId("refresh-" + ids.incrementAndGet()),
                Caller.GATEWAY,
                Priority.LOW,
                Deadline.in(config.loadTimeout(), ticker),
                call.mockWhenDown());
    }

    private void putOff(List<CacheKey> keys, Event why) {
        counters.count(why);
        long now = ticker.nanos();
        for (CacheKey key : keys) {
            Entry entry = tiers.look(key, now).entry();
            if (entry != null) {
                entry.keepQuiet(now + PAUSE.toNanos(), entry.degraded());
            }
        }
    }
}
