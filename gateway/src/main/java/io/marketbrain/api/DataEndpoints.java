package io.marketbrain.api;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.ProviderId;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The paths that return one quote, order book, list of trades, series or list of news. Thread-safe. */
final class DataEndpoints {
    static final int DEFAULT_DEPTH = 20;
    static final int MAX_DEPTH = 5000;
    static final int DEFAULT_TRADES = 100;
    static final int MAX_TRADES = 1000;
    static final int DEFAULT_OBSERVATIONS = 1000;
    static final int MAX_OBSERVATIONS = 5000;
    static final int DEFAULT_NEWS = 20;
    static final int MAX_NEWS = 100;
    static final int MAX_TEXT = 200;

    private final Subjects resolver;
    private final Asking executor;
    private final InstantSource clock;

    DataEndpoints(Subjects resolver, Asking executor, InstantSource clock) {
        this.resolver = resolver;
        this.executor = executor;
        this.clock = clock;
    }

    Reply quote(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("at"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        var instrument = resolver.instrument(provider, request.variable("symbol"));
        return answer(request, parameters, new QuoteQuery(provider, instrument, at(parameters)));
    }

    Reply book(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("depth", "at"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        var instrument = resolver.instrument(provider, request.variable("symbol"));
        int depth = parameters.integer("depth", DEFAULT_DEPTH, 1, MAX_DEPTH);
        return answer(request, parameters, new BookQuery(provider, instrument, depth, at(parameters)));
    }

    Reply trades(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("limit", "at"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        var instrument = resolver.instrument(provider, request.variable("symbol"));
        int limit = parameters.integer("limit", DEFAULT_TRADES, 1, MAX_TRADES);
        return answer(request, parameters, new TradesQuery(provider, instrument, limit, at(parameters)));
    }

    Reply series(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("from", "to", "limit"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        String id = Subjects.checked("id", request.variable("id"));
        var range = parameters.range();
        int limit = parameters.integer("limit", DEFAULT_OBSERVATIONS, 1, MAX_OBSERVATIONS);
        return answer(request, parameters, new SeriesQuery(provider, id, range.from(), range.to(), limit));
    }

    Reply news(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("q", "limit"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        String text = parameters.text("q", MAX_TEXT);
        int limit = parameters.integer("limit", DEFAULT_NEWS, 1, MAX_NEWS);
        return answer(request, parameters, new NewsQuery(provider, text, limit));
    }

    /** The past instant to query; null for now. */
    private @Nullable Instant at(Parameters parameters) throws Rejected {
        return parameters.past("at", clock).orElse(null);
    }

    private Reply answer(Request request, Parameters parameters, MarketQuery query) throws Rejected {
        return executor.reply(query, executor.call(request, parameters));
    }
}
