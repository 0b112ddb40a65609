package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.CacheStatus.Tier;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.policy.AgeLimit;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers queries whose response is cached as a whole. Thread-safe. */
final class ResponseCache {
    private final CacheReader serving;
    private final MarketDataSource next;

    ResponseCache(CacheReader serving, MarketDataSource next) {
        this.serving = serving;
        this.next = next;
    }

    Outcome<QueryResult> fetch(MarketQuery query, Call call) {
        CacheKey key = serving.key(query, call);
        AgeLimit limit = serving.limit(call);
        LocalTiers.Lookup lookup = serving.lookup(key);
        CacheEntry entry = lookup.entry();
        if (entry != null && lookup.verdict().servesAtOnce() && limit.accepts(entry)) {
            if (lookup.verdict().refreshes() && !call.cache().onlyIfCached()) {
                serving.refresh(List.of(key), call, this::fetchFromNext);
            }
            return Outcome.success(serving.hit(entry, lookup.tier(), lookup.verdict(), call));
        }
        if (call.cache().onlyIfCached()) {
            return serving.onlyCached(key, limit, call);
        }
        if (entry != null && serving.refusesRefresh(entry)) {
            return Outcome.success(serving.inPlaceOfNewer(entry, limit, call));
        }
        Optional<Failure> cachedFailure = serving.cachedFailure(lookup.negative(), call);
        return cachedFailure.isPresent() ? Outcome.failed(cachedFailure.get()) : await(key, entry, limit, call);
    }

    private Outcome<QueryResult> await(CacheKey key, @Nullable CacheEntry lastResort, AgeLimit limit, Call call) {
        boolean counted = false;
        Forward why = serving.reason(lastResort, limit);
        while (true) {
            LoadTicket ticket = serving.join(key);
            boolean late = ticket.flight().invalidated();
            if (ticket.leader()) {
                serving.load(List.of(ticket), limit, call, this::fetchFromNext);
            }
            Optional<LoadResult> result = ticket.flight().await(call.deadline());
            boolean tooOld = result.isPresent() && CacheReader.isTooOld(result.get(), limit);
            boolean again =
                    result.isPresent() && (late || tooOld || result.get() instanceof LoadResult.LoadingElsewhere);
            if (again && !call.deadline().passed()) {
                continue;
            }
            if (!ticket.leader() && !counted) {
                counted = true;
                serving.count(Event.COLLAPSED);
            }
            if (!tooOld
                    && result.isPresent()
                    && result.get() instanceof LoadResult.Loaded(CacheEntry entry, Tier tier)) {
                if (tier == Tier.ORIGIN) {
                    serving.count(Event.MISSES);
                }
                return Outcome.success(serving.arrived(entry, tier, why, !ticket.leader(), call));
            }
            serving.count(Event.MISSES);
            if (lastResort != null && serving.judge(lastResort) != Verdict.GONE) {
                return Outcome.success(serving.inPlaceOfNewer(lastResort, limit, call));
            }
            return Outcome.failed(
                    result.isPresent() && result.get() instanceof LoadResult.Failed(Failure failure)
                            ? failure
                            : new Failure.DeadlinePassed(
                                    "the deadline of this request passed before the data was loaded; retry, or allow more time"));
        }
    }

    private Map<CacheKey, Outcome<QueryResult>> fetchFromNext(List<CacheKey> keys, Call call) {
        CacheKey key = keys.getFirst();
        serving.count(Event.LOADS);
        return Map.of(key, next.fetch(key.query(), call));
    }
}
