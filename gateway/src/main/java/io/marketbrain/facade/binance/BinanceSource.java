package io.marketbrain.facade.binance;

import io.marketbrain.api.request.Request;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import java.util.ArrayList;
import java.util.List;

/** Our data as the endpoints need it: a failure ends the request. Thread-safe. */
final class BinanceSource {
    private final FacadeQueries queries;

    BinanceSource(FacadeQueries queries) {
        this.queries = queries;
    }

    /** Data of one type, and where it comes from. */
    record Found<D extends MarketData>(D data, QueryResult result) {}

    ProviderId provider() {
        return queries.provider();
    }

    boolean isMocked() {
        return queries.isMocked();
    }

    Instrument instrument(String symbol) throws BinanceRejected {
        return orReject(queries.instrument(symbol));
    }

    <D extends MarketData> Found<D> fetch(Class<D> type, MarketQuery query, Request request) throws BinanceRejected {
        QueryResult result = orReject(queries.fetch(query, request));
        return new Found<>(type.cast(result.data()), result);
    }

    /** The same with data that no cache had. */
    <D extends MarketData> Found<D> fetchNew(Class<D> type, MarketQuery query, Request request) throws BinanceRejected {
        QueryResult result = orReject(queries.fetchNew(query, request));
        return new Found<>(type.cast(result.data()), result);
    }

    /**
     * The quotes of several symbols, in their order; one that fails ends the request.
     *
     * @param atOnce how many are fetched at the same time
     */
    List<Found<MarketData.Quote>> quotes(List<String> symbols, int atOnce, Request request) throws BinanceRejected {
        List<QuoteQuery> each = new ArrayList<>();
        for (String symbol : symbols) {
            each.add(new QuoteQuery(provider(), instrument(symbol), null));
        }
        if (each.size() == 1) {
            return List.of(fetch(MarketData.Quote.class, each.getFirst(), request));
        }
        List<Found<MarketData.Quote>> quotes = new ArrayList<>();
        for (int from = 0; from < each.size(); from += atOnce) {
            List<QuoteQuery> some = each.subList(from, Math.min(each.size(), from + atOnce));
            for (Outcome<QueryResult> outcome : queries.fetchAll(some, request)) {
                QueryResult result = orReject(outcome);
                quotes.add(new Found<>((MarketData.Quote) result.data(), result));
            }
        }
        return quotes;
    }

    FacadeQueries queries() {
        return queries;
    }

    static <T> T orReject(Outcome<T> outcome) throws BinanceRejected {
        return switch (outcome) {
            case Outcome.Success<T>(T value) -> value;
            case Outcome.Failed<T>(Failure failure) -> throw new BinanceRejected(failure);
        };
    }
}
