package io.marketbrain.pipeline.cache;

import io.marketbrain.concurrent.BackgroundTask;
import io.marketbrain.concurrent.TaskResult;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.LoadTask.PendingFetch;
import io.marketbrain.pipeline.cache.policy.AgeLimit;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.policy.Expiry;
import io.marketbrain.pipeline.cache.policy.ExpiryPolicy;
import io.marketbrain.pipeline.cache.policy.NegativeCachePolicy;
import io.marketbrain.pipeline.cache.policy.NegativeEntry;
import io.marketbrain.pipeline.cache.tier.CacheCounters;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.HeapSize;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import io.marketbrain.pipeline.cache.tier.SharedKeyCodec;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import io.marketbrain.pipeline.cache.tier.SharedValueCodec;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Loads missing keys from the shared tier or else from the provider, caches them and completes the waiting callers. Each load runs on its own virtual thread with its own deadline, so that a cancelled caller does not cancel it. Thread-safe.
 */
final class CacheLoader {
    private final CacheConfig config;
    private final LocalTiers tiers;
    private final InFlightLoads inFlight;
    private final SharedTier shared;
    private final CacheCounters counters;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final ExpiryPolicy lifePolicy;
    private final NegativeCachePolicy refusals;
    private final SharedValueCodec values;
    private final SharedLoader sharedLoads;
    private final TaskRunner threads;
    private final OverdueLoads overdue;

    CacheLoader(
            CacheConfig config,
            ExpiryPolicy lifePolicy,
            LocalTiers tiers,
            InFlightLoads inFlight,
            SharedTier shared,
            CacheCounters counters,
            NanoClock nanoClock,
            InstantSource clock,
            RandomGenerator chance) {
        this.config = config;
        this.tiers = tiers;
        this.inFlight = inFlight;
        this.shared = shared;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.chance = chance;
        this.lifePolicy = lifePolicy;
        this.refusals = new NegativeCachePolicy(config.refusals());
        this.values = new SharedValueCodec(lifePolicy, counters, nanoClock, clock, chance);
        this.sharedLoads = new SharedLoader(config, tiers, shared, values, counters, nanoClock);
        this.threads = new TaskRunner("cache-load", nanoClock);
        this.overdue = new OverdueLoads(nanoClock);
    }

    /** Calls the provider; must return an outcome for every key. */
    @FunctionalInterface
    interface Fetcher {
        Map<CacheKey, Outcome<QueryResult>> fetch(List<CacheKey> keys, Call call);
    }

    /**
     * Loads the keys of these tickets, all of them leaders. Does not block. Every ticket is finished and {@code atEnd} run
     * exactly once, whatever the load throws, and soon after the call's deadline even if the load has not ended then.
     *
     * @param background whether this is a refresh, whose caller has already been served
     * @param limit which present answers make the load unnecessary
     */
    void start(
            List<LoadTicket> tickets, boolean background, AgeLimit limit, Call call, Fetcher fetcher, Runnable atEnd) {
        var load = new LoadTask(tiers, inFlight, tickets, background, limit, call, fetcher);
        BackgroundTask<?> task = CurrentCall.start(threads, call.id(), () -> run(load), result -> {
            try {
                load.fail(unfinished(result, call));
            } finally {
                atEnd.run();
            }
        });
        overdue.add(task, call.deadline());
    }

    /** The failure of the tickets that are open at the end of a load. */
    private static Failure unfinished(TaskResult<?> result, Call call) {
        return result instanceof TaskResult.Cancelled<?>
                ? new Failure.DeadlinePassed("the data was not loaded within the time that a load may take")
                : new Failure.Bug(call.id());
    }

    /** Cancels the loads that have not ended in time. Called before a load is joined and when loads are counted. */
    void cancelOverdue() {
        overdue.cancelAll();
    }

    /** Reads a key from the shared tier, without loading it; empty if it is not there. Waits for the tier, in its bounds. */
    Optional<CacheEntry> findShared(CacheKey key) {
        return sharedLoads.find(key);
    }

    private boolean run(LoadTask load) {
        load.open().forEach(ticket -> finishIfCached(load, ticket));
        SharedLoader.Remaining remaining = sharedLoads.read(load);
        fetch(load, remaining.toFetch());
        if (!remaining.loadingElsewhere().isEmpty()) {
            fetch(load, sharedLoads.awaitOthers(load, remaining));
        }
        return load.open().isEmpty();
    }

    /** Another load may have completed between the failed lookup and joining this one. */
    private void finishIfCached(LoadTask load, LoadTicket ticket) {
        LocalTiers.Lookup lookup = tiers.lookup(ticket.key(), nanoClock.nanos());
        CacheEntry entry = lookup.entry();
        if (entry != null && lookup.verdict() == Verdict.FRESH && load.limit().accepts(entry)) {
            load.finish(ticket, new LoadResult.Loaded(entry, lookup.tier()));
        }
    }

    private void fetch(LoadTask load, List<PendingFetch> pending) {
        if (pending.isEmpty()) {
            return;
        }
        long requestedAt = nanoClock.nanos();
        Map<CacheKey, Outcome<QueryResult>> outcomes;
        try {
            outcomes = load.fetcher()
                    .fetch(pending.stream().map(one -> one.ticket().key()).toList(), load.call());
        } catch (Throwable bug) {
            pending.forEach(this::releaseLease);
            throw bug;
        }
        for (PendingFetch one : pending) {
            switch (outcomes.get(one.ticket().key())) {
                case Outcome.Success<QueryResult>(QueryResult answer) -> onAnswer(load, one, answer, requestedAt);
                case Outcome.Failed<QueryResult>(Failure failure) -> onFailure(load, one, failure);
                case null ->
                    throw new IllegalStateException(
                            "no outcome for " + one.ticket().key());
            }
        }
    }

    private void onAnswer(LoadTask load, PendingFetch pending, QueryResult answer, long requestedAt) {
        CacheKey key = pending.ticket().key();
        int bytes = HeapSize.estimate(answer.data());
        Expiry expiry =
                lifePolicy.expiry(key, answer, requestedAt, chance.nextDouble(), nanoClock.nanos(), clock.instant());
        OptionalLong outdatedAfter =
                lifePolicy.outdatedAfter(key, answer, requestedAt, nanoClock.nanos(), clock.instant());
        CacheEntry entry = new CacheEntry(answer, expiry, outdatedAfter, bytes);
        if (bytes > config.maxValueBytes()) {
            counters.count(Event.TOO_LARGE);
            load.finish(pending.ticket(), new LoadResult.Loaded(entry.uncached(), Tier.ORIGIN));
            releaseLease(pending);
            return;
        }
        load.deliver(pending.ticket(), entry, Tier.ORIGIN);
        if (key.isStandIn(answer) || pending.ticket().flight().invalidated()) {
            releaseLease(pending);
        } else if (pending.lease() != null) {
            shared.store(SharedKeyCodec.name(key), pending.lease(), values.value(key, entry));
        } else if (shared.state() != SharedTier.State.OFF) {
            shared.store(SharedKeyCodec.name(key), values.value(key, entry));
        }
    }

    private void onFailure(LoadTask load, PendingFetch pending, Failure failure) {
        CacheKey key = pending.ticket().key();
        long now = nanoClock.nanos();
        LocalTiers.Lookup lookup = tiers.lookup(key, now);
        counters.count(Event.LOADS_FAILED);
        if (load.background()) {
            counters.count(Event.REFRESHES_FAILED);
        }
        if (lookup.entry() != null) {
            Duration pause = refusals.ttl(failure, 1);
            pause = pause.compareTo(config.refreshPause()) > 0 ? pause : config.refreshPause();
            lookup.entry().pauseRefresh(now + pause.toNanos(), true);
        } else {
            int attempts = lookup.negative() == null ? 1 : lookup.negative().attempts() + 1;
            long ttl = refusals.ttl(failure, attempts).toNanos();
            if (ttl > 0) {
                tiers.put(
                        key, new NegativeEntry(NegativeCachePolicy.kept(failure), now + ttl, now + 2 * ttl, attempts));
            }
        }
        load.finish(pending.ticket(), new LoadResult.Failed(failure));
        releaseLease(pending);
    }

    private void releaseLease(PendingFetch pending) {
        if (pending.lease() != null) {
            shared.release(SharedKeyCodec.name(pending.ticket().key()), pending.lease());
        }
    }
}
