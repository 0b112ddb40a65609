package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.BackgroundAdmission;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.PurgeReach;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.ExpiryPolicy;
import io.marketbrain.pipeline.cache.policy.MinimumTtls;
import io.marketbrain.pipeline.cache.tier.CacheCounters;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.CacheSnapshot;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import io.marketbrain.pipeline.cache.tier.SharedKeyCodec;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The layer that answers from the cache where possible and otherwise loads each key once for all concurrent callers. Fresh entries are served; stale entries are served at once, labelled {@code stale}, while they are refreshed; older entries are served only if loading fails. A Redis failure never fails a request, and its delays are bounded. Thread-safe.
 */
public final class CacheLayer implements Layer, AutoCloseable {
    /** Joined pages of candles may take half as much as the first tier, in addition to it. */
    private static final int PAGES_PART_OF_L1 = 2;

    private final CacheConfig config;
    private final SharedTier shared;
    private final InstantSource clock;
    private final CacheCounters counters = new CacheCounters();
    private final InFlightLoads inFlight = new InFlightLoads();
    private final LocalTiers tiers;
    private final CacheLoader loads;
    private final MergedPages pages;
    private final CacheReader serving;

    /** Creates and starts a cache whose background refreshes are always admitted. */
    public CacheLayer(
            CacheConfig config,
            SharedTier shared,
            Function<ProviderId, String> variants,
            NanoClock nanoClock,
            InstantSource clock,
            RandomGenerator chance) {
        this(config, shared, variants, MinimumTtls.none(), BackgroundAdmission.OPEN, nanoClock, clock, chance);
    }

    /**
     * Creates and starts a cache.
     *
     * @param variants returns the current mode of a provider; part of every key
     * @param minimums by which providers lengthen the freshness of their data
     * @param gate admits background refreshes; while it does not, stale entries are served without a refresh
     * @param chance randomness that spreads refreshes; must be thread-safe
     */
    public CacheLayer(
            CacheConfig config,
            SharedTier shared,
            Function<ProviderId, String> variants,
            MinimumTtls minimums,
            BackgroundAdmission gate,
            NanoClock nanoClock,
            InstantSource clock,
            RandomGenerator chance) {
        this.config = config;
        this.shared = shared;
        this.clock = clock;
        this.tiers = new LocalTiers(config, shared, nanoClock);
        this.pages = new MergedPages(config.l1MaxBytes() / PAGES_PART_OF_L1, config.l1Ttl(), nanoClock);
        var expiries = new ExpiryPolicy(config, minimums);
        this.loads = new CacheLoader(config, expiries, tiers, inFlight, shared, counters, nanoClock, clock, chance);
        var refreshes = new BackgroundRefresher(config, tiers, inFlight, loads, gate, counters, nanoClock);
        this.serving = new CacheReader(config, variants, tiers, inFlight, loads, refreshes, counters, nanoClock);
        shared.start(new TierListener());
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        var whole = new ResponseCache(serving, next);
        var ranges = new CandleRangeCache(serving, config, next, whole::fetch, pages, clock);
        return (query, call) ->
                query instanceof CandlesQuery candles ? ranges.fetch(candles, call) : whole.fetch(query, call);
    }

    /** Purges all entries of an instrument, here and in every gateway that shares the Redis. Waits for the others, but no longer than a request may spend on Redis. */
    public PurgeReach purge(ProviderId provider, Instrument instrument) {
        counters.count(Event.PURGES);
        var reach = purge(SharedKeyCodec.scope(provider, instrument.unified()));
        if (!provider.equals(ProviderId.AUTO)) {
            // Entries of the automatic choice may hold this provider's answer.
            var automatic = purge(SharedKeyCodec.scope(ProviderId.AUTO, instrument.unified()));
            reach = reach.thenCombine(automatic, PurgeReach::and);
        }
        return within(reach, config.shared().budget().multipliedBy(2));
    }

    /** The reach of a purge, which the tier itself reports in time; nobody waits longer even if it does not. */
    private static PurgeReach within(CompletableFuture<PurgeReach> reach, Duration longest) {
        try {
            return reach.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PurgeReach.PENDING;
        } catch (TimeoutException | ExecutionException e) {
            return PurgeReach.PENDING;
        }
    }

    private CompletableFuture<PurgeReach> purge(Scope scope) {
        // The order matters: a load that starts between the two steps finds nothing old in the shared tier, and one
        // that started earlier is invalidated by the second step.
        var reach = shared.purge(scope, config.shared().budget());
        forget(scope);
        return reach;
    }

    /** The current state and counters of the cache. */
    public CacheSnapshot snapshot() {
        loads.cancelOverdue();
        return CacheSnapshot.of(counters, tiers, shared, inFlight.size(), pages.bytes());
    }

    @Override
    public String state() {
        return shared.state().wire();
    }

    @Override
    public Map<String, Long> counters() {
        return snapshot().counters();
    }

    @Override
    public void close() {
        shared.close();
    }

    private void forget(Scope scope) {
        var about = (Predicate<CacheKey>)
                key -> SharedKeyCodec.scope(key.query().provider(), key.query().subject())
                        .equals(scope);
        inFlight.invalidate(about);
        tiers.purge(about);
    }

    /** Applies the notifications of the shared tier. */
    private final class TierListener implements SharedTier.Listener {
        @Override
        public void purged(Scope scope) {
            forget(scope);
        }

        @Override
        public void ready(SharedTier.ValueKey key) {}

        @Override
        public void messagesMissed() {
            tiers.markAllSuspect();
        }

        @Override
        public void changed(State from, State to) {
            if (to == State.UP) {
                tiers.clearFallback();
            }
        }
    }
}
