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
    private final CandlesQuery asked;
    private final PagingConfig config;
    private final CandlePaging paging;
    private final int pageSize;
    private final Instant end;

    PagePolicy(CandlesQuery asked, PagingConfig config, Instant now) {
        this.asked = asked;
        this.config = config;
        this.paging = config.paging();
        this.pageSize = config.pageSize();
        Interval interval = asked.interval();
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

    /** The result, flagged if more was requested than the provider keeps. */
    QueryResult flagged(QueryResult answer) {
        if (paging != CandlePaging.NONE || !(answer.data() instanceof Candles candles)) {
            return answer;
        }
        List<Candle> kept = candles.candles();
        boolean full = kept.size() >= pageSize;
        boolean lacking = asked.from() == null
                ? asked.limit() > kept.size()
                : kept.stream().allMatch(candle -> candle.openTime().isAfter(asked.from()));
        if (!full || !lacking) {
            return answer;
        }
        List<QualityFlag> flags = new ArrayList<>(answer.provenance().flags());
        flags.add(new QualityFlag(
                "history_limited",
                config.provider() + " returns only the latest " + pageSize
                        + " candles of an interval; older ones are missing"));
        return answer.with(answer.provenance().withFlags(flags));
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
                : nextWindow(page, received);
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
        Instant from = asked.interval().next(soFar.lastKey());
        return from.isBefore(end) ? Optional.of(page(from, asked.to(), bars)) : Optional.empty();
    }

    private Optional<CandlesQuery> nextWindow(CandlesQuery page, int received) {
        if (asked.from() != null) {
            Instant from = page.to();
            return from != null && from.isBefore(end) ? Optional.of(windowFrom(from)) : Optional.empty();
        }
        Instant to = page.from();
        return to != null && received > 0 ? Optional.of(windowTo(to, pageSize)) : Optional.empty();
    }

    private CandlesQuery windowFrom(Instant from) {
        Instant floor = asked.interval().floor(from);
        Instant open = floor.isBefore(from) ? asked.interval().next(floor) : floor;
        Instant full = open.plus(asked.interval().length().multipliedBy(pageSize));
        return page(open, full.isBefore(end) || !open.isBefore(end) ? full : end, pageSize);
    }

    private CandlesQuery windowTo(Instant to, int bars) {
        Instant floor = asked.interval().floor(to);
        Instant last = floor.isBefore(to) ? asked.interval().next(floor) : floor;
        return page(asked.interval().back(last, bars), to, bars);
    }

    private CandlesQuery page(@Nullable Instant from, @Nullable Instant to, int limit) {
        return new CandlesQuery(asked.provider(), asked.instrument(), asked.interval(), from, to, limit);
    }
}
