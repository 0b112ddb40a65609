package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.JsonBody;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Priority;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path that warms the cache in the background. Responds at once with 202; with 200 if a symbol in the query names no
 * provider, as the Python predecessor did; 503 if there is no cache. Thread-safe.
 */
public final class WarmEndpoint {
    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final SystemView system;
    private final int maxBatch;
    private final InstantSource clock;

    public WarmEndpoint(
            SymbolResolver resolver, QueryExecutor executor, SystemView system, int maxBatch, InstantSource clock) {
        this.resolver = resolver;
        this.executor = executor;
        this.system = system;
        this.maxBatch = maxBatch;
        this.clock = clock;
    }

    public Response warm(Request request) throws RequestRejected {
        var parameters = Parameters.withList(request, BatchEndpoint.SYMBOLS, BatchEndpoint.SYMBOLS);
        Optional<CacheWarmer> warming = system.warming();
        if (warming.isEmpty()) {
            return ProblemResponses.reply(
                            503,
                            "nothing-to-warm",
                            "There is no cache to warm",
                            "the cache is switched off",
                            request.callId())
                    .with("Retry-After", "3600");
        }
        var queries = new ArrayList<QuoteQuery>();
        boolean inQuery = parameters.find("symbols").isPresent();
        List<String> symbols = symbols(request, parameters);
        boolean bare = inQuery && symbols.stream().anyMatch(WarmEndpoint::isBare);
        for (String symbol : symbols) {
            String listing = inQuery && isBare(symbol) ? PredecessorJson.PROVIDER + ":" + symbol : symbol;
            var listed = RequestRejected.orReject(resolver.findListed(listing));
            queries.add(new QuoteQuery(listed.provider(), listed.instrument(), null));
        }
        Call call = executor.background(request, Caller.GATEWAY, Priority.LOW);
        int accepted = RequestRejected.orReject(warming.get().warm(queries, call));
        byte[] body = JsonDocument.object(json -> json.put("success", true)
                .put("accepted", (long) accepted)
                .put("message", accepted + (accepted == 1 ? " quote is" : " quotes are") + " being fetched")
                .objects(
                        "tasks",
                        symbols,
                        (task, symbol) -> task.put("symbol", symbol)
                                .put("task_id", request.callId().value())
                                .put("priority", Priority.LOW.name()))
                .put("timestamp", clock.instant())
                .put("call_id", request.callId().value()));
        return Response.of(bare ? 200 : 202, Response.JSON, body);
    }

    /** Whether a symbol names no provider, so that it means one of Binance. */
    private static boolean isBare(String symbol) {
        return symbol.indexOf(':') < 0;
    }

    /** The symbols in the query parameter if present, else those in the body. */
    private List<String> symbols(Request request, Parameters parameters) throws RequestRejected {
        boolean inBody = request.body().length > 0 && parameters.find("symbols").isEmpty();
        return inBody
                ? JsonBody.of(request, "symbols").strings("symbols", maxBatch)
                : BatchEndpoint.symbols(parameters, maxBatch);
    }
}
