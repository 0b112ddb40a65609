package io.marketbrain.provider.feed;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import java.util.function.Consumer;

/**
 * Requests that a feed needs beside its connection: the first state of an order book, the trades of a break. They pass the
 * provider's ordinary stack and are paid by the gateway's own budget.
 */
@FunctionalInterface
public interface FeedRequests {
    /** Starts a request and returns; the outcome is delivered on another thread. */
    void fetch(MarketQuery query, Consumer<Outcome<QueryResult>> whenDone);
}
