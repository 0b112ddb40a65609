package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.Flights.Seat;
import io.marketbrain.pipeline.cache.SharedTier.Found;
import io.marketbrain.pipeline.cache.SharedTier.Lease;
import io.marketbrain.pipeline.cache.SharedTier.Value;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is missing: from the tier that gateways share if it is there, else from the provider; keeps it, and lets
 * those who wait have it. Each load has a virtual thread and a deadline of its own, so that no caller's end is the
 * load's. Thread-safe.
 */
final class Loads {
    private static final System.Logger LOG = System.getLogger(Loads.class.getName());
    private static final Duration ANY_AGE = Duration.ofDays(3650);

    private final CacheConfig config;
    private final Tiers tiers;
    private final Flights flights;
    private final SharedTier shared;
    private final CacheCounters counters;
    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final LifePolicy lives;
    private final RefusalPolicy refusals;

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
        this.lives = new LifePolicy(config);
        this.refusals = new RefusalPolicy(config.refusals());
    }

    /** Asks the provider; answers for every key it is given. */
    @FunctionalInterface
    interface Fetcher {
        Map<CacheKey, Outcome<Answer>> fetch(List<CacheKey> keys, Call call);
    }

    /** A key to be loaded, with the lease on it, if there is one. */
    private record Owed(Seat seat, @Nullable Lease lease) {}

    /**
     * Loads the keys of these seats, all of them first ones.
     *
     * @param background whether whoever started this serves something meanwhile
     */
    void start(List<Seat> seats, boolean background, Call call, Fetcher fetcher, Runnable atEnd) {
        CurrentCall.startThread("cache-load", call.id(), () -> {
            List<Seat> landing = new ArrayList<>(seats);
            try {
                run(landing, background, call, fetcher);
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "a load failed", bug);
            } finally {
                for (Seat seat : landing) {
                    flights.land(seat, new Landing.Failed(new Failure.Bug(call.id())));
                }
                atEnd.run();
            }
        });
    }

    /** Runs a load; takes every seat off {@code seats} that it lands. */
    private void run(List<Seat> seats, boolean background, Call call, Fetcher fetcher) {
        seats.removeIf(this::alreadyThere);
        List<Owed> mine = new ArrayList<>();
        List<Seat> theirs = new ArrayList<>();
        long spent = askShared(seats, background, mine, theirs);
        fetch(mine, seats, call, fetcher);
        if (!theirs.isEmpty()) {
            List<Owed> left = awaitOthers(theirs, seats, background, spent);
            fetch(left, seats, call, fetcher);
        }
    }

    /** Between the look that found nothing and the seat taken, another load may have ended. */
    private boolean alreadyThere(Seat seat) {
        Tiers.Look look = tiers.look(seat.key(), ticker.nanos());
        if (look.entry() != null && look.verdict() == Verdict.FRESH) {
            flights.land(seat, new Landing.Arrived(look.entry(), look.tier()));
            return true;
        }
        return false;
    }

    private long askShared(List<Seat> seats, boolean background, List<Owed> mine, List<Seat> theirs) {
        if (!shared.state().readable()) {
            seats.forEach(seat -> mine.add(new Owed(seat, null)));
            return 0;
        }
        long start = ticker.nanos();
        Map<Seat, CompletableFuture<Found>> asked = new java.util.LinkedHashMap<>();
        for (Seat seat : seats) {
            asked.put(
                    seat,
                    shared.open(
                            KeyNames.name(seat.key()),
                            younger(seat.key()),
                            config.shared().budget()));
        }
        asked.forEach((seat, future) -> {
            switch (future.join()) {
                case Found.Hit(Value value) -> {
                    if (!promote(seat, value, seats)) {
                        mine.add(new Owed(seat, null));
                    }
                }
                case Found.Yours(Lease lease, Optional<Value> stale) -> {
                    if (!reseed(seat, lease, seats)) {
                        mine.add(new Owed(background ? seat : serveStale(seat, stale, seats), lease));
                    }
                }
                case Found.Theirs(Optional<Value> stale) -> {
                    if (background || !leaveWithStale(seat, stale, seats)) {
                        theirs.add(seat);
                    }
                }
                case Found.Unavailable() -> mine.add(new Owed(seat, null));
            }
        });
        return ticker.nanos() - start;
    }

    /** An entry in doubt, or none, takes any fresh value; one that is stale by itself only a younger one. */
    private Duration younger(CacheKey key) {
        long now = ticker.nanos();
        Entry entry = tiers.look(key, now).entry();
        return entry == null || now - entry.life().staleAt() < 0
                ? ANY_AGE
                : Duration.ofNanos(now - entry.life().fetchedAt());
    }

    /** Takes a value of the shared tier into this process; false if it is not what it should be. */
    private boolean promote(Seat seat, Value value, List<Seat> seats) {
        Optional<Entry> entry = read(seat.key(), value);
        entry.ifPresent(found -> land(seat, confirmed(seat.key(), found), Tier.L2, seats));
        return entry.isPresent();
    }

    private Optional<Entry> read(CacheKey key, Value value) {
        Optional<Answer> answer = AnswerCodec.decode(value.payload());
        if (answer.isEmpty()) {
            counters.count(Event.UNREADABLE);
            return Optional.empty();
        }
        long now = ticker.nanos();
        Life life = lives.life(
                key,
                answer.get(),
                now - value.age().toNanos(),
                chance.nextDouble(),
                now,
                clock.instant(),
                value.soft(),
                value.hard());
        return now - life.expiresAt() < 0
                ? Optional.of(new Entry(
                        answer.get(), life, Sizes.estimate(answer.get().data())))
                : Optional.empty();
    }

    /** What is shared, or our own where that is newer: then there is no news, and it is no longer in doubt. */
    private Entry confirmed(CacheKey key, Entry found) {
        Entry own = tiers.look(key, ticker.nanos()).entry();
        return own != null && own.life().fetchedAt() - found.life().fetchedAt() >= 0 ? undoubted(own) : found;
    }

    private Entry undoubted(Entry entry) {
        Life life = entry.life();
        return new Entry(
                entry.answer(),
                new Life(
                        life.fetchedAt(),
                        ticker.nanos(),
                        life.refreshAt(),
                        life.staleAt(),
                        life.lastResortAt(),
                        life.expiresAt(),
                        life.immutable()),
                entry.bytes());
    }

    /**
     * Gives the others what is fresh here and was only in doubt, instead of asking the provider again. Not where there
     * has been a purge: news of it may be what we missed.
     */
    private boolean reseed(Seat seat, Lease lease, List<Seat> seats) {
        long now = ticker.nanos();
        Entry own = tiers.look(seat.key(), now).entry();
        if (own == null || now - own.life().refreshAt() >= 0 || !lease.epoch().equals(Lease.NO_EPOCH)) {
            return false;
        }
        land(seat, undoubted(own), Tier.L1, seats);
        shared.store(KeyNames.name(seat.key()), lease, value(own));
        return true;
    }

    private Seat serveStale(Seat seat, Optional<Value> stale, List<Seat> seats) {
        Optional<Entry> entry = stale.flatMap(value -> read(seat.key(), value)).filter(this::servesAtOnce);
        if (entry.isEmpty()) {
            return seat;
        }
        keep(seat, entry.get());
        seats.remove(seat);
        Seat onward = flights.continueAfter(seat, new Landing.Arrived(entry.get(), Tier.L2));
        seats.add(onward);
        return onward;
    }

    private boolean leaveWithStale(Seat seat, Optional<Value> stale, List<Seat> seats) {
        Optional<Entry> entry = stale.flatMap(value -> read(seat.key(), value)).filter(this::servesAtOnce);
        entry.ifPresent(found -> {
            found.keepQuiet(ticker.nanos() + config.shared().announcement().toNanos(), false);
            land(seat, found, Tier.L2, seats);
        });
        return entry.isPresent();
    }

    private boolean servesAtOnce(Entry entry) {
        return tiers.judge(entry, ticker.nanos()).servesAtOnce();
    }

    private List<Owed> awaitOthers(List<Seat> theirs, List<Seat> seats, boolean background, long spent) {
        long end = ticker.nanos() + config.shared().announcement().toNanos();
        List<Owed> left = new ArrayList<>();
        for (Seat seat : theirs) {
            var name = KeyNames.name(seat.key());
            if (background) {
                Entry entry = tiers.look(seat.key(), ticker.nanos()).entry();
                if (entry != null) {
                    entry.keepQuiet(end, false);
                }
                seats.remove(seat);
                flights.land(seat, new Landing.Left());
                continue;
            }
            counters.count(Event.ANNOUNCEMENT_WAITS);
            shared.announced(name, Duration.ofNanos(Math.max(0, end - ticker.nanos())))
                    .join();
            var budget = config.shared().budget().minusNanos(spent);
            long start = ticker.nanos();
            Found found = budget.isPositive() && shared.state().readable()
                    ? shared.open(name, ANY_AGE, budget).join()
                    : new Found.Unavailable();
            spent += ticker.nanos() - start;
            switch (found) {
                case Found.Hit(Value value) when promote(seat, value, seats) -> {}
                case Found.Yours(Lease lease, var _) -> left.add(new Owed(seat, lease));
                case Found.Hit _, Found.Theirs _, Found.Unavailable _ -> left.add(new Owed(seat, null));
            }
        }
        return left;
    }

    private void fetch(List<Owed> owed, List<Seat> seats, Call call, Fetcher fetcher) {
        if (owed.isEmpty()) {
            return;
        }
        long askedAt = ticker.nanos();
        Map<CacheKey, Outcome<Answer>> outcomes;
        try {
            outcomes = fetcher.fetch(owed.stream().map(o -> o.seat().key()).toList(), call);
        } catch (RuntimeException bug) {
            owed.forEach(this::giveBack);
            throw bug;
        }
        for (Owed one : owed) {
            switch (outcomes.get(one.seat().key())) {
                case Outcome.Success<Answer>(Answer answer) -> arrive(one, answer, askedAt, seats);
                case Outcome.Failed<Answer>(Failure failure) -> fail(one, failure, seats);
                case null ->
                    throw new IllegalStateException(
                            "no outcome for " + one.seat().key());
            }
        }
    }

    private void arrive(Owed owed, Answer answer, long askedAt, List<Seat> seats) {
        CacheKey key = owed.seat().key();
        int bytes = Sizes.estimate(answer.data());
        Life life = lives.life(key, answer, askedAt, chance.nextDouble(), ticker.nanos(), clock.instant());
        Entry entry = new Entry(answer, life, bytes);
        if (bytes > config.maxValueBytes()) {
            counters.count(Event.TOO_LARGE);
            seats.remove(owed.seat());
            flights.land(owed.seat(), new Landing.Arrived(entry.unkept(), Tier.ORIGIN));
            giveBack(owed);
            return;
        }
        land(owed.seat(), entry, Tier.ORIGIN, seats);
        if (key.isStandIn(answer) || owed.seat().flight().overtaken()) {
            giveBack(owed);
        } else if (owed.lease() != null) {
            shared.store(KeyNames.name(key), owed.lease(), value(entry));
        } else {
            shared.store(KeyNames.name(key), value(entry));
        }
    }

    private void fail(Owed owed, Failure failure, List<Seat> seats) {
        CacheKey key = owed.seat().key();
        long now = ticker.nanos();
        Tiers.Look look = tiers.look(key, now);
        counters.count(Event.LOADS_FAILED);
        if (look.entry() != null) {
            Duration pause = refusals.hold(failure, 1);
            pause = pause.compareTo(config.refreshPause()) > 0 ? pause : config.refreshPause();
            look.entry().keepQuiet(now + pause.toNanos(), true);
        } else {
            int attempts = look.refusal() == null ? 1 : look.refusal().attempts() + 1;
            long hold = refusals.hold(failure, attempts).toNanos();
            if (hold > 0) {
                tiers.keep(key, new Refusal(failure, now + hold, now + 2 * hold, attempts));
            }
        }
        seats.remove(owed.seat());
        flights.land(owed.seat(), new Landing.Failed(failure));
        giveBack(owed);
    }

    private void giveBack(Owed owed) {
        if (owed.lease() != null) {
            shared.release(KeyNames.name(owed.seat().key()), owed.lease());
        }
    }

    private void land(Seat seat, Entry entry, Tier tier, List<Seat> seats) {
        keep(seat, entry);
        seats.remove(seat);
        flights.land(seat, new Landing.Arrived(entry, tier));
    }

    private void keep(Seat seat, Entry entry) {
        flights.unlessOvertaken(seat, () -> tiers.keep(seat.key(), entry));
    }

    private Value value(Entry entry) {
        return new Value(
                AnswerCodec.encode(entry.answer()),
                Duration.ofNanos(ticker.nanos() - entry.life().fetchedAt()),
                entry.life().soft(),
                entry.life().hard());
    }
}
