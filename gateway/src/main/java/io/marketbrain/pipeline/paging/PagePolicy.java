package io.marketbrain.pipeline.paging;

import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The decision which page of candles to request next. Pages go forwards from the query's start, or backwards from its
 * end if it has no start; they neither overlap nor leave anything out. Pure.
 */
final class PagePolicy {
    /**
     * How many pages without a candle are requested in search of older ones, where the provider only has windows of
     * time: an instrument that trades rarely is found, and one that is young does not cost forty calls.
     */
    private static final int MAX_EMPTY_PAGES = 4;

    private final CandlesQuery asked;
    private final PagingConfig config;
    private final CandlePaging paging;
    private final int pageSize;
    private final Interval interval;
    private final Instant end;

    PagePolicy(CandlesQuery asked, PagingConfig config, Instant now) {
        this.asked = asked;
        this.config = config;
        this.paging = config.paging();
        this.interval = asked.interval();
        this.pageSize = config.pageSize(asked);
        this.end = asked.to() != null ? asked.to() : interval.next(interval.floor(now));
    }

    /** Whether the query can be sent to the provider unchanged. */
    boolean isOnePage() {
        return switch (paging) {
            case COUNT -> asked.limit() <= pageSize;
            case WINDOW -> false;
            case NONE -> true;
        };
    }

    /** The result, flagged if it has less than was requested and the provider may have more. */
    QueryResult flagged(QueryResult answer) {
        if (!(answer.data() instanceof Candles candles)) {
            return answer;
        }
        return findFlag(candles.candles())
                .map(flag -> {
                    List<QualityFlag> flags =
                            new ArrayList<>(answer.provenance().flags());
                    flags.add(flag);
                    return answer.with(answer.provenance().withFlags(flags));
                })
                .orElse(answer);
    }

    private Optional<QualityFlag> findFlag(List<Candle> candles) {
        Instant from = asked.from();
        boolean lacking = from == null
                ? candles.size() < asked.limit()
                : candles.isEmpty()
                        ? interval.bars(from, end) > 0
                        : interval.bars(from, interval.floor(candles.getFirst().openTime())) > 0;
        if (!lacking) {
            return Optional.empty();
        }
        return switch (paging) {
            case COUNT -> Optional.empty();
            case WINDOW ->
                from != null
                        ? Optional.empty()
                        : Optional.of(new QualityFlag(
                                "history_limited",
                                "older candles were not looked for, because there are none in the "
                                        + MAX_EMPTY_PAGES * pageSize + " bars before the first"));
            case NONE ->
                Optional.of(new QualityFlag(
                        "history_limited",
                        config.provider() + " returns only the latest " + pageSize
                                + " candles of an interval; older ones may be missing"));
        };
    }

    CandlesQuery first() {
        int bars = Math.min(asked.limit(), pageSize);
        if (paging == CandlePaging.COUNT) {
            return page(asked.from(), asked.to(), bars);
        }
        return asked.from() != null ? windowFrom(asked.from()) : windowTo(end, bars);
    }

    /**
     * The page after {@code page}, if one is needed.
     *
     * @param soFar every candle received, by opening time
     * @param received how many candles {@code page} brought
     * @param fresh how many of them were new
     */
    Optional<CandlesQuery> next(CandlesQuery page, SortedMap<Instant, ?> soFar, int received, int fresh) {
        int missing = asked.limit() - soFar.size();
        if (missing <= 0) {
            return Optional.empty();
        }
        return paging == CandlePaging.COUNT
                ? nextByCount(page, soFar, received, fresh, missing)
                : nextWindow(page, soFar, received, fresh);
    }

    private Optional<CandlesQuery> nextByCount(
            CandlesQuery page, SortedMap<Instant, ?> soFar, int received, int fresh, int missing) {
        if (fresh == 0 || received < page.limit()) {
            return Optional.empty();
        }
        int bars = Math.min(missing, pageSize);
        if (asked.from() == null) {
            return Optional.of(page(null, soFar.firstKey(), bars));
        }
        // A millisecond later, not an interval: a candle off the grid must not be stepped over.
        Instant last = soFar.lastKey();
        Instant from = last.plusMillis(1);
        return interval.next(interval.floor(last)).isBefore(end)
                ? Optional.of(page(from, asked.to(), bars))
                : Optional.empty();
    }

    private Optional<CandlesQuery> nextWindow(CandlesQuery page, SortedMap<Instant, ?> soFar, int received, int fresh) {
        if (asked.from() != null) {
            Instant from = page.to();
            return from != null && from.isBefore(end) ? Optional.of(windowFrom(from)) : Optional.empty();
        }
        Instant to = page.from();
        boolean ignoresWindows = received > 0 && fresh == 0;
        if (to == null || ignoresWindows) {
            return Optional.empty();
        }
        long empty = interval.bars(to, soFar.isEmpty() ? end : soFar.firstKey());
        return empty < (long) MAX_EMPTY_PAGES * pageSize ? Optional.of(windowTo(to, pageSize)) : Optional.empty();
    }

    private CandlesQuery windowFrom(Instant from) {
        Instant full = interval.floor(from).plus(interval.length().multipliedBy(pageSize));
        return page(from, full.isBefore(end) || !from.isBefore(end) ? full : end, pageSize);
    }

    private CandlesQuery windowTo(Instant to, int bars) {
        return page(interval.back(interval.ceil(to), bars), to, bars);
    }

    private CandlesQuery page(@Nullable Instant from, @Nullable Instant to, int limit) {
        return asked.in(from, to, limit);
    }
}
