package io.marketbrain.pipeline;

/** One job done around every fetch. */
public interface Layer {
    /** The layer's name in printed stacks and explanations: a noun in lower case. */
    String name();

    MarketDataSource around(MarketDataSource next);
}
