package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.BackgroundGate;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.SharedTier.Scope;
import io.marketbrain.pipeline.cache.SharedTier.State;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The layer that answers without asking a provider whenever it can, and asks once for all who want the same. What is
 * fresh is served; what is stale is served at once, labelled, while it is refreshed; what is older serves when nothing
 * newer can be had. Never fails or waits because Redis does. Thread-safe.
 */
public final class CacheLayer implements Layer, AutoCloseable {
    private final CacheConfig config;
    private final SharedTier shared;
    private final Ticker ticker;
    private final InstantSource clock;
    private final CacheCounters counters = new CacheCounters();
    private final Flights flights = new Flights();
    private final Tiers tiers;
    private final Serving serving;

    /** A cache, started, whose refreshes may begin at any time. */
    public CacheLayer(
            CacheConfig config,
            SharedTier shared,
            Function<ProviderId, String> variants,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator chance) {
        this(config, shared, variants, BackgroundGate.OPEN, ticker, clock, chance);
    }

    /**
     * A cache, started.
     *
     * @param variants the mode in which a provider answers now; a part of every key
     * @param gate says whether a refresh may begin now; where it may not, what is stale is served on
     * @param chance spreads refreshes; thread-safe
     */
    public CacheLayer(
            CacheConfig config,
            SharedTier shared,
            Function<ProviderId, String> variants,
            BackgroundGate gate,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator chance) {
        this.config = config;
        this.shared = shared;
        this.ticker = ticker;
        this.clock = clock;
        this.tiers = new Tiers(config, shared, ticker);
        var loads = new Loads(config, tiers, flights, shared, counters, ticker, clock, chance);
        var refreshes = new Refreshes(config, tiers, flights, loads, gate, counters, ticker);
        this.serving = new Serving(config, variants, tiers, flights, loads, refreshes, counters, ticker);
        shared.start(new News());
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        var pages = new JoinedPages(config.l1MaxBytes() / 4, config.l1Ttl(), ticker);
        var whole = new WholeAnswers(serving, next);
        var ranges = new CandleRanges(serving, config, next, whole::fetch, pages, clock);
        return (query, call) ->
                query instanceof CandlesQuery candles ? ranges.fetch(candles, call) : whole.fetch(query, call);
    }

    /** Makes all about an instrument unreadable, here and in every gateway that shares the Redis. */
    public void purge(ProviderId provider, Instrument instrument) {
        counters.count(Event.PURGES);
        purge(KeyNames.scope(provider, instrument.unified()));
        if (!provider.equals(ProviderId.AUTO)) {
            // Whoever asked for any provider may have been given this one's answer.
            purge(KeyNames.scope(ProviderId.AUTO, instrument.unified()));
        }
    }

    private void purge(Scope scope) {
        // In this order: a load that begins between the two finds nothing old there, one that began before is
        // overtaken.
        shared.purge(scope);
        forget(scope);
    }

    /** What the cache does and did, at this moment. */
    public CacheSnapshot snapshot() {
        return CacheSnapshot.of(counters, tiers, shared, flights.size());
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
        var about = (Predicate<CacheKey>) key ->
                KeyNames.scope(key.query().provider(), key.query().subject()).equals(scope);
        flights.overtake(about);
        tiers.purge(about);
    }

    /** What the shared tier tells. */
    private final class News implements SharedTier.Listener {
        @Override
        public void purged(Scope scope) {
            forget(scope);
        }

        @Override
        public void ready(SharedTier.ValueKey key) {}

        @Override
        public void missedNews() {
            tiers.doubtAll();
        }

        @Override
        public void changed(State from, State to) {
            if (to == State.UP) {
                tiers.clearFallback();
            }
        }
    }
}
