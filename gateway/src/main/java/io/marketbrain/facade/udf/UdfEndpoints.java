package io.marketbrain.facade.udf;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver.Listed;
import io.marketbrain.api.routing.Router;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.facade.SymbolList;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.text.NumberText;
import io.marketbrain.pipeline.ProviderCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * TradingView's Universal Data Feed. Unknown parameters are ignored. A failure has the HTTP status that it has in our own API
 * and the feed's document; charts read the document whatever the status is. Thread-safe.
 */
public final class UdfEndpoints implements RouteGroup {
    private static final int DEFAULT_HITS = 30;
    private static final int MOST_HITS = 500;
    private static final int MOST_SYMBOLS = 64;

    private final Router router;
    private final MarketReader market;
    private final ProviderCatalog catalogue;
    private final UdfSearch search;
    private final InstantSource clock;
    private final int maxBatch;
    private final int maxCandles;

    /** @param prefix what precedes the paths in metrics */
    public UdfEndpoints(ApiServices services, String prefix) {
        this.router = new Router(prefix);
        this.market = new MarketReader(services);
        this.catalogue = services.catalogue();
        this.search = new UdfSearch(services.catalogue());
        this.clock = services.clock();
        this.maxBatch = services.config().maxBatch();
        this.maxCandles = services.config().maxCandles();
        addPaths();
    }

    @Override
    public Router router() {
        return router;
    }

    private void addPaths() {
        router.get("/config", _ -> config());
        router.get(
                "/time",
                _ -> Response.text(
                        200, "text/plain", Long.toString(clock.instant().getEpochSecond())));
        router.get("/symbols", this::symbol);
        router.get(
                "/symbol_info",
                request -> json(search.group(Parameters.lenient(request).text("group", MOST_SYMBOLS))));
        router.get("/search", this::search);
        router.get("/history", this::history);
        router.get("/quotes", this::quotes);
    }

    private Response config() {
        List<ProviderInfo> providers = catalogue.providers();
        var exchanges = new ArrayList<String[]>();
        exchanges.add(new String[] {"", "All exchanges", ""});
        providers.forEach(one -> exchanges.add(new String[] {
            one.id().value(), one.name(), one.name() + " (" + one.mode().wire() + ")"
        }));
        var types = new ArrayList<String[]>();
        types.add(new String[] {"All types", ""});
        Arrays.stream(AssetType.values())
                .filter(type ->
                        providers.stream().anyMatch(one -> one.assetTypes().contains(type)))
                .forEach(type -> types.add(new String[] {type.wire(), type.wire()}));
        return json(JsonDocument.object(json -> json.put("supports_search", true)
                .put("supports_group_request", false)
                .put("supports_marks", false)
                .put("supports_timescale_marks", false)
                .put("supports_time", true)
                .strings("supported_resolutions", UdfResolution.of(List.of(Interval.values())))
                .objects(
                        "exchanges",
                        exchanges,
                        (item, one) ->
                                item.put("value", one[0]).put("name", one[1]).put("desc", one[2]))
                .objects(
                        "symbols_types",
                        types,
                        (item, one) -> item.put("name", one[0]).put("value", one[1]))));
    }

    private Response symbol(Request request) throws RequestRejected {
        Listed listed = listed(Parameters.lenient(request));
        Call call = market.call(request);
        Optional<ProviderInfo> info = catalogue.provider(listed.provider().value())
                        instanceof Outcome.Success<ProviderInfo>(ProviderInfo known)
                ? Optional.of(known)
                : Optional.empty();
        List<Interval> intervals = info.map(ProviderInfo::intervals).orElse(List.of(Interval.values()));
        Outcome<QueryResult> outcome = market.fetch(new QuoteQuery(listed.provider(), listed.instrument(), null), call);
        return switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult answer)
            when answer.data() instanceof Quote quote ->
                labelled(
                        json(UdfSymbol.of(
                                        listed.provider(),
                                        quote,
                                        intervals,
                                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                                .json()),
                        answer);
            case Outcome.Failed<QueryResult>(Failure failure)
            when failure instanceof Failure.UnknownInstrument -> throw new RequestRejected(failure);
            default ->
                json(UdfSymbol.unquoted(
                                listed.provider(),
                                listed.instrument(),
                                info.map(ProviderInfo::exchange).orElse(""),
                                intervals)
                        .json());
        };
    }

    private Response search(Request request) throws RequestRejected {
        var parameters = Parameters.lenient(request);
        return json(search.search(
                parameters.text("query", MOST_SYMBOLS).strip(),
                parameters.text("type", MOST_SYMBOLS),
                parameters.text("exchange", MOST_SYMBOLS),
                parameters.integer("limit", DEFAULT_HITS, 1, MOST_HITS)));
    }

    private Response history(Request request) throws RequestRejected {
        var parameters = Parameters.lenient(request);
        Listed listed = listed(parameters);
        Interval interval = parameters.oneOf(
                "resolution",
                Interval.D1,
                UdfResolution::find,
                _ -> String.join(", ", UdfResolution.of(List.of(Interval.values()))));
        Instant from = seconds(parameters, "from");
        Instant end = seconds(parameters, "to");
        Instant to = end == null ? clock.instant().plusSeconds(1) : end;
        int countback = parameters.integer("countback", 0, 0, Integer.MAX_VALUE);
        if (countback == 0 && from != null && !from.isBefore(to)) {
            throw RequestRejected.invalid("from", Long.toString(from.getEpochSecond()), "must be before to");
        }
        if (!to.isAfter(Parameters.EARLIEST) || (countback == 0 && from != null && from.isAfter(clock.instant()))) {
            return json(UdfJson.noData(null));
        }
        Call call = market.call(request);
        CandlesQuery query = UdfHistoryPolicy.query(listed, interval, from, to, countback, maxCandles);
        QueryResult answer = RequestRejected.orReject(market.fetch(query, call));
        Candles candles = candles(answer);
        if (!candles.candles().isEmpty()) {
            return labelled(json(UdfJson.history(candles, answer.provenance())), answer);
        }
        return labelled(
                json(UdfJson.noData(query.from() == null ? null : lastBefore(query, query.from(), call))), answer);
    }

    /** When the last candle before {@code end} opened; null if there is none, or if it cannot be found out. */
    private @Nullable Long lastBefore(CandlesQuery query, Instant end, Call call) {
        if (market.fetch(query.in(null, end, 1), call) instanceof Outcome.Success<QueryResult>(QueryResult earlier)) {
            Candles candles = candles(earlier);
            return candles.candles().isEmpty()
                    ? null
                    : (Long) UdfJson.seconds(candles, candles.candles().getLast());
        }
        return null;
    }

    private Response quotes(Request request) throws RequestRejected {
        List<String> symbols =
                SymbolList.of("symbols", Parameters.lenient(request).all("symbols"), maxBatch);
        Call call = market.call(request);
        List<Outcome<QueryResult>> outcomes = market.quotes(symbols, call);
        List<Integer> places = IntStream.range(0, symbols.size()).boxed().toList();
        return json(JsonDocument.object(json -> json.put("s", "ok")
                .objects("d", places, (item, at) -> UdfJson.quote(item, symbols.get(at), outcomes.get(at)))));
    }

    private Listed listed(Parameters parameters) throws RequestRejected {
        Optional<String> symbol = parameters.find("symbol").filter(text -> !text.isBlank());
        if (symbol.isEmpty()) {
            throw RequestRejected.invalid("symbol", "", "a symbol such as binance:BTCUSDT or AAPL");
        }
        return RequestRejected.orReject(market.find(symbol.get()));
    }

    private static @Nullable Instant seconds(Parameters parameters, String name) throws RequestRejected {
        Optional<String> text = parameters.find(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            long seconds = NumberText.parseLong(text.get());
            return Instant.ofEpochSecond(
                    Math.clamp(seconds, Parameters.EARLIEST.getEpochSecond(), Parameters.LATEST.getEpochSecond()));
        } catch (NumberFormatException e) {
            throw RequestRejected.invalid(name, EchoedText.of(text.get()), "a whole number of seconds since 1970");
        }
    }

    private static Candles candles(QueryResult answer) {
        if (answer.data() instanceof Candles candles) {
            return candles;
        }
        throw new IllegalStateException(
                "expected candles but got " + answer.data().getClass());
    }

    private static Response json(byte[] document) {
        return Response.json(document).with("Cache-Control", "no-cache");
    }

    private static Response labelled(Response response, QueryResult answer) {
        return response.with("X-Mock", Boolean.toString(ResponseJson.isMock(answer.provenance())));
    }

    @Override
    public Response failed(Failure failure, CallId callId) {
        int status = ProblemResponses.status(failure);
        return ProblemResponses.withWait(failure, Response.of(status, Response.JSON, UdfJson.error(failure.message())));
    }

    @Override
    public Response unknownPath(RawRequest request, String asked, CallId callId) {
        return Response.of(
                404,
                Response.JSON,
                UdfJson.error("the data feed has no such path; it has /config, /time, /symbols, /symbol_info, /search,"
                        + " /history and /quotes"));
    }

    @Override
    public Response wrongMethod(RawRequest request, String allow, CallId callId) {
        return Response.of(405, Response.JSON, UdfJson.error("use " + allow)).with("Allow", allow);
    }
}
