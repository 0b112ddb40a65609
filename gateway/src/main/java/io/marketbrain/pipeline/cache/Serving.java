package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote.Forward;
import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.Flights.Seat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the ways of a question have in common, whether it is kept as a whole or in pieces: looking, joining a load, and
 * telling what came of it. Thread-safe.
 */
final class Serving {
    private final CacheConfig config;
    private final Function<ProviderId, String> variants;
    private final Tiers tiers;
    private final Flights flights;
    private final Loads loads;
    private final Refreshes refreshes;
    private final CacheCounters counters;
    private final Ticker ticker;

    Serving(
            CacheConfig config,
            Function<ProviderId, String> variants,
            Tiers tiers,
            Flights flights,
            Loads loads,
            Refreshes refreshes,
            CacheCounters counters,
            Ticker ticker) {
        this.config = config;
        this.variants = variants;
        this.tiers = tiers;
        this.flights = flights;
        this.loads = loads;
        this.refreshes = refreshes;
        this.counters = counters;
        this.ticker = ticker;
    }

    CacheKey key(MarketQuery query, Call call) {
        return new CacheKey(query, variants.apply(query.provider()), call.mockWhenDown());
    }

    /** What is known about a key now. */
    Tiers.Look look(CacheKey key) {
        return tiers.look(key, ticker.nanos());
    }

    Verdict judge(Entry entry) {
        return tiers.judge(entry, ticker.nanos());
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

    /** Loads what is still served meanwhile. */
    void refresh(List<CacheKey> keys, Call call, Loads.Fetcher fetcher) {
        refreshes.start(keys, call, fetcher);
    }

    void count(Event event) {
        counters.count(event);
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
}
