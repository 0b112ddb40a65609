package io.marketbrain.provider.registry;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.pipeline.Route;
import java.util.List;

/** The routes that can serve a query for a past instant: live providers have current data only, the mock market has any. */
final class HistoricalRoutes {
    private HistoricalRoutes() {}

    /** The routes that can serve the query, or why none can. */
    static Outcome<List<Route>> of(List<Route> routes, MarketQuery query) {
        if (query.at() == null) {
            return Outcome.success(routes);
        }
        List<Route> mock = routes.stream()
                .filter(r -> r.mode() == Mode.MOCK && !r.when().isStandIn())
                .toList();
        return mock.isEmpty()
                ? Outcome.failed(new Failure.Unsupported(
                        query.provider(),
                        query.provider() + " is live and has current data only; leave out 'at', or use the provider"
                                + " mock"))
                : Outcome.success(mock);
    }
}
