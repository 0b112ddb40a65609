package io.marketbrain.pipeline.paging;

import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import java.time.Duration;
import java.util.Optional;

/**
 * How one provider pages candles.
 *
 * @param provider the provider's name in messages
 * @param pageSize the most candles one request returns: 1 or more
 * @param contractPageSize the same for swaps and futures
 * @param longestWindow the longest range of time that one request covers; empty for any
 */
public record PagingConfig(
        String provider, CandlePaging paging, int pageSize, int contractPageSize, Optional<Duration> longestWindow) {
    public PagingConfig {
        if (pageSize < 1 || contractPageSize < 1) {
            throw new IllegalArgumentException("a page has at least one candle");
        }
    }

    /** The most candles that one request for the instrument and interval of a query returns: 1 or more. */
    int pageSize(CandlesQuery query) {
        int most = query.instrument().settle() == null ? pageSize : contractPageSize;
        long bars = longestWindow
                .map(window -> window.dividedBy(query.interval().length()))
                .orElse((long) most);
        return Math.clamp(bars, 1, most);
    }
}
