package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.Flights.Seat;
import io.marketbrain.pipeline.cache.Load.Owed;
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
 * The part of a load that the tier shared by gateways has: what it holds is taken from it, what another gateway loads is
 * waited for, what is left is owed by the provider. Thread-safe.
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
     * What is left after the shared tier was asked.
     *
     * @param mine to be asked of the provider
     * @param theirs being loaded by another gateway
     * @param spent the time that the shared tier took
     */
    record Left(List<Owed> mine, List<Seat> theirs, Duration spent) {}

    /** Asks for everything that is open. */
    Left ask(Load load) {
        List<Owed> mine = new ArrayList<>();
        List<Seat> theirs = new ArrayList<>();
        if (!shared.state().readable()) {
            load.open().forEach(seat -> mine.add(new Owed(seat, null)));
            return new Left(mine, theirs, Duration.ZERO);
        }
        long start = ticker.nanos();
        Map<Seat, CompletableFuture<Found>> asked = new LinkedHashMap<>();
        for (Seat seat : load.open()) {
            Duration budget = config.shared().budget();
            asked.put(seat, shared.open(KeyNames.name(seat.key()), younger(seat.key()), budget));
        }
        asked.forEach((seat, future) -> {
            switch (future.join()) {
                case Found.Hit(Value value) -> {
                    if (!take(load, seat, value)) {
                        mine.add(new Owed(seat, null));
                    }
                }
                case Found.Yours(Lease lease, Optional<Value> stale) -> {
                    if (!giveOwn(load, seat, lease)) {
                        mine.add(new Owed(load.background() ? seat : handOn(load, seat, stale), lease));
                    }
                }
                case Found.Theirs(Optional<Value> stale) -> {
                    if (load.background() || !settleForStale(load, seat, stale)) {
                        theirs.add(seat);
                    }
                }
                case Found.Unavailable() -> mine.add(new Owed(seat, null));
            }
        });
        return new Left(mine, theirs, Duration.ofNanos(ticker.nanos() - start));
    }

    /** Waits for other gateways, if nobody here has anything to serve meanwhile; what they do not bring is owed. */
    List<Owed> awaitOthers(Load load, Left left) {
        long end = ticker.nanos() + config.shared().announcement().toNanos();
        Duration budget = config.shared().budget().minus(left.spent());
        List<Owed> owed = new ArrayList<>();
        for (Seat seat : left.theirs()) {
            if (load.background()) {
                leave(load, seat, end);
                continue;
            }
            counters.count(Event.ANNOUNCEMENT_WAITS);
            var name = KeyNames.name(seat.key());
            shared.announced(name, Duration.ofNanos(Math.max(0, end - ticker.nanos())))
                    .join();
            long start = ticker.nanos();
            Found found = budget.isPositive() && shared.state().readable()
                    ? shared.open(name, ANY_AGE, budget).join()
                    : new Found.Unavailable();
            budget = budget.minusNanos(ticker.nanos() - start);
            switch (found) {
                case Found.Hit(Value value) when take(load, seat, value) -> {}
                case Found.Yours(Lease lease, var _) -> owed.add(new Owed(seat, lease));
                case Found.Hit _, Found.Theirs _, Found.Unavailable _ -> owed.add(new Owed(seat, null));
            }
        }
        return owed;
    }

    private void leave(Load load, Seat seat, long quietUntil) {
        Entry entry = tiers.look(seat.key(), ticker.nanos()).entry();
        if (entry != null) {
            entry.keepQuiet(quietUntil, false);
        }
        load.land(seat, new Landing.Left());
    }

    /** An entry in doubt, or none, takes any fresh value; one that is stale by itself only a younger one. */
    private Duration younger(CacheKey key) {
        long now = ticker.nanos();
        Entry entry = tiers.look(key, now).entry();
        return entry == null || now - entry.life().staleAt() < 0
                ? ANY_AGE
                : Duration.ofNanos(now - entry.life().fetchedAt());
    }

    /** Takes a value into this process; false if it is not what it should be. */
    private boolean take(Load load, Seat seat, Value value) {
        Optional<Entry> entry = values.read(seat.key(), value);
        entry.ifPresent(found -> load.arrive(seat, confirmed(seat.key(), found), Tier.L2));
        return entry.isPresent();
    }

    /** What is shared, or our own where that is newer: then there is no news, and it is no longer in doubt. */
    private Entry confirmed(CacheKey key, Entry found) {
        Entry own = tiers.look(key, ticker.nanos()).entry();
        return own != null && own.life().fetchedAt() - found.life().fetchedAt() >= 0
                ? own.undoubted(ticker.nanos())
                : found;
    }

    /**
     * Gives the others what is fresh here and was only in doubt, instead of asking the provider again. Not where there
     * has been a purge: news of it may be what we missed.
     */
    private boolean giveOwn(Load load, Seat seat, Lease lease) {
        long now = ticker.nanos();
        Entry own = tiers.look(seat.key(), now).entry();
        if (own == null || now - own.life().refreshAt() >= 0 || !lease.epoch().equals(Lease.NO_EPOCH)) {
            return false;
        }
        load.arrive(seat, own.undoubted(now), Tier.L1);
        shared.store(KeyNames.name(seat.key()), lease, values.value(own));
        return true;
    }

    private Seat handOn(Load load, Seat seat, Optional<Value> stale) {
        return servable(seat, stale)
                .map(entry -> load.handOn(seat, entry, Tier.L2))
                .orElse(seat);
    }

    private boolean settleForStale(Load load, Seat seat, Optional<Value> stale) {
        Optional<Entry> entry = servable(seat, stale);
        entry.ifPresent(found -> {
            found.keepQuiet(ticker.nanos() + config.shared().announcement().toNanos(), false);
            load.arrive(seat, found, Tier.L2);
        });
        return entry.isPresent();
    }

    private Optional<Entry> servable(Seat seat, Optional<Value> stale) {
        return stale.flatMap(value -> values.read(seat.key(), value))
                .filter(entry -> tiers.judge(entry, ticker.nanos()).servesAtOnce());
    }
}
