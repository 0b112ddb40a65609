package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.RequestedFormat;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Call;
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
public final class DataEndpoints {
    public static final int DEFAULT_DEPTH = 20;
    public static final int MAX_DEPTH = 5000;
    public static final int DEFAULT_TRADES = 100;
    public static final int MAX_TRADES = 1000;
    public static final int DEFAULT_OBSERVATIONS = 1000;
    public static final int MAX_OBSERVATIONS = 5000;
    public static final int DEFAULT_NEWS = 20;
    public static final int MAX_NEWS = 100;
    public static final int MAX_TEXT = 200;

    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final InstantSource clock;

    public DataEndpoints(SymbolResolver resolver, QueryExecutor executor, InstantSource clock) {
        this.resolver = resolver;
        this.executor = executor;
        this.clock = clock;
    }

    public Response quote(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, QueryExecutor.parametersAnd("at", "format"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        String symbol = request.variable("symbol");
        var query = new QuoteQuery(provider, resolver.instrument(provider, symbol), at(parameters));
        boolean csv = RequestedFormat.isCsv(request, parameters);
        Call call = executor.call(request, parameters);
        Response reply = csv ? executor.replyCsv(query, call) : executor.replyQuote(query, call, symbol, clock);
        return reply.adding("Vary", "Accept");
    }

    public Response book(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, QueryExecutor.parametersAnd("depth", "at", "format"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        var instrument = resolver.instrument(provider, request.variable("symbol"));
        int depth = parameters.integer("depth", DEFAULT_DEPTH, 1, MAX_DEPTH);
        return answer(request, parameters, new BookQuery(provider, instrument, depth, at(parameters)));
    }

    public Response trades(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, QueryExecutor.parametersAnd("limit", "at", "format"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        var instrument = resolver.instrument(provider, request.variable("symbol"));
        int limit = parameters.integer("limit", DEFAULT_TRADES, 1, MAX_TRADES);
        boolean orFewer = parameters.find("limit").isEmpty();
        return answer(request, parameters, new TradesQuery(provider, instrument, limit, at(parameters), orFewer));
    }

    public Response series(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, QueryExecutor.parametersAnd("from", "to", "limit", "format"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        String id = resolver.seriesId(provider, "id", request.variable("id"));
        var range = parameters.range();
        int limit = parameters.integer("limit", DEFAULT_OBSERVATIONS, 1, MAX_OBSERVATIONS);
        return answer(request, parameters, new SeriesQuery(provider, id, range.from(), range.to(), limit));
    }

    public Response news(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, QueryExecutor.parametersAnd("q", "limit", "format"));
        ProviderId provider = resolver.provider(request.variable("provider"));
        String text = parameters.text("q", MAX_TEXT);
        int limit = parameters.integer("limit", DEFAULT_NEWS, 1, MAX_NEWS);
        return answer(request, parameters, new NewsQuery(provider, text, limit));
    }

    /** The past instant to query; null for now. */
    private @Nullable Instant at(Parameters parameters) throws RequestRejected {
        return parameters.past("at", clock).orElse(null);
    }

    private Response answer(Request request, Parameters parameters, MarketQuery query) throws RequestRejected {
        boolean csv = RequestedFormat.isCsv(request, parameters);
        Call call = executor.call(request, parameters);
        return (csv ? executor.replyCsv(query, call) : executor.reply(query, call)).adding("Vary", "Accept");
    }
}
