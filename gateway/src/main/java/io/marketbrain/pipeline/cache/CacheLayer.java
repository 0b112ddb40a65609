package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote.Forward;
import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.BackgroundGate;
import io.marketbrain.pipeline.Layer;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.Flights.Seat;
import io.marketbrain.pipeline.cache.SharedTier.Scope;
import io.marketbrain.pipeline.cache.SharedTier.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The layer that answers without asking a provider whenever it can, and asks once for all who want the same. What is
 * fresh is served; what is stale is served at once, labelled, while it is refreshed; what is older serves when nothing
 * newer can be had. Never fails or waits because Redis does. Thread-safe.
 */
public final class CacheLayer implements Layer, AutoCloseable {
    private final CacheConfig config;
    private final SharedTier shared;
    private final BackgroundGate gate;
    private final Function<ProviderId, String> variants;
    private final Ticker ticker;
    private final InstantSource clock;
    private final CacheCounters counters = new CacheCounters();
    private final Flights flights = new Flights();
    private final Tiers tiers;
    private final Loads loads;
    private final Semaphore refreshes;
    private final AtomicLong refreshIds = new AtomicLong();

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
     * @param gate says whether a refresh may begin now; where it may not, the stale answer is served on
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
        this.gate = gate;
        this.shared = shared;
        this.variants = variants;
        this.ticker = ticker;
        this.clock = clock;
        this.tiers = new Tiers(config, shared, ticker);
        this.loads = new Loads(config, tiers, flights, shared, counters, ticker, clock, chance);
        this.refreshes = new Semaphore(config.refreshesAtOnce());
        shared.start(new News());
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public MarketDataSource around(MarketDataSource next) {
        var whole = new Whole(next);
        var ranges = new CandleRanges(this, config, next, whole::fetch, clock);
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
        var about = (java.util.function.Predicate<CacheKey>) key ->
                KeyNames.scope(key.query().provider(), key.query().subject()).equals(scope);
        flights.overtake(about);
        tiers.purge(about);
    }

    CacheKey key(MarketQuery query, Call call) {
        return new CacheKey(query, variants.apply(query.provider()), call.mockWhenDown());
    }

    /** What is known about a key now. */
    Tiers.Look look(CacheKey key) {
        return tiers.look(key, ticker.nanos());
    }

    /** The entry of a look whose verdict is to serve it, as an answer, counted. */
    Answer hit(Entry entry, Tier tier, Verdict verdict, Call call) {
        counters.count(
                switch (tier) {
                    case L1, ORIGIN -> Event.L1_HITS;
                    case L2 -> Event.L2_HITS;
                    case FALLBACK -> Event.FALLBACK_HITS;
                });
        if (!verdict.fresh()) {
            counters.count(Event.STALE_HITS);
            if (entry.degraded()) {
                counters.count(Event.DEGRADED_HITS);
            }
        }
        if (call.trace().on()) {
            call.trace().note("hit", tier.name());
            call.trace().note("verdict", verdict.name());
        }
        return entry.served(tier, Forward.NONE, verdict.fresh(), false, ticker.nanos());
    }

    /** A failure that stands; empty once the provider may be asked again. */
    Optional<Failure> standing(@Nullable Refusal refusal, Call call) {
        if (refusal == null) {
            return Optional.empty();
        }
        long left = refusal.until() - ticker.nanos();
        if (left <= 0) {
            return Optional.empty();
        }
        counters.count(Event.REMEMBERED_FAILURES);
        call.trace().note("remembered", refusal.failure().code());
        return Optional.of(RefusalPolicy.told(refusal.failure(), Duration.ofNanos(left)));
    }

    Seat seat(CacheKey key) {
        return flights.seat(key);
    }

    /** Loads for a caller who waits. */
    void load(List<Seat> seats, Call call, Loads.Fetcher fetcher) {
        loads.start(seats, false, call.until(Deadline.in(config.loadTimeout(), ticker)), fetcher, () -> {});
    }

    /** Loads what is still served meanwhile, unless that is under way or too much is. */
    void refresh(List<CacheKey> keys, Call call, Loads.Fetcher fetcher) {
        List<CacheKey> idle =
                keys.stream().filter(key -> !flights.isUnderWay(key)).toList();
        if (idle.isEmpty()) {
            return;
        }
        Optional<Runnable> begun = tryBeginRefresh();
        if (begun.isEmpty()) {
            counters.count(Event.REFRESHES_SKIPPED);
            return;
        }
        Runnable end = begun.get();
        List<Seat> seats = idle.stream().map(flights::seat).filter(Seat::first).toList();
        if (seats.isEmpty()) {
            end.run();
            return;
        }
        seats.forEach(_ -> counters.count(Event.REFRESHES));
        var own = new Call(
                new CallId("refresh-" + refreshIds.incrementAndGet()),
                Caller.GATEWAY,
                Priority.LOW,
                Deadline.in(config.loadTimeout(), ticker),
                call.mockWhenDown());
        loads.start(seats, true, own, fetcher, end);
    }

    /** What to run at the end of a refresh; empty where too many run or the gate is closed. */
    private Optional<Runnable> tryBeginRefresh() {
        if (!refreshes.tryAcquire()) {
            return Optional.empty();
        }
        Optional<Runnable> entered = gate.tryEnter();
        if (entered.isEmpty()) {
            refreshes.release();
        }
        return entered.map(leave -> () -> {
            leave.run();
            refreshes.release();
        });
    }

    void count(Event event) {
        counters.count(event);
    }

    Verdict judge(Entry entry) {
        return tiers.judge(entry, ticker.nanos());
    }

    /** What a caller who waited for a load is told. */
    Answer arrived(Entry entry, Tier tier, Forward why, boolean collapsed, Call call) {
        Verdict verdict = judge(entry);
        boolean fresh = tier == Tier.ORIGIN || verdict.fresh();
        if (tier != Tier.ORIGIN) {
            return hit(entry, tier, verdict, call);
        }
        call.trace().note("forward", why.wire());
        return entry.served(tier, why, fresh, collapsed, ticker.nanos());
    }

    /** The way of a question that is kept as a whole. */
    private final class Whole {
        private final MarketDataSource next;

        Whole(MarketDataSource next) {
            this.next = next;
        }

        Outcome<Answer> fetch(MarketQuery query, Call call) {
            CacheKey key = key(query, call);
            Tiers.Look look = look(key);
            Entry entry = look.entry();
            if (entry != null && look.verdict().servesAtOnce()) {
                if (look.verdict().refreshes()) {
                    refresh(List.of(key), call, this::ask);
                }
                return Outcome.success(hit(entry, look.tier(), look.verdict(), call));
            }
            Optional<Failure> standing = standing(look.refusal(), call);
            return standing.isPresent() ? Outcome.failed(standing.get()) : await(key, entry, call);
        }

        private Outcome<Answer> await(CacheKey key, @Nullable Entry lastResort, Call call) {
            boolean counted = false;
            while (true) {
                Seat seat = seat(key);
                boolean late = seat.flight().overtaken();
                if (seat.first()) {
                    load(List.of(seat), call, this::ask);
                }
                Optional<Landing> landing = seat.flight().await(call.deadline());
                boolean again = landing.isPresent() && (late || landing.get() instanceof Landing.Left);
                if (again && !call.deadline().passed()) {
                    continue;
                }
                if (!seat.first() && !counted) {
                    counted = true;
                    count(Event.COLLAPSED);
                }
                if (landing.isPresent() && landing.get() instanceof Landing.Arrived(Entry entry, Tier tier)) {
                    if (tier == Tier.ORIGIN) {
                        count(Event.MISSES);
                    }
                    Forward why = lastResort == null ? Forward.MISS : Forward.STALE;
                    return Outcome.success(arrived(entry, tier, why, !seat.first(), call));
                }
                count(Event.MISSES);
                if (lastResort != null && judge(lastResort) != Verdict.GONE) {
                    return Outcome.success(hit(lastResort, Tier.L1, Verdict.DEGRADED, call));
                }
                return Outcome.failed(
                        landing.isPresent() && landing.get() instanceof Landing.Failed(Failure failure)
                                ? failure
                                : new Failure.DeadlinePassed("the time for this request was up before an answer came"));
            }
        }

        private Map<CacheKey, Outcome<Answer>> ask(List<CacheKey> keys, Call call) {
            CacheKey key = keys.getFirst();
            count(Event.LOADS);
            return Map.of(key, next.fetch(key.query(), call));
        }
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
