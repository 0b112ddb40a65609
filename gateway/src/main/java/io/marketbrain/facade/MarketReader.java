package io.marketbrain.facade;

import io.marketbrain.api.endpoints.ParallelQueries;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.model.Call;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Market data for a façade. Symbols are {@code provider:symbol} or a symbol alone, for which any provider is asked. May block.
 * Thread-safe.
 */
public final class MarketReader {
    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final ParallelQueries parallel;
    private final NanoClock nanoClock;

    public MarketReader(ApiServices services) {
        this.resolver = services.resolver();
        this.executor = services.executor();
        this.nanoClock = services.nanoClock();
        this.parallel = new ParallelQueries(executor);
    }

    /** The call of a request, with its {@code timeout} and the other parameters that every data path has. */
    public Call call(Request request) throws RequestRejected {
        return executor.call(request, Parameters.lenient(request));
    }

    /** The same with a deadline of {@code within} where the request names no {@code timeout}. */
    public Call call(Request request, Duration within) throws RequestRejected {
        Call call = call(request);
        return request.query().containsKey("timeout") ? call : call.until(Deadline.in(within, nanoClock));
    }

    public Outcome<Listed> find(String symbol) {
        return resolver.findListed(symbol);
    }

    /** The id of a series at a provider; see {@link SymbolResolver#seriesId}. */
    public String seriesId(ProviderId provider, String field, String id) throws RequestRejected {
        return resolver.seriesId(provider, field, id);
    }

    public Outcome<QueryResult> fetch(MarketQuery query, Call call) {
        return executor.execute(query, call).outcome();
    }

    /** The result of a query for the instrument that a symbol names. */
    public Outcome<QueryResult> fetch(String symbol, Call call, Function<Listed, MarketQuery> query) {
        return find(symbol).then(listed -> fetch(query.apply(listed), call));
    }

    /** The latest quote of each symbol, in their order, all fetched at once. */
    public List<Outcome<QueryResult>> quotes(List<String> symbols, Call call) {
        return each(
                symbols,
                call,
                symbol -> fetch(symbol, call, listed -> new QuoteQuery(listed.provider(), listed.instrument(), null)));
    }

    /** The outcome of {@code query} for each item, in their order, all fetched at once. */
    public <T, R> List<Outcome<R>> each(List<T> items, Call call, Function<T, Outcome<R>> query) {
        List<Callable<Outcome<R>>> queries = new ArrayList<>(items.size());
        items.forEach(item -> queries.add(() -> query.apply(item)));
        return parallel.all(queries, call);
    }
}
