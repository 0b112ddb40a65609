package io.marketbrain.pipeline.paging;

import io.marketbrain.model.CandlePaging;

/**
 * How one provider pages candles.
 *
 * @param provider the provider's name in messages
 * @param pageSize the most candles one request returns: 1 or more
 */
public record PagingConfig(String provider, CandlePaging paging, int pageSize) {
    public PagingConfig {
        if (pageSize < 1) {
            throw new IllegalArgumentException("a page has at least one candle");
        }
    }
}
