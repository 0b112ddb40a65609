package io.marketbrain.pipeline;

/** One processing step wrapped around every fetch, such as caching or retrying. */
public interface Layer extends Reportable {
    MarketDataSource around(MarketDataSource next);
}
