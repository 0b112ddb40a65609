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

    /** The number of missing bars in the part of the range that the page covers. */
    long missing() {
        return candles.gaps().stream().mapToLong(Gap::missing).sum();
    }
}
