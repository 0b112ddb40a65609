package io.marketbrain.api;

import io.marketbrain.model.Call;
import io.marketbrain.model.Caller;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The path that warms the cache in the background. Responds at once; 503 if there is no cache. Thread-safe. */
final class WarmEndpoint {
    private final Subjects resolver;
    private final Asking executor;
    private final SystemView system;
    private final int maxBatch;

    WarmEndpoint(Subjects resolver, Asking executor, SystemView system, int maxBatch) {
        this.resolver = resolver;
        this.executor = executor;
        this.system = system;
        this.maxBatch = maxBatch;
    }

    Reply warm(Request request) throws Rejected {
        var parameters = Parameters.withList(request, BatchEndpoint.SYMBOLS, BatchEndpoint.SYMBOLS);
        Optional<Warming> warming = system.warming();
        if (warming.isEmpty()) {
            return Problems.reply(
                            503,
                            "nothing-to-warm",
                            "There is no cache to warm",
                            "the cache is switched off",
                            request.callId())
                    .with("Retry-After", "3600");
        }
        var queries = new ArrayList<QuoteQuery>();
        for (String symbol : symbols(request, parameters)) {
            var listed = Rejected.orReject(resolver.findListed(symbol));
            queries.add(new QuoteQuery(listed.provider(), listed.instrument(), null));
        }
        Call call = executor.background(request, Caller.GATEWAY, Priority.LOW);
        int accepted = Rejected.orReject(warming.get().warm(queries, call));
        byte[] body = Json.object(json -> json.put("success", true)
                .put("accepted", (long) accepted)
                .put("call_id", request.callId().value()));
        return Reply.of(202, Reply.JSON, body);
    }

    /** The symbols in the query parameter if present, else those in the body. */
    private List<String> symbols(Request request, Parameters parameters) throws Rejected {
        boolean inBody = request.body().length > 0 && parameters.find("symbols").isEmpty();
        return inBody
                ? JsonBody.of(request, "symbols").strings("symbols", maxBatch)
                : BatchEndpoint.symbols(parameters, maxBatch);
    }
}
