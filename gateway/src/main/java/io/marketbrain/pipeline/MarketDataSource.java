package io.marketbrain.pipeline;

import io.marketbrain.model.Call;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;

/**
 * A source of market data: a provider, or a layer around another source. Blocks the calling (virtual) thread until
 * there is an outcome or the call's deadline has passed. Safe for concurrent use. Expected failures are returned, never
 * thrown. {@code toString} returns the source and what it wraps.
 */
public interface MarketDataSource {
    Outcome<QueryResult> fetch(MarketQuery query, Call call);
}
