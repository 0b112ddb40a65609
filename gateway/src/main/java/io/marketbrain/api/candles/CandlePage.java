package io.marketbrain.api.candles;

import io.marketbrain.api.request.PageCursor;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.QueryResult;
import java.time.Instant;
import java.util.Optional;

/**
 * One page of candles and the query that returned it.
 *
 * @param next where the next page starts; empty on the last page
 */
record CandlePage(CandlesQuery query, QueryResult answer, Candles candles, Optional<PageCursor> next) {

    static CandlePage of(CandlesQuery query, QueryResult answer, Instant now) {
        if (!(answer.data() instanceof Candles candles)) {
            throw new IllegalStateException(
                    "expected candles but got " + answer.data().getClass());
        }
        return new CandlePage(query, answer, candles, PageCursor.after(candles, query, now));
    }

    /** This page without the candles up to {@code open}, which are in the previous page. */
    CandlePage after(Instant open) {
        var rest = candles.candles().stream()
                .filter(candle -> candle.openTime().isAfter(open))
                .toList();
        var later = new Candles(candles.listing(), candles.interval(), rest, candles.gaps(), candles.asOf());
        return new CandlePage(query, answer, later, next);
    }

    /** The open time of the last candle. */
    Instant lastOpen() {
        return candles.candles().getLast().openTime();
    }

    /** The number of missing bars between the first candle and the last. */
    long missing() {
        return candles.gaps().stream().mapToLong(Gap::missing).sum();
    }
}
