package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Priority;
import io.marketbrain.pipeline.BackgroundAdmission;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.policy.AgeLimit;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.tier.CacheCounters;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs background refreshes, a limited number at a time, each admitted as low-priority work. A refresh that is not admitted is postponed, and the present entry is served meanwhile. Thread-safe.
 */
final class BackgroundRefresher {
    /** How long a postponed refresh is not tried again. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final CacheConfig config;
    private final LocalTiers tiers;
    private final InFlightLoads inFlight;
    private final CacheLoader loads;
    private final BackgroundAdmission gate;
    private final CacheCounters counters;
    private final NanoClock nanoClock;
    private final Semaphore atOnce;
    private final AtomicLong ids = new AtomicLong();

    BackgroundRefresher(
            CacheConfig config,
            LocalTiers tiers,
            InFlightLoads inFlight,
            CacheLoader loads,
            BackgroundAdmission gate,
            CacheCounters counters,
            NanoClock nanoClock) {
        this.config = config;
        this.tiers = tiers;
        this.inFlight = inFlight;
        this.loads = loads;
        this.gate = gate;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.atOnce = new Semaphore(config.refreshesAtOnce());
    }

    /** Refreshes the keys that are not being loaded already, or postpones the refresh. Does not block. */
    void start(List<CacheKey> keys, Call call, CacheLoader.Fetcher fetcher) {
        loads.cancelOverdue();
        List<CacheKey> idle =
                keys.stream().filter(key -> !inFlight.isInFlight(key)).toList();
        if (idle.isEmpty()) {
            return;
        }
        if (!atOnce.tryAcquire()) {
            postpone(idle, Event.REFRESHES_SKIPPED);
            return;
        }
        Optional<Runnable> permit = gate.tryEnter();
        if (permit.isEmpty()) {
            atOnce.release();
            postpone(idle, Event.REFRESHES_NOT_ADMITTED);
            return;
        }
        Runnable end = () -> {
            permit.get().run();
            atOnce.release();
        };
        List<LoadTicket> tickets =
                idle.stream().map(inFlight::join).filter(LoadTicket::leader).toList();
        if (tickets.isEmpty()) {
            end.run();
            return;
        }
        tickets.forEach(_ -> counters.count(Event.REFRESHES));
        loads.start(tickets, true, AgeLimit.NONE, refreshCall(call), fetcher, end);
    }

    private Call refreshCall(Call call) {
        return new Call(
                new CallId("refresh-" + ids.incrementAndGet()),
                Caller.GATEWAY,
                Priority.LOW,
                Deadline.in(config.loadTimeout(), nanoClock),
                call.mockChoice());
    }

    private void postpone(List<CacheKey> keys, Event why) {
        counters.count(why);
        long now = nanoClock.nanos();
        for (CacheKey key : keys) {
            CacheEntry entry = tiers.lookup(key, now).entry();
            if (entry != null) {
                entry.pauseRefresh(now + PAUSE.toNanos(), entry.degraded());
            }
        }
    }
}
