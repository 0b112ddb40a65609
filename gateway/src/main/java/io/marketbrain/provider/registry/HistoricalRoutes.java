package io.marketbrain.provider.registry;

import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.pipeline.Route;
import java.util.List;

/** What is left of the routes where a past instant is asked about: providers tell the present, only the mock market the past. */
final class HistoricalRoutes {
    private HistoricalRoutes() {}

    /** The routes that can answer, or why none can. */
    static Outcome<List<Route>> of(List<Route> routes, MarketQuery query) {
        if (query.at() == null) {
            return Outcome.success(routes);
        }
        List<Route> mock = routes.stream()
                .filter(r -> r.mode() == Mode.MOCK && r.when() == Route.When.ALWAYS)
                .toList();
        return mock.isEmpty()
                ? Outcome.failed(new Failure.Unsupported(
                        query.provider(),
                        query.provider() + " is live and tells the present only; leave out 'at', or ask the provider"
                                + " mock"))
                : Outcome.success(mock);
    }
}
