package io.marketbrain.api;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.NewsQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.ProviderId;

/** The paths that answer with one piece of market data. Thread-safe. */
final class DataEndpoints {
    private static final int MAX_TEXT = 200;

    private final Subjects subjects;
    private final Asking asking;

    DataEndpoints(Subjects subjects, Asking asking) {
        this.subjects = subjects;
        this.asking = asking;
    }

    Reply quote(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd());
        ProviderId provider = subjects.provider(request.variable("provider"));
        var instrument = subjects.instrument(provider, request.variable("symbol"));
        return answer(request, parameters, new QuoteQuery(provider, instrument, null));
    }

    Reply book(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("depth"));
        ProviderId provider = subjects.provider(request.variable("provider"));
        var instrument = subjects.instrument(provider, request.variable("symbol"));
        int depth = parameters.integer("depth", 20, 1, 5000);
        return answer(request, parameters, new BookQuery(provider, instrument, depth, null));
    }

    Reply trades(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("limit"));
        ProviderId provider = subjects.provider(request.variable("provider"));
        var instrument = subjects.instrument(provider, request.variable("symbol"));
        int limit = parameters.integer("limit", 100, 1, 1000);
        return answer(request, parameters, new TradesQuery(provider, instrument, limit, null));
    }

    Reply series(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("from", "to", "limit"));
        ProviderId provider = subjects.provider(request.variable("provider"));
        String id = Subjects.checked("id", request.variable("id"));
        var range = parameters.range();
        int limit = parameters.integer("limit", 1000, 1, 5000);
        return answer(request, parameters, new SeriesQuery(provider, id, range.from(), range.to(), limit));
    }

    Reply news(Request request) throws Rejected {
        var parameters = Parameters.of(request, Asking.parametersAnd("q", "limit"));
        ProviderId provider = subjects.provider(request.variable("provider"));
        String text = parameters.text("q", MAX_TEXT);
        int limit = parameters.integer("limit", 20, 1, 100);
        return answer(request, parameters, new NewsQuery(provider, text, limit));
    }

    private Reply answer(Request request, Parameters parameters, MarketQuery query) throws Rejected {
        return asking.reply(query, asking.call(request, parameters));
    }
}
