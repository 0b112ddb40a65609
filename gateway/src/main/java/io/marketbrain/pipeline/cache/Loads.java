package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.Flights.LoadTicket;
import io.marketbrain.pipeline.cache.Load.PendingFetch;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Loads missing keys from the shared tier or else from the provider, caches them and completes the waiting callers. Each load runs on its own virtual thread with its own deadline, so that a cancelled caller does not cancel it. Thread-safe.
 */
final class Loads {
    private static final System.Logger LOG = System.getLogger(Loads.class.getName());

    private final CacheConfig config;
    private final Tiers tiers;
    private final Flights flights;
    private final SharedTier shared;
    private final CacheCounters counters;
    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final LifePolicy lifePolicy;
    private final RefusalPolicy refusals;
    private final SharedValues values;
    private final SharedLoads sharedLoads;

    Loads(
            CacheConfig config,
            Tiers tiers,
            Flights flights,
            SharedTier shared,
            CacheCounters counters,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator chance) {
        this.config = config;
        this.tiers = tiers;
        this.flights = flights;
        this.shared = shared;
        this.counters = counters;
        this.ticker = ticker;
        this.clock = clock;
        this.chance = chance;
        this.lifePolicy = new LifePolicy(config);
        this.refusals = new RefusalPolicy(config.refusals());
        this.values = new SharedValues(lifePolicy, counters, ticker, clock, chance);
        this.sharedLoads = new SharedLoads(config, tiers, shared, values, counters, ticker);
    }

    /** Calls the provider; must return an outcome for every key. */
    @FunctionalInterface
    interface Fetcher {
        Map<CacheKey, Outcome<Answer>> fetch(List<CacheKey> keys, Call call);
    }

    /**
     * Loads the keys of these tickets, all of them leaders. Does not block.
     *
     * @param background whether this is a refresh, whose caller has already been served
     */
    void start(List<LoadTicket> tickets, boolean background, Call call, Fetcher fetcher, Runnable atEnd) {
        var load = new Load(tiers, flights, tickets, background, call, fetcher);
        CurrentCall.startThread("cache-load", call.id(), () -> {
            try {
                run(load);
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "a cache load failed because of a bug", bug);
            } finally {
                for (LoadTicket ticket : load.open()) {
                    load.finish(ticket, new Landing.Failed(new Failure.Bug(call.id())));
                }
                atEnd.run();
            }
        });
    }

    private void run(Load load) {
        load.open().forEach(ticket -> finishIfCached(load, ticket));
        SharedLoads.Remaining remaining = sharedLoads.read(load);
        fetch(load, remaining.toFetch());
        if (!remaining.loadingElsewhere().isEmpty()) {
            fetch(load, sharedLoads.awaitOthers(load, remaining));
        }
    }

    /** Another load may have completed between the failed lookup and joining this one. */
    private void finishIfCached(Load load, LoadTicket ticket) {
        Tiers.Lookup lookup = tiers.lookup(ticket.key(), ticker.nanos());
        if (lookup.entry() != null && lookup.verdict() == Verdict.FRESH) {
            load.finish(ticket, new Landing.Loaded(lookup.entry(), lookup.tier()));
        }
    }

    private void fetch(Load load, List<PendingFetch> pending) {
        if (pending.isEmpty()) {
            return;
        }
        long requestedAt = ticker.nanos();
        Map<CacheKey, Outcome<Answer>> outcomes;
        try {
            outcomes = load.fetcher()
                    .fetch(pending.stream().map(one -> one.ticket().key()).toList(), load.call());
        } catch (RuntimeException bug) {
            pending.forEach(this::releaseLease);
            throw bug;
        }
        for (PendingFetch one : pending) {
            switch (outcomes.get(one.ticket().key())) {
                case Outcome.Success<Answer>(Answer answer) -> onAnswer(load, one, answer, requestedAt);
                case Outcome.Failed<Answer>(Failure failure) -> onFailure(load, one, failure);
                case null ->
                    throw new IllegalStateException(
                            "no outcome for " + one.ticket().key());
            }
        }
    }

    private void onAnswer(Load load, PendingFetch pending, Answer answer, long requestedAt) {
        CacheKey key = pending.ticket().key();
        int bytes = Sizes.estimate(answer.data());
        Life life = lifePolicy.life(key, answer, requestedAt, chance.nextDouble(), ticker.nanos(), clock.instant());
        Entry entry = new Entry(answer, life, bytes);
        if (bytes > config.maxValueBytes()) {
            counters.count(Event.TOO_LARGE);
            load.finish(pending.ticket(), new Landing.Loaded(entry.uncached(), Tier.ORIGIN));
            releaseLease(pending);
            return;
        }
        load.deliver(pending.ticket(), entry, Tier.ORIGIN);
        if (key.isStandIn(answer) || pending.ticket().flight().invalidated()) {
            releaseLease(pending);
        } else if (pending.lease() != null) {
            shared.store(KeyNames.name(key), pending.lease(), values.value(entry));
        } else {
            shared.store(KeyNames.name(key), values.value(entry));
        }
    }

    private void onFailure(Load load, PendingFetch pending, Failure failure) {
        CacheKey key = pending.ticket().key();
        long now = ticker.nanos();
        Tiers.Lookup lookup = tiers.lookup(key, now);
        counters.count(Event.LOADS_FAILED);
        if (load.background()) {
            counters.count(Event.REFRESHES_FAILED);
        }
        if (lookup.entry() != null) {
            Duration pause = refusals.ttl(failure, 1);
            pause = pause.compareTo(config.refreshPause()) > 0 ? pause : config.refreshPause();
            lookup.entry().pauseRefresh(now + pause.toNanos(), true);
        } else {
            int attempts = lookup.refusal() == null ? 1 : lookup.refusal().attempts() + 1;
            long ttl = refusals.ttl(failure, attempts).toNanos();
            if (ttl > 0) {
                tiers.put(key, new Refusal(failure, now + ttl, now + 2 * ttl, attempts));
            }
        }
        load.finish(pending.ticket(), new Landing.Failed(failure));
        releaseLease(pending);
    }

    private void releaseLease(PendingFetch pending) {
        if (pending.lease() != null) {
            shared.release(KeyNames.name(pending.ticket().key()), pending.lease());
        }
    }
}
