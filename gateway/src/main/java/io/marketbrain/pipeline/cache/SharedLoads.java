package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.Flights.LoadTicket;
import io.marketbrain.pipeline.cache.Load.PendingFetch;
import io.marketbrain.pipeline.cache.SharedTier.Found;
import io.marketbrain.pipeline.cache.SharedTier.Lease;
import io.marketbrain.pipeline.cache.SharedTier.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The part of a load that concerns the shared tier: takes the values it holds, waits for keys that another gateway is loading, and returns the keys still to be fetched from the provider. Thread-safe.
 */
final class SharedLoads {
    private static final Duration ANY_AGE = Duration.ofDays(3650);

    private final CacheConfig config;
    private final Tiers tiers;
    private final SharedTier shared;
    private final SharedValues values;
    private final CacheCounters counters;
    private final Ticker ticker;

    SharedLoads(
            CacheConfig config,
            Tiers tiers,
            SharedTier shared,
            SharedValues values,
            CacheCounters counters,
            Ticker ticker) {
        this.config = config;
        this.tiers = tiers;
        this.shared = shared;
        this.values = values;
        this.counters = counters;
        this.ticker = ticker;
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
    Remaining read(Load load) {
        List<PendingFetch> toFetch = new ArrayList<>();
        List<LoadTicket> loadingElsewhere = new ArrayList<>();
        if (!shared.state().readable()) {
            load.open().forEach(ticket -> toFetch.add(new PendingFetch(ticket, null)));
            return new Remaining(toFetch, loadingElsewhere, Duration.ZERO);
        }
        long start = ticker.nanos();
        Map<LoadTicket, CompletableFuture<Found>> reads = new LinkedHashMap<>();
        for (LoadTicket ticket : load.open()) {
            Duration budget = config.shared().budget();
            reads.put(ticket, shared.open(KeyNames.name(ticket.key()), maxAge(ticket.key()), budget));
        }
        reads.forEach((ticket, future) -> {
            switch (future.join()) {
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
                    if (load.background() || !deliverStale(load, ticket, stale)) {
                        loadingElsewhere.add(ticket);
                    }
                }
                case Found.Unavailable() -> toFetch.add(new PendingFetch(ticket, null));
            }
        });
        return new Remaining(toFetch, loadingElsewhere, Duration.ofNanos(ticker.nanos() - start));
    }

    /** Waits for the loads of other gateways, unless this is a refresh; returns the keys that they did not provide. */
    List<PendingFetch> awaitOthers(Load load, Remaining remaining) {
        long end = ticker.nanos() + config.shared().announcement().toNanos();
        Duration budget = config.shared().budget().minus(remaining.spent());
        List<PendingFetch> pending = new ArrayList<>();
        for (LoadTicket ticket : remaining.loadingElsewhere()) {
            if (load.background()) {
                finishWithoutValue(load, ticket, end);
                continue;
            }
            counters.count(Event.ANNOUNCEMENT_WAITS);
            var name = KeyNames.name(ticket.key());
            shared.announced(name, Duration.ofNanos(Math.max(0, end - ticker.nanos())))
                    .join();
            long start = ticker.nanos();
            Found found = budget.isPositive() && shared.state().readable()
                    ? shared.open(name, ANY_AGE, budget).join()
                    : new Found.Unavailable();
            budget = budget.minusNanos(ticker.nanos() - start);
            switch (found) {
                case Found.Hit(Value value) when take(load, ticket, value) -> {}
                case Found.Leased(Lease lease, var _) -> pending.add(new PendingFetch(ticket, lease));
                case Found.Hit _, Found.LeasedElsewhere _, Found.Unavailable _ ->
                    pending.add(new PendingFetch(ticket, null));
            }
        }
        return pending;
    }

    private void finishWithoutValue(Load load, LoadTicket ticket, long noRefreshBefore) {
        Entry entry = tiers.lookup(ticket.key(), ticker.nanos()).entry();
        if (entry != null) {
            entry.pauseRefresh(noRefreshBefore, false);
        }
        load.finish(ticket, new Landing.LoadingElsewhere());
    }

    /** The greatest acceptable age: any for a missing or suspect entry, less than that of the present one if it is stale by age. */
    private Duration maxAge(CacheKey key) {
        long now = ticker.nanos();
        Entry entry = tiers.lookup(key, now).entry();
        return entry == null || now - entry.life().staleAt() < 0
                ? ANY_AGE
                : Duration.ofNanos(now - entry.life().fetchedAt());
    }

    /** Stores a value in this process; false if it cannot be decoded or has expired. */
    private boolean take(Load load, LoadTicket ticket, Value value) {
        Optional<Entry> entry = values.read(ticket.key(), value);
        entry.ifPresent(found -> load.deliver(ticket, confirmed(ticket.key(), found), Tier.L2));
        return entry.isPresent();
    }

    /** The shared entry, or the local one if it is at least as recent: then no invalidation was missed. */
    private Entry confirmed(CacheKey key, Entry found) {
        Entry own = tiers.lookup(key, ticker.nanos()).entry();
        return own != null && own.life().fetchedAt() - found.life().fetchedAt() >= 0
                ? own.confirmed(ticker.nanos())
                : found;
    }

    /**
     * Publishes a local entry that is fresh and only suspect, instead of calling the provider again. Not if the scope was ever purged: that purge may be the message that was missed.
     */
    private boolean publishOwn(Load load, LoadTicket ticket, Lease lease) {
        long now = ticker.nanos();
        Entry own = tiers.lookup(ticket.key(), now).entry();
        if (own == null || now - own.life().refreshAt() >= 0 || !lease.epoch().equals(Lease.NO_EPOCH)) {
            return false;
        }
        load.deliver(ticket, own.confirmed(now), Tier.L1);
        shared.store(KeyNames.name(ticket.key()), lease, values.value(own));
        return true;
    }

    private LoadTicket deliverInterim(Load load, LoadTicket ticket, Optional<Value> stale) {
        return servable(ticket, stale)
                .map(entry -> load.deliverInterim(ticket, entry, Tier.L2))
                .orElse(ticket);
    }

    private boolean deliverStale(Load load, LoadTicket ticket, Optional<Value> stale) {
        Optional<Entry> entry = servable(ticket, stale);
        entry.ifPresent(found -> {
            found.pauseRefresh(ticker.nanos() + config.shared().announcement().toNanos(), false);
            load.deliver(ticket, found, Tier.L2);
        });
        return entry.isPresent();
    }

    private Optional<Entry> servable(LoadTicket ticket, Optional<Value> stale) {
        return stale.flatMap(value -> values.read(ticket.key(), value))
                .filter(entry -> tiers.judge(entry, ticker.nanos()).servesAtOnce());
    }
}
