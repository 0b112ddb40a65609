package io.marketbrain.api.endpoints;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.QuoteCsv;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.CacheDirectiveReader;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.RequestedFormat;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Several quotes, or other answers of one kind, in one request: each is fetched on its own thread, all under one deadline, and
 * one that fails does not fail the others. Thread-safe.
 */
public final class BatchEndpoint {
    /** The parameter with the symbols. */
    public static final String SYMBOLS = "symbols";

    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final int maxBatch;
    private final ParallelQueries parallel;
    private final PathPrefix prefix;

    /** @param prefix what precedes the paths in the types of problems */
    public BatchEndpoint(SymbolResolver resolver, QueryExecutor executor, int maxBatch, PathPrefix prefix) {
        this.resolver = resolver;
        this.executor = executor;
        this.maxBatch = maxBatch;
        this.parallel = new ParallelQueries(executor);
        this.prefix = prefix;
    }

    /** Writes what an item has beside the answer. */
    @FunctionalInterface
    public interface ItemMembers {
        void write(JsonDocument json, QueryResult answer);
    }

    /**
     * How the answers are written.
     *
     * @param member the name of their list in JSON
     * @param others what each has besides in JSON
     * @param table makes one table of those that did not fail; empty for JSON
     */
    public record BatchLayout(
            String member, ItemMembers others, Optional<Function<List<QueryResult>, Response>> table) {}

    /** One requested symbol, as the caller wrote it, and its outcome. */
    private record Item(String requested, Outcome<QueryResult> outcome) {}

    public Response quotes(Request request) throws RequestRejected {
        var parameters = Parameters.withList(
                request,
                SYMBOLS,
                SYMBOLS,
                "format",
                "timeout",
                QueryExecutor.MOCK_WHEN_DOWN,
                CacheDirectiveReader.PARAMETER,
                QueryExecutor.ALLOW);
        boolean csv = RequestedFormat.isCsv(request, parameters);
        List<String> symbols = symbols(parameters, maxBatch);
        var layout = new BatchLayout("quotes", (_, _) -> {}, csv ? Optional.of(QuoteCsv::reply) : Optional.empty());
        return reply(
                request,
                symbols,
                executor.call(request, parameters),
                listed -> new QuoteQuery(listed.provider(), listed.instrument(), null),
                layout);
    }

    /**
     * The answers to a query for each symbol, in the order of the symbols.
     *
     * @param symbols texts of the form {@code provider:symbol}
     */
    public Response reply(
            Request request, List<String> symbols, Call call, Function<Listed, MarketQuery> query, BatchLayout layout) {
        long start = executor.now();
        List<Item> items = fetchAll(symbols, call, query);
        Response reply = layout.table()
                .map(table -> csv(items, table))
                .orElseGet(() -> json(request, layout.member(), items, layout.others(), start));
        return reply.with("Cache-Control", "no-cache").adding("Vary", "Accept");
    }

    /** A table has no place for the answers that failed, so a header counts them. */
    private static Response csv(List<Item> items, Function<List<QueryResult>, Response> table) {
        var answers = new ArrayList<QueryResult>();
        for (Item item : items) {
            if (item.outcome() instanceof Outcome.Success<QueryResult>(QueryResult answer)) {
                answers.add(answer);
            }
        }
        return table.apply(answers).with("X-Failed", Integer.toString(items.size() - answers.size()));
    }

    private Response json(Request request, String member, List<Item> items, ItemMembers others, long start) {
        return Response.json(JsonDocument.document(json -> {
            long failed = items.stream()
                    .filter(item -> item.outcome() instanceof Outcome.Failed)
                    .count();
            json.put("success", failed < items.size());
            json.put("count", (long) items.size());
            json.put("failed", failed);
            json.objects(member, items, (one, item) -> write(one, item, others));
            json.untagged(untagged -> untagged.number("response_time", executor.secondsSince(start))
                    .put("call_id", request.callId().value()));
        }));
    }

    /** The symbols, separated by commas or given as repeated parameters; at least one. */
    public static List<String> symbols(Parameters parameters, int max) throws RequestRejected {
        String text = String.join(",", parameters.all(SYMBOLS));
        var symbols = new ArrayList<String>();
        for (int from = 0; from <= text.length(); ) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            String symbol = text.substring(from, to).strip();
            if (!symbol.isEmpty()) {
                symbols.add(symbol);
            }
            from = to + 1;
        }
        if (symbols.isEmpty() || symbols.size() > max) {
            throw RequestRejected.invalid(
                    SYMBOLS,
                    EchoedText.of(text),
                    "1 to " + max
                            + " of provider:symbol, separated by commas, such as binance:BTCUSDT,binance:ETHUSDT"
                            + (symbols.isEmpty() ? "" : "; these are " + symbols.size() + ": send several requests"));
        }
        return symbols;
    }

    private List<Item> fetchAll(List<String> symbols, Call call, Function<Listed, MarketQuery> query) {
        List<Callable<Outcome<QueryResult>>> queries = new ArrayList<>(symbols.size());
        symbols.forEach(symbol -> queries.add(() -> one(symbol, call, query)));
        List<Outcome<QueryResult>> outcomes = parallel.all(queries, call);
        var items = new ArrayList<Item>(symbols.size());
        for (int i = 0; i < outcomes.size(); i++) {
            items.add(new Item(symbols.get(i), outcomes.get(i)));
        }
        return items;
    }

    private Outcome<QueryResult> one(String symbol, Call call, Function<Listed, MarketQuery> query) {
        return resolver.findListed(symbol)
                .then(listed -> executor.execute(query.apply(listed), call).outcome());
    }

    private void write(JsonDocument json, Item item, ItemMembers others) {
        json.put("requested", item.requested());
        switch (item.outcome()) {
            case Outcome.Success<QueryResult>(QueryResult answer) -> {
                ResponseJson.write(json, answer);
                others.write(json, answer);
            }
            case Outcome.Failed<QueryResult>(Failure failure) -> {
                json.put("success", false);
                json.put("error", failure.message());
                json.child("problem", problem -> ProblemResponses.writeWithoutCall(problem, failure, prefix.text()));
            }
        }
    }
}
