package io.marketbrain.pipeline.paging;

import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.Interval;
import java.time.Duration;
import java.util.Optional;

/**
 * How one provider pages candles.
 *
 * @param provider the provider's name in messages
 * @param pageSize the most candles one request returns: 1 or more
 * @param longestWindow the longest range of time that one request covers; empty for any
 */
public record PagingConfig(String provider, CandlePaging paging, int pageSize, Optional<Duration> longestWindow) {
    public PagingConfig {
        if (pageSize < 1) {
            throw new IllegalArgumentException("a page has at least one candle");
        }
    }

    /** The most candles of an interval that one request returns: 1 or more. */
    int pageSize(Interval interval) {
        long bars = longestWindow
                .map(window -> window.dividedBy(interval.length()))
                .orElse((long) pageSize);
        return (int) Math.clamp(bars, 1, pageSize);
    }
}
