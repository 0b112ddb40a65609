package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.LoadTask.PendingFetch;
import io.marketbrain.pipeline.cache.policy.AgeLimit;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.tier.CacheCounters;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import io.marketbrain.pipeline.cache.tier.SharedKeyCodec;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import io.marketbrain.pipeline.cache.tier.SharedTier.Found;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import io.marketbrain.pipeline.cache.tier.SharedValueCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The part of a load that concerns the shared tier: takes the values it holds, waits for keys that another gateway is loading, and returns the keys still to be fetched from the provider. Thread-safe.
 */
final class SharedLoader {
    private static final Duration ANY_AGE = Duration.ofDays(3650);
    /** How long to wait past the time that the shared tier was given; it enforces that time itself. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final CacheConfig config;
    private final LocalTiers tiers;
    private final SharedTier shared;
    private final SharedValueCodec values;
    private final CacheCounters counters;
    private final NanoClock nanoClock;

    SharedLoader(
            CacheConfig config,
            LocalTiers tiers,
            SharedTier shared,
            SharedValueCodec values,
            CacheCounters counters,
            NanoClock nanoClock) {
        this.config = config;
        this.tiers = tiers;
        this.shared = shared;
        this.values = values;
        this.counters = counters;
        this.nanoClock = nanoClock;
    }

    /**
     * The keys that the shared tier did not provide.
     *
     * @param toFetch to be fetched from the provider
     * @param loadingElsewhere being loaded by another gateway
     * @param spent the time spent on the shared tier
     */
    record Remaining(List<PendingFetch> toFetch, List<LoadTicket> loadingElsewhere, Duration spent) {}

    /** Reads all unfinished keys of the load. */
    Remaining read(LoadTask load) {
        List<PendingFetch> toFetch = new ArrayList<>();
        List<LoadTicket> loadingElsewhere = new ArrayList<>();
        if (!shared.state().readable()) {
            load.open().forEach(ticket -> toFetch.add(new PendingFetch(ticket, null)));
            return new Remaining(toFetch, loadingElsewhere, Duration.ZERO);
        }
        long start = nanoClock.nanos();
        Map<LoadTicket, CompletableFuture<Found>> reads = new LinkedHashMap<>();
        for (LoadTicket ticket : load.open()) {
            Duration budget = config.shared().budget();
            Duration maxAge = maxAge(ticket.key(), load.limit());
            reads.put(ticket, shared.open(SharedKeyCodec.name(ticket.key()), maxAge, budget));
        }
        reads.forEach((ticket, future) -> {
            Duration left = config.shared().budget().minusNanos(nanoClock.nanos() - start);
            switch (await(SharedKeyCodec.name(ticket.key()), future, left)) {
                case Found.Hit(Value value) -> {
                    if (!take(load, ticket, value)) {
                        toFetch.add(new PendingFetch(ticket, null));
                    }
                }
                case Found.Leased(Lease lease, Optional<Value> stale) -> {
                    if (!publishOwn(load, ticket, lease)) {
                        toFetch.add(new PendingFetch(
                                load.background() ? ticket : deliverInterim(load, ticket, stale), lease));
                    }
                }
                case Found.LeasedElsewhere(Optional<Value> stale) -> {
                    if (load.limit().newOnly()) {
                        toFetch.add(new PendingFetch(ticket, null));
                    } else if (load.background() || !deliverStale(load, ticket, stale)) {
                        loadingElsewhere.add(ticket);
                    }
                }
                case Found.Unavailable() -> toFetch.add(new PendingFetch(ticket, null));
            }
        });
        return new Remaining(toFetch, loadingElsewhere, Duration.ofNanos(nanoClock.nanos() - start));
    }

    /** Reads a key without loading it; empty if the tier has no value for it. Waits for the tier, in its bounds. */
    Optional<CacheEntry> find(CacheKey key) {
        if (!shared.state().readable()) {
            return Optional.empty();
        }
        Duration budget = config.shared().budget();
        var name = SharedKeyCodec.name(key);
        return switch (await(name, shared.open(name, ANY_AGE, budget), budget)) {
            case Found.Hit(Value value) -> values.read(key, value);
            case Found.Leased(Lease lease, Optional<Value> stale) -> {
                shared.release(name, lease);
                yield stale.flatMap(value -> values.read(key, value));
            }
            case Found.LeasedElsewhere(Optional<Value> stale) -> stale.flatMap(value -> values.read(key, value));
            case Found.Unavailable() -> Optional.empty();
        };
    }

    /** Waits for the loads of other gateways, unless this is a refresh; returns the keys that they did not provide. */
    List<PendingFetch> awaitOthers(LoadTask load, Remaining remaining) {
        long end = nanoClock.nanos() + config.shared().announcement().toNanos();
        Duration budget = config.shared().budget().minus(remaining.spent());
        List<PendingFetch> pending = new ArrayList<>();
        for (LoadTicket ticket : remaining.loadingElsewhere()) {
            if (load.background()) {
                finishWithoutValue(load, ticket, end);
                continue;
            }
            counters.count(Event.ANNOUNCEMENT_WAITS);
            var name = SharedKeyCodec.name(ticket.key());
            Duration left = Duration.ofNanos(Math.max(0, end - nanoClock.nanos()));
            var _ = await(shared.announced(name, left), left);
            long start = nanoClock.nanos();
            Found found = budget.isPositive() && shared.state().readable()
                    ? await(name, shared.open(name, ANY_AGE, budget), budget)
                    : new Found.Unavailable();
            budget = budget.minusNanos(nanoClock.nanos() - start);
            switch (found) {
                case Found.Hit(Value value) when take(load, ticket, value) -> {}
                case Found.Leased(Lease lease, var _) -> pending.add(new PendingFetch(ticket, lease));
                case Found.Hit _, Found.LeasedElsewhere _, Found.Unavailable _ ->
                    pending.add(new PendingFetch(ticket, null));
            }
        }
        return pending;
    }

    /** The result of a read, which ends within {@code within}; if it does not, the load continues without it. */
    private Found await(ValueKey name, CompletableFuture<Found> read, Duration within) {
        Optional<Found> found = await(read, within);
        if (found.isEmpty()) {
            // A lease that arrives later would make other gateways wait for a load that does not take place.
            var _ = read.thenAccept(late -> {
                if (late instanceof Found.Leased(Lease lease, var _)) {
                    shared.release(name, lease);
                }
            });
        }
        return found.orElseGet(Found.Unavailable::new);
    }

    /** Waits for a future of the shared tier; empty if it does not complete in time or the load is cancelled. */
    private static <T> Optional<T> await(CompletableFuture<T> future, Duration within) {
        Duration longest = within.isNegative() ? GRACE : within.plus(GRACE);
        try {
            return Optional.ofNullable(future.get(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException unavailable) {
            return Optional.empty();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void finishWithoutValue(LoadTask load, LoadTicket ticket, long noRefreshBefore) {
        CacheEntry entry = tiers.lookup(ticket.key(), nanoClock.nanos()).entry();
        if (entry != null) {
            entry.pauseRefresh(noRefreshBefore, false);
        }
        load.finish(ticket, new LoadResult.LoadingElsewhere());
    }

    /** The greatest acceptable age: any for a missing or suspect entry, less than that of the present one if it is stale by age; at most what the load accepts. */
    private Duration maxAge(CacheKey key, AgeLimit limit) {
        long now = nanoClock.nanos();
        CacheEntry entry = tiers.lookup(key, now).entry();
        Duration accepted = entry == null || now - entry.expiry().staleAt() < 0
                ? ANY_AGE
                : Duration.ofNanos(now - entry.expiry().fetchedAt());
        // Candles may be unchanging, which only the value itself shows.
        if (!limit.limited() || (!limit.newOnly() && key.query() instanceof CandlesQuery)) {
            return accepted;
        }
        Duration demanded = Duration.ofNanos(Math.max(0, now - limit.fetchedFrom()));
        return demanded.compareTo(accepted) < 0 ? demanded : accepted;
    }

    /** Stores a value in this process; false if it cannot be decoded, has expired or is older than the load accepts. */
    private boolean take(LoadTask load, LoadTicket ticket, Value value) {
        Optional<CacheEntry> entry = values.read(ticket.key(), value).filter(found -> accepts(load, found));
        entry.ifPresent(found -> load.deliver(ticket, confirmed(ticket.key(), found), Tier.L2));
        return entry.isPresent();
    }

    /** Whether the load accepts a shared entry, whose age is only known to a millisecond or so: too coarse for new data. */
    private static boolean accepts(LoadTask load, CacheEntry shared) {
        return !load.limit().newOnly() && load.limit().accepts(shared);
    }

    /** The shared entry, or the local one if it is at least as recent: then no invalidation was missed. */
    private CacheEntry confirmed(CacheKey key, CacheEntry found) {
        CacheEntry own = tiers.lookup(key, nanoClock.nanos()).entry();
        return own != null && own.expiry().fetchedAt() - found.expiry().fetchedAt() >= 0
                ? own.confirmed(nanoClock.nanos())
                : found;
    }

    /**
     * Publishes a local entry that is fresh and only suspect, instead of calling the provider again. Not if the scope was ever purged: that purge may be the message that was missed.
     */
    private boolean publishOwn(LoadTask load, LoadTicket ticket, Lease lease) {
        long now = nanoClock.nanos();
        CacheEntry own = tiers.lookup(ticket.key(), now).entry();
        if (own == null
                || now - own.expiry().refreshAt() >= 0
                || !load.limit().accepts(own)
                || !lease.epoch().equals(Lease.NO_EPOCH)) {
            return false;
        }
        load.deliver(ticket, own.confirmed(now), Tier.L1);
        shared.store(SharedKeyCodec.name(ticket.key()), lease, values.value(ticket.key(), own));
        return true;
    }

    private LoadTicket deliverInterim(LoadTask load, LoadTicket ticket, Optional<Value> stale) {
        return servable(ticket, stale)
                .filter(found -> accepts(load, found))
                .map(entry -> load.deliverInterim(ticket, entry, Tier.L2))
                .orElse(ticket);
    }

    private boolean deliverStale(LoadTask load, LoadTicket ticket, Optional<Value> stale) {
        // Who demands newer data than this would only ask again.
        Optional<CacheEntry> entry = servable(ticket, stale).filter(found -> accepts(load, found));
        entry.ifPresent(found -> {
            found.pauseRefresh(
                    nanoClock.nanos() + config.shared().announcement().toNanos(), false);
            load.deliver(ticket, found, Tier.L2);
        });
        return entry.isPresent();
    }

    private Optional<CacheEntry> servable(LoadTicket ticket, Optional<Value> stale) {
        return stale.flatMap(value -> values.read(ticket.key(), value))
                .filter(entry -> tiers.judge(entry, nanoClock.nanos()).servesAtOnce());
    }
}
