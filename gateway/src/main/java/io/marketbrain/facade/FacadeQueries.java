package io.marketbrain.facade;

import io.marketbrain.api.endpoints.ParallelQueries;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Call;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.SymbolSearch;
import java.util.List;
import java.util.concurrent.Callable;

/** Queries to the provider whose data an emulated API has, through the same layers as those of our own API. Thread-safe. */
public final class FacadeQueries {
    private final ProviderId provider;
    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final ProviderCatalog catalogue;
    private final ParallelQueries parallel;

    public FacadeQueries(ProviderId provider, ApiServices services) {
        this.provider = provider;
        this.resolver = services.resolver();
        this.executor = services.executor();
        this.catalogue = services.catalogue();
        this.parallel = new ParallelQueries(executor);
    }

    public ProviderId provider() {
        return provider;
    }

    /** The instrument that a symbol names at the provider. */
    public Outcome<Instrument> instrument(String symbol) {
        return resolver.findInstrument(provider, symbol);
    }

    public Outcome<QueryResult> fetch(MarketQuery query, Request request) {
        return executor.execute(query, executor.call(request)).outcome();
    }

    /** The same with data that no cache had. */
    public Outcome<QueryResult> fetchNew(MarketQuery query, Request request) {
        var uncached = new Call.CacheDirectives(null, true, false);
        return executor.execute(query, executor.call(request).demanding(uncached))
                .outcome();
    }

    /** The outcomes of several queries at the same time, in their order. */
    public List<Outcome<QueryResult>> fetchAll(List<? extends MarketQuery> queries, Request request) {
        Call call = executor.call(request);
        List<Callable<Outcome<QueryResult>>> each = queries.stream()
                .<Callable<Outcome<QueryResult>>>map(
                        query -> () -> executor.execute(query, call).outcome())
                .toList();
        return parallel.all(each, call);
    }

    /**
     * The spot pairs that the provider lists, or those that are well known where the mock market replaces it.
     *
     * @param limit the most instruments
     */
    public Outcome<List<FoundSymbols.Match>> listed(int limit) {
        return catalogue
                .search(new SymbolSearch("", InstrumentType.SPOT, provider, !isMocked(), limit))
                .map(FoundSymbols::matches);
    }

    /** Whether the provider is replaced by the mock market. */
    public boolean isMocked() {
        return catalogue.modes().stream().anyMatch(one -> one.id().equals(provider) && one.mode() == Mode.MOCK);
    }
}
