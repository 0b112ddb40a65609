package io.marketbrain.api;

import io.marketbrain.model.Call;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import java.util.List;

/** What fetches quotes ahead of need, at low priority. Thread-safe; returns at once. */
@FunctionalInterface
public interface Warming {
    /** How many of the queries will be asked in the background; fails when it is too busy to take any. */
    Outcome<Integer> warm(List<QuoteQuery> queries, Call call);
}
