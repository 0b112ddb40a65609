package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.policy.AgeLimit;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.policy.NegativeCachePolicy;
import io.marketbrain.pipeline.cache.policy.NegativeEntry;
import io.marketbrain.pipeline.cache.tier.CacheCounters;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps that whole answers and candle ranges share: lookup, joining a load, and labelling the result. Thread-safe.
 */
final class CacheReader {
    private final CacheConfig config;
    private final Function<ProviderId, String> variants;
    private final LocalTiers tiers;
    private final InFlightLoads inFlight;
    private final CacheLoader loads;
    private final BackgroundRefresher refreshes;
    private final CacheCounters counters;
    private final NanoClock nanoClock;

    CacheReader(
            CacheConfig config,
            Function<ProviderId, String> variants,
            LocalTiers tiers,
            InFlightLoads inFlight,
            CacheLoader loads,
            BackgroundRefresher refreshes,
            CacheCounters counters,
            NanoClock nanoClock) {
        this.config = config;
        this.variants = variants;
        this.tiers = tiers;
        this.inFlight = inFlight;
        this.loads = loads;
        this.refreshes = refreshes;
        this.counters = counters;
        this.nanoClock = nanoClock;
    }

    CacheKey key(MarketQuery query, Call call) {
        return new CacheKey(query, variants.apply(query.provider()), call.mockChoice());
    }

    /** Looks a key up in the in-process tiers. */
    LocalTiers.Lookup lookup(CacheKey key) {
        return tiers.lookup(key, nanoClock.nanos());
    }

    Verdict judge(CacheEntry entry) {
        return tiers.judge(entry, nanoClock.nanos());
    }

    /** The cached failure to return; empty once the provider may be called again. */
    Optional<Failure> cachedFailure(@Nullable NegativeEntry negative, Call call) {
        if (negative == null) {
            return Optional.empty();
        }
        if (call.untrustedAllowed() && NegativeCachePolicy.isUntrusted(negative.failure())) {
            return Optional.empty();
        }
        long left = negative.retryAt() - nanoClock.nanos();
        if (left <= 0) {
            return Optional.empty();
        }
        counters.count(Event.REMEMBERED_FAILURES);
        call.trace().note("remembered", negative.failure().code());
        return Optional.of(NegativeCachePolicy.withRemaining(negative.failure(), Duration.ofNanos(left)));
    }

    LoadTicket join(CacheKey key) {
        loads.cancelOverdue();
        return inFlight.join(key);
    }

    /** Which entries the caller accepts by their age. */
    AgeLimit limit(Call call) {
        return call.cache().limitAge() ? AgeLimit.of(call.cache(), nanoClock.nanos()) : AgeLimit.NONE;
    }

    /** Whether a load of the entry has failed so recently that the provider is not called again yet. */
    boolean refusesRefresh(CacheEntry entry) {
        return entry.refusesRefresh(nanoClock.nanos());
    }

    /** The answer for a caller who accepts cached data only and whom the in-process tiers cannot answer. */
    Outcome<QueryResult> onlyCached(CacheKey key, AgeLimit limit, Call call) {
        Optional<CacheEntry> shared = loads.findShared(key).filter(limit::accepts);
        if (shared.isPresent() && judge(shared.get()).servesAtOnce()) {
            return Outcome.success(hit(shared.get(), Tier.L2, judge(shared.get()), call));
        }
        counters.count(Event.MISSES);
        return Outcome.failed(new Failure.NotCached(
                "only-if-cached was requested, and no cached data is recent enough; leave it out to load the data"));
    }

    /** Starts a load for a waiting caller. */
    void load(List<LoadTicket> tickets, AgeLimit limit, Call call, CacheLoader.Fetcher fetcher) {
        loads.start(tickets, false, limit, call.until(Deadline.in(config.loadTimeout(), nanoClock)), fetcher, () -> {});
    }

    /** Refreshes entries that are served meanwhile. */
    void refresh(List<CacheKey> keys, Call call, CacheLoader.Fetcher fetcher) {
        refreshes.start(keys, call, fetcher);
    }

    void count(Event event) {
        counters.count(event);
    }

    /** Counts a hit and returns its answer, labelled. */
    QueryResult hit(CacheEntry entry, Tier tier, Verdict verdict, Call call) {
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
        return entry.served(tier, Forward.NONE, verdict.fresh(), false, nanoClock.nanos());
    }

    /** Whether the result of a load is older than the caller accepts; what came from a provider meanwhile never is. */
    static boolean isTooOld(LoadResult result, AgeLimit limit) {
        return result instanceof LoadResult.Loaded(CacheEntry entry, Tier tier)
                && tier != Tier.ORIGIN
                && !limit.accepts(entry);
    }

    /** A present answer because no newer one could be loaded; flagged if it is older than the caller accepts. */
    QueryResult inPlaceOfNewer(CacheEntry entry, AgeLimit limit, Call call) {
        QueryResult answer = hit(entry, Tier.L1, Verdict.DEGRADED, call);
        if (limit.accepts(entry)) {
            return answer;
        }
        List<QualityFlag> flags = new ArrayList<>(answer.provenance().flags());
        flags.add(new QualityFlag(
                "older_than_requested",
                "fetched " + answer.cache().age().toMillis()
                        + " ms ago, which is older than requested; newer data could not be loaded"));
        return new QueryResult(
                answer.data(),
                answer.provenance().withFlags(flags),
                answer.cache().withoutMemo());
    }

    /** Why a request was forwarded, given the entry that was present. */
    Forward reason(@Nullable CacheEntry present, AgeLimit limit) {
        if (present == null) {
            return Forward.MISS;
        }
        return judge(present).fresh() && !limit.accepts(present) ? Forward.REQUEST : Forward.STALE;
    }

    /** The answer for a caller that waited for a load, labelled. */
    QueryResult arrived(CacheEntry entry, Tier tier, Forward why, boolean collapsed, Call call) {
        Verdict verdict = judge(entry);
        boolean fresh = tier == Tier.ORIGIN || verdict.fresh();
        if (tier != Tier.ORIGIN) {
            return hit(entry, tier, verdict, call);
        }
        call.trace().note("forward", why.wire());
        return entry.served(tier, why, fresh, collapsed, nanoClock.nanos());
    }
}
