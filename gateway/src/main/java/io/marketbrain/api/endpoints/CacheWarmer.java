package io.marketbrain.api.endpoints;

import io.marketbrain.model.Call;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import java.util.List;

/** Fetches quotes into the cache in advance, at low priority. Thread-safe; returns at once. */
@FunctionalInterface
public interface CacheWarmer {
    /** Returns how many of the queries will be fetched in the background; fails if the gateway is too busy for any. */
    Outcome<Integer> warm(List<QuoteQuery> queries, Call call);
}
