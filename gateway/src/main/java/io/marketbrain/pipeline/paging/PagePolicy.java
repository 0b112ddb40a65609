package io.marketbrain.pipeline.paging;

import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import java.time.Instant;
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
        return answer.data() instanceof Candles candles
                ? findLimitation(candles.candles())
                        .map(limitation -> flagged(answer, limitation))
                        .orElse(answer)
                : answer;
    }

    /** The result after a page that {@link #isIgnored the provider ignored}. */
    QueryResult flaggedAsIgnored(QueryResult answer) {
        return flagged(
                answer,
                config.provider()
                        + " returns other candles than those of the requested range, which may be incomplete");
    }

    private static QueryResult flagged(QueryResult answer, String limitation) {
        return answer.with(answer.provenance().withFlag(QualityFlag.historyLimited(limitation)));
    }

    /**
     * Whether the provider ignores the window of a page: it sent candles, but none of them is in it. Those that touch it do not
     * show that, because a provider may repeat one of its bounds for a window with nothing in it.
     */
    boolean isIgnored(CandlesQuery page, List<Candle> received) {
        Instant from = page.from();
        Instant to = page.to();
        if (paging != CandlePaging.WINDOW || from == null || to == null) {
            return false;
        }
        Instant before = from.minus(interval.length());
        return received.stream().allMatch(candle -> isOutside(candle, from, to.minusNanos(1)))
                && received.stream().anyMatch(candle -> isOutside(candle, before, to));
    }

    private static boolean isOutside(Candle candle, Instant first, Instant last) {
        return candle.openTime().isBefore(first) || candle.openTime().isAfter(last);
    }

    private Optional<String> findLimitation(List<Candle> candles) {
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
                        : Optional.of("older candles were not looked for, because there are none in the "
                                + MAX_EMPTY_PAGES * pageSize + " bars before the first");
            case NONE ->
                Optional.of(config.provider() + " returns only the latest " + pageSize
                        + " candles of an interval; older ones may be missing");
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
                : nextWindow(page, soFar);
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

    private Optional<CandlesQuery> nextWindow(CandlesQuery page, SortedMap<Instant, ?> soFar) {
        if (asked.from() != null) {
            Instant from = page.to();
            return from != null && from.isBefore(end) ? Optional.of(windowFrom(from)) : Optional.empty();
        }
        Instant to = page.from();
        if (to == null) {
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
