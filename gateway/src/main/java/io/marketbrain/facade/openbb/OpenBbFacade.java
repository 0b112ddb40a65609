package io.marketbrain.facade.openbb;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.api.routing.Router;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.facade.SymbolList;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QueryResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of OpenBB Workspace's widgets: flat arrays with numbers. The descriptions of widgets and apps, which Workspace reads from the
 * root of a backend, are {@link OpenBbDocuments}. Thread-safe.
 */
public final class OpenBbFacade implements RouteGroup {
    private static final int DEFAULT_ROWS = 100;

    private final Router router;
    private final MarketReader market;
    private final int maxBatch;
    private final int maxCandles;

    /** @param prefix what precedes the paths in metrics */
    public OpenBbFacade(ApiServices services, String prefix) {
        this.router = new Router(prefix);
        this.market = new MarketReader(services);
        this.maxBatch = services.config().maxBatch();
        this.maxCandles = services.config().maxCandles();
        router.get("/quotes", this::quotes);
        router.get("/candles", this::candles);
    }

    @Override
    public Router router() {
        return router;
    }

    private Response quotes(Request request) throws RequestRejected {
        List<String> symbols =
                SymbolList.of("symbols", Parameters.lenient(request).all("symbols"), maxBatch);
        Call call = market.call(request);
        List<Outcome<QueryResult>> outcomes = market.quotes(symbols, call);
        var answers = new ArrayList<QueryResult>();
        outcomes.forEach(outcome -> {
            if (outcome instanceof Outcome.Success<QueryResult>(QueryResult answer)) {
                answers.add(answer);
            }
        });
        List<Integer> places = IntStream.range(0, symbols.size()).boxed().toList();
        return DataLabels.on(
                Response.json(JsonDocument.array(places, (json, at) -> write(json, symbols.get(at), outcomes.get(at)))),
                answers);
    }

    private static void write(JsonDocument json, String symbol, Outcome<QueryResult> outcome) {
        json.put("symbol", symbol);
        switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult answer)
            when answer.data() instanceof Quote quote -> {
                json.number("price", quote.price())
                        .put("currency", quote.listing().priceUnit());
                known(json, "bid", quote.bid());
                known(json, "ask", quote.ask());
                known(json, "high", quote.high());
                known(json, "low", quote.low());
                known(json, "volume", quote.volume());
                json.put("as_of", quote.asOf());
                label(json, answer.provenance());
                json.put("error", (String) null);
            }
            case Outcome.Success<QueryResult> _ -> json.put("error", "no quote");
            case Outcome.Failed<QueryResult>(Failure failure) -> json.put("error", failure.message());
        }
    }

    private static void known(JsonDocument json, String name, @Nullable BigDecimal value) {
        json.number(name, value);
    }

    private static void label(JsonDocument json, Provenance provenance) {
        json.put("source", provenance.source())
                .put("mock", ResponseJson.isMock(provenance))
                .put("freshness", provenance.freshness().wire());
    }

    private Response candles(Request request) throws RequestRejected {
        var parameters = Parameters.lenient(request);
        Listed listed =
                RequestRejected.orReject(market.find(parameters.find("symbol").orElse("")));
        Interval interval = parameters.oneOf("interval", Interval.D1, Interval::find, _ -> Interval.names());
        int limit = parameters.integer("limit", Math.min(DEFAULT_ROWS, maxCandles), 1, maxCandles);
        var range = parameters.range();
        var query = new CandlesQuery(listed.provider(), listed.instrument(), interval, range.from(), range.to(), limit);
        QueryResult answer = RequestRejected.orReject(market.fetch(query, market.call(request)));
        if (!(answer.data() instanceof Candles candles)) {
            throw new IllegalStateException("expected candles");
        }
        return DataLabels.on(
                Response.json(JsonDocument.array(
                        candles.candles(), (json, candle) -> write(json, candle, answer.provenance()))),
                List.of(answer));
    }

    private static void write(JsonDocument json, Candle candle, Provenance provenance) {
        json.put("date", candle.openTime())
                .number("open", candle.open())
                .number("high", candle.high())
                .number("low", candle.low())
                .number("close", candle.close())
                .number("volume", candle.volume())
                .put("complete", candle.complete());
        label(json, provenance);
    }
}
