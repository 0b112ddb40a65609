package io.marketbrain.pipeline;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Outcome;
import java.util.List;

/** Finds the routes that support a query, in order of preference. Thread-safe. */
public interface RouteFinder {
    /** Never an empty list; fails with UnknownProvider or Unsupported. */
    Outcome<List<Route>> routes(MarketQuery query);
}
