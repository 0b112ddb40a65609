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
import io.marketbrain.pipeline.cache.Load.Owed;
import io.marketbrain.telemetry.CurrentCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Brings what is missing: from the tier that gateways share if it is there, else from the provider; keeps it, and lets
 * those who wait have it. Each load has a virtual thread and a deadline of its own, so that no caller's end is the
 * load's. Thread-safe.
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
    private final LifePolicy lives;
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
        this.lives = new LifePolicy(config);
        this.refusals = new RefusalPolicy(config.refusals());
        this.values = new SharedValues(lives, counters, ticker, clock, chance);
        this.sharedLoads = new SharedLoads(config, tiers, shared, values, counters, ticker);
    }

    /** Asks the provider; answers for every key it is given. */
    @FunctionalInterface
    interface Fetcher {
        Map<CacheKey, Outcome<Answer>> fetch(List<CacheKey> keys, Call call);
    }

    /**
     * Loads the keys of these seats, all of them first ones. Returns at once.
     *
     * @param background whether whoever started this serves something meanwhile
     */
    void start(List<Seat> seats, boolean background, Call call, Fetcher fetcher, Runnable atEnd) {
        var load = new Load(tiers, flights, seats, background, call, fetcher);
        CurrentCall.startThread("cache-load", call.id(), () -> {
            try {
                run(load);
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "a load failed", bug);
            } finally {
                for (Seat seat : load.open()) {
                    load.land(seat, new Landing.Failed(new Failure.Bug(call.id())));
                }
                atEnd.run();
            }
        });
    }

    private void run(Load load) {
        load.open().forEach(seat -> landIfThere(load, seat));
        SharedLoads.Left left = sharedLoads.ask(load);
        fetch(load, left.mine());
        if (!left.theirs().isEmpty()) {
            fetch(load, sharedLoads.awaitOthers(load, left));
        }
    }

    /** Between the look that found nothing and the seat taken, another load may have ended. */
    private void landIfThere(Load load, Seat seat) {
        Tiers.Look look = tiers.look(seat.key(), ticker.nanos());
        if (look.entry() != null && look.verdict() == Verdict.FRESH) {
            load.land(seat, new Landing.Arrived(look.entry(), look.tier()));
        }
    }

    private void fetch(Load load, List<Owed> owed) {
        if (owed.isEmpty()) {
            return;
        }
        long askedAt = ticker.nanos();
        Map<CacheKey, Outcome<Answer>> outcomes;
        try {
            outcomes = load.fetcher()
                    .fetch(owed.stream().map(one -> one.seat().key()).toList(), load.call());
        } catch (RuntimeException bug) {
            owed.forEach(this::giveBack);
            throw bug;
        }
        for (Owed one : owed) {
            switch (outcomes.get(one.seat().key())) {
                case Outcome.Success<Answer>(Answer answer) -> arrive(load, one, answer, askedAt);
                case Outcome.Failed<Answer>(Failure failure) -> fail(load, one, failure);
                case null ->
                    throw new IllegalStateException(
                            "no outcome for " + one.seat().key());
            }
        }
    }

    private void arrive(Load load, Owed owed, Answer answer, long askedAt) {
        CacheKey key = owed.seat().key();
        int bytes = Sizes.estimate(answer.data());
        Life life = lives.life(key, answer, askedAt, chance.nextDouble(), ticker.nanos(), clock.instant());
        Entry entry = new Entry(answer, life, bytes);
        if (bytes > config.maxValueBytes()) {
            counters.count(Event.TOO_LARGE);
            load.land(owed.seat(), new Landing.Arrived(entry.unkept(), Tier.ORIGIN));
            giveBack(owed);
            return;
        }
        load.arrive(owed.seat(), entry, Tier.ORIGIN);
        if (key.isStandIn(answer) || owed.seat().flight().overtaken()) {
            giveBack(owed);
        } else if (owed.lease() != null) {
            shared.store(KeyNames.name(key), owed.lease(), values.value(entry));
        } else {
            shared.store(KeyNames.name(key), values.value(entry));
        }
    }

    private void fail(Load load, Owed owed, Failure failure) {
        CacheKey key = owed.seat().key();
        long now = ticker.nanos();
        Tiers.Look look = tiers.look(key, now);
        counters.count(Event.LOADS_FAILED);
        if (load.background()) {
            counters.count(Event.REFRESHES_FAILED);
        }
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
        load.land(owed.seat(), new Landing.Failed(failure));
        giveBack(owed);
    }

    private void giveBack(Owed owed) {
        if (owed.lease() != null) {
            shared.release(KeyNames.name(owed.seat().key()), owed.lease());
        }
    }
}
