package io.marketbrain.pipeline;

/** One job done around every fetch. */
public interface Layer extends Reporting {
    MarketDataSource around(MarketDataSource next);
}
