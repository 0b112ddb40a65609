package io.marketbrain.pipeline.cache;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CacheStatus.Forward;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.cache.InFlightLoads.LoadTicket;
import io.marketbrain.pipeline.cache.policy.AgeLimit;
import io.marketbrain.pipeline.cache.policy.CacheConfig;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.CachePolicy.Verdict;
import io.marketbrain.pipeline.cache.policy.CandleSegments;
import io.marketbrain.pipeline.cache.policy.NegativeCachePolicy;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.LocalTiers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Answers candle ranges from cached pieces and loads only the missing ones; adjacent missing pieces are loaded in one request. Thread-safe.
 */
final class CandleRangeCache {
    private final CacheReader serving;
    private final CacheConfig config;
    private final MarketDataSource next;
    private final BiFunction<MarketQuery, Call, Outcome<QueryResult>> whole;
    private final InstantSource clock;
    private final MergedPages pages;

    CandleRangeCache(
            CacheReader serving,
            CacheConfig config,
            MarketDataSource next,
            BiFunction<MarketQuery, Call, Outcome<QueryResult>> whole,
            MergedPages pages,
            InstantSource clock) {
        this.serving = serving;
        this.config = config;
        this.next = next;
        this.whole = whole;
        this.pages = pages;
        this.clock = clock;
    }

    Outcome<QueryResult> fetch(CandlesQuery query, Call call) {
        Instant now = clock.instant();
        Optional<CandleSegments.Cut> cut = CandleSegments.cut(query, config.candleBlock(), now);
        if (cut.isEmpty()) {
            return whole.apply(query, call);
        }
        Outcome<List<QueryResult>> pieces = pieces(cut.get().pieces(), call);
        if (call.untrustedAllowed()
                && pieces instanceof Outcome.Failed<List<QueryResult>>(Failure failure)
                && NegativeCachePolicy.isUntrusted(failure)) {
            // The refused data of one piece is not the answer; that of the whole range is.
            return whole.apply(query, call);
        }
        return pieces.then(parts -> {
            Optional<QueryResult> joined = pages.page(query, cut.get(), parts, now);
            return joined.map(Outcome::success).orElseGet(() -> whole.apply(query, call));
        });
    }

    private Outcome<List<QueryResult>> pieces(List<CandlesQuery> pieces, Call call) {
        AgeLimit limit = serving.limit(call);
        boolean onlyIfCached = call.cache().onlyIfCached();
        List<CacheKey> keys =
                pieces.stream().map(piece -> serving.key(piece, call)).toList();
        Map<CacheKey, QueryResult> found = new HashMap<>();
        Map<CacheKey, CacheEntry> lastResort = new HashMap<>();
        List<CacheKey> missing = new ArrayList<>();
        List<CacheKey> toRefresh = new ArrayList<>();
        for (CacheKey key : keys) {
            LocalTiers.Lookup lookup = serving.lookup(key);
            CacheEntry entry = lookup.entry();
            if (entry != null && lookup.verdict().servesAtOnce() && limit.accepts(entry)) {
                found.put(key, serving.hit(entry, lookup.tier(), lookup.verdict(), call));
                if (lookup.verdict().refreshes() && !onlyIfCached) {
                    toRefresh.add(key);
                }
                continue;
            }
            if (onlyIfCached) {
                switch (serving.onlyCached(key, limit, call)) {
                    case Outcome.Success<QueryResult>(QueryResult answer) -> found.put(key, answer);
                    case Outcome.Failed<QueryResult>(Failure failure) -> {
                        return Outcome.failed(failure);
                    }
                }
                continue;
            }
            if (entry != null && serving.refusesRefresh(entry)) {
                found.put(key, serving.inPlaceOfNewer(entry, limit, call));
                continue;
            }
            Optional<Failure> cachedFailure = serving.cachedFailure(lookup.negative(), call);
            if (cachedFailure.isPresent()) {
                return Outcome.failed(cachedFailure.get());
            }
            missing.add(key);
            if (entry != null) {
                lastResort.put(key, entry);
            }
        }
        if (!toRefresh.isEmpty()) {
            serving.refresh(toRefresh, call, this::fetchFromNext);
        }
        Optional<Failure> failure = await(missing, found, lastResort, limit, call);
        return failure.isPresent() ? Outcome.failed(failure.get()) : Outcome.success(inOrder(keys, found));
    }

    private static List<QueryResult> inOrder(List<CacheKey> keys, Map<CacheKey, QueryResult> found) {
        List<QueryResult> answers = new ArrayList<>();
        for (CacheKey key : keys) {
            QueryResult answer = found.get(key);
            if (answer == null) {
                throw new IllegalStateException("no answer for " + key);
            }
            answers.add(answer);
        }
        return answers;
    }

    private Optional<Failure> await(
            List<CacheKey> missing,
            Map<CacheKey, QueryResult> found,
            Map<CacheKey, CacheEntry> lastResort,
            AgeLimit limit,
            Call call) {
        List<CacheKey> open = missing;
        while (!open.isEmpty()) {
            List<LoadTicket> tickets = open.stream().map(serving::join).toList();
            List<LoadTicket> leaders =
                    tickets.stream().filter(LoadTicket::leader).toList();
            List<Boolean> late = tickets.stream()
                    .map(ticket -> ticket.flight().invalidated())
                    .toList();
            if (!leaders.isEmpty()) {
                serving.load(leaders, limit, call, this::fetchFromNext);
            }
            List<CacheKey> again = new ArrayList<>();
            for (int i = 0; i < tickets.size(); i++) {
                LoadTicket ticket = tickets.get(i);
                Optional<LoadResult> result = ticket.flight().await(call.deadline());
                if (!ticket.leader()) {
                    serving.count(Event.COLLAPSED);
                }
                CacheEntry old = lastResort.get(ticket.key());
                boolean tooOld = result.isPresent() && CacheReader.isTooOld(result.get(), limit);
                boolean retry = result.isPresent()
                        && (late.get(i) || tooOld || result.get() instanceof LoadResult.LoadingElsewhere);
                if (retry && !call.deadline().passed()) {
                    again.add(ticket.key());
                    continue;
                }
                switch (result.orElse(null)) {
                    case LoadResult.Loaded(CacheEntry entry, CacheStatus.Tier tier)
                    when !tooOld -> {
                        if (tier == CacheStatus.Tier.ORIGIN) {
                            serving.count(Event.MISSES);
                        }
                        Forward why = serving.reason(old, limit);
                        found.put(ticket.key(), serving.arrived(entry, tier, why, !ticket.leader(), call));
                    }
                    case null, default -> {
                        serving.count(Event.MISSES);
                        if (old != null && serving.judge(old) != Verdict.GONE) {
                            found.put(ticket.key(), serving.inPlaceOfNewer(old, limit, call));
                        } else {
                            return Optional.of(
                                    result.orElse(null) instanceof LoadResult.Failed(Failure failure)
                                            ? failure
                                            : new Failure.DeadlinePassed(
                                                    "the deadline of this request passed before the data was loaded; retry, or allow more time"));
                        }
                    }
                }
            }
            open = again;
        }
        return Optional.empty();
    }

    /** Fetches pieces, adjacent ones in one request, and splits the response at the boundaries of the pieces. */
    private Map<CacheKey, Outcome<QueryResult>> fetchFromNext(List<CacheKey> keys, Call call) {
        Map<CacheKey, Outcome<QueryResult>> outcomes = new LinkedHashMap<>();
        List<CacheKey> run = new ArrayList<>();
        for (CacheKey key : keys) {
            if (!run.isEmpty() && !continues(run, key)) {
                fetchRun(run, call, outcomes);
                run.clear();
            }
            run.add(key);
        }
        fetchRun(run, call, outcomes);
        return outcomes;
    }

    private boolean continues(List<CacheKey> run, CacheKey key) {
        CandlesQuery last = piece(run.getLast());
        CandlesQuery next = piece(key);
        // Where markets close, a provider's page may end anywhere, so that a truncated piece could not be recognised.
        return next.instrument().type() == AssetType.CRYPTO
                && next.from() != null
                && next.from().equals(last.to())
                && (run.size() + 1) * next.limit() <= config.candlesPerCall();
    }

    private void fetchRun(List<CacheKey> run, Call call, Map<CacheKey, Outcome<QueryResult>> outcomes) {
        CandlesQuery first = piece(run.getFirst());
        CandlesQuery last = piece(run.getLast());
        boolean open = last.to() == null || last.to().isAfter(clock.instant());
        serving.count(Event.LOADS);
        var query = first.in(first.from(), open ? null : last.to(), first.limit() * run.size());
        Outcome<QueryResult> outcome = last.to() == null ? next.fetch(query, call) : fetchWhole(query, last.to(), call);
        for (CacheKey key : run) {
            outcomes.put(
                    key,
                    outcome.map(answer -> answer.data() instanceof Candles candles
                            ? new QueryResult(CandleMerger.part(candles, piece(key)), answer.provenance())
                            : answer));
        }
    }

    /**
     * Fetches a range of pieces. Bars off the grid may be more than the pieces have places: what follows a full response
     * is fetched as well, so that none is lost.
     */
    private Outcome<QueryResult> fetchWhole(CandlesQuery query, Instant end, Call call) {
        return next.fetch(query, call).then(answer -> {
            if (!(answer.data() instanceof Candles candles)
                    || candles.candles().size() < query.limit()
                    || query.instrument().type() != AssetType.CRYPTO) {
                return Outcome.success(answer);
            }
            Instant last = candles.candles().getLast().openTime();
            if (!query.interval().next(query.interval().floor(last)).isBefore(end)) {
                return Outcome.success(answer);
            }
            var rest = query.in(last.plusMillis(1), query.to(), query.limit());
            return fetchWhole(rest, end, call).map(more -> CandleMerger.append(answer, more));
        });
    }

    private static CandlesQuery piece(CacheKey key) {
        return (CandlesQuery) key.query();
    }
}
