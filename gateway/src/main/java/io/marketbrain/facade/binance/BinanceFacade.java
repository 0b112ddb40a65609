package io.marketbrain.facade.binance;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.routing.Endpoint;
import io.marketbrain.api.routing.Router;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.json.JsonOutput;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.ProviderId;
import java.time.InstantSource;
import java.util.List;

/** Binance's market data for the programs that speak its API, from any provider's data. Thread-safe. */
public final class BinanceFacade implements RouteGroup {
    /** The paths that read or change accounts, place orders or move money; a path counts with all that begin with it. */
    private static final List<String> ACCOUNT_PATHS = List.of(
            "/api/v3/account",
            "/api/v3/allOrder",
            "/api/v3/myTrades",
            "/api/v3/myAllocations",
            "/api/v3/myPreventedMatches",
            "/api/v3/openOrder",
            "/api/v3/order",
            "/api/v3/rateLimit/order",
            "/api/v3/sor/order",
            "/api/v3/userDataStream",
            "/dapi/v1/",
            "/fapi/",
            "/papi/",
            "/sapi/",
            "/wapi/");

    private final Router router = new Router(FacadeName.BINANCE.prefix());
    private final InstantSource clock;
    private final boolean mock;
    private final UsedWeight weights;

    /** @param sessions the books that were sent, which this API at other times shares */
    public BinanceFacade(ProviderId provider, PriceSteps steps, DepthSessions sessions, ApiServices services) {
        this.clock = services.clock();
        this.weights = new UsedWeight(clock);
        var source = new BinanceSource(new FacadeQueries(provider, services));
        this.mock = source.isMocked();
        var list = new BinanceSymbolList(source, steps);
        var info = new ExchangeInfoEndpoint(source, list, clock);
        var tickers = new TickerEndpoints(source, list, services.config().maxBatch());
        var klines = new KlineEndpoints(source, clock, services.config().maxCandles());
        var trades = new TradeEndpoints(source, clock);
        var depths = sessions.of(services.session());
        get("/api/v3/ping", _ -> 1, this::ping);
        get("/api/v3/time", _ -> 1, this::time);
        get("/api/v3/exchangeInfo", _ -> 20, info::spot);
        get("/fapi/v1/exchangeInfo", _ -> 1, info::none);
        get("/dapi/v1/exchangeInfo", _ -> 1, info::none);
        get("/api/v3/ticker/price", RequestWeight::ofPrices, tickers::price);
        get("/api/v3/ticker/bookTicker", RequestWeight::ofPrices, tickers::bookTicker);
        get("/api/v3/ticker/24hr", RequestWeight::ofDays, tickers::day);
        get("/api/v3/depth", RequestWeight::ofDepth, new DepthEndpoint(source, depths, clock)::depth);
        get("/api/v3/trades", _ -> 25, trades::trades);
        get("/api/v3/aggTrades", _ -> 4, trades::aggregated);
        get("/api/v3/klines", _ -> 2, klines::klines);
        get("/api/v3/uiKlines", _ -> 2, klines::klines);
        get("/api/v3/avgPrice", _ -> 2, klines::average);
        services.streams().ifPresent(live -> {
            var streams = new BinanceStreams(live, services, source, list, depths);
            router.get("/ws", streams::raw);
            router.get("/ws/{symbol}", streams::raw);
            router.get("/stream", streams::combined);
        });
    }

    private void get(String path, RequestWeight weight, BinanceEndpoint endpoint) {
        router.get(path, weighed(weight, endpoint));
    }

    /** An endpoint whose responses have the weight that the caller has used in this minute. */
    private Endpoint weighed(RequestWeight weight, BinanceEndpoint endpoint) {
        return request -> {
            long used = weights.add(request.caller().name(), weight.of(request));
            Response response;
            try {
                response = endpoint.answer(request);
            } catch (BinanceRejected rejected) {
                response = rejected.response();
            }
            return response.with("X-MBX-USED-WEIGHT", Long.toString(used))
                    .with("X-MBX-USED-WEIGHT-1M", Long.toString(used));
        };
    }

    private Response ping(Request request) throws BinanceRejected {
        BinanceParameters.of(request);
        var out = new JsonOutput();
        out.startObject();
        out.endObject();
        return DataLabels.on(Response.json(out.finish()), mock);
    }

    private Response time(Request request) throws BinanceRejected {
        BinanceParameters.of(request);
        var out = new JsonOutput();
        out.startObject();
        BinanceJson.time(out, "serverTime", clock.instant());
        out.endObject();
        return DataLabels.on(Response.json(out.finish()), mock);
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public Response failed(Failure failure, CallId callId) {
        return BinanceError.response(failure);
    }

    @Override
    public Response unknownPath(RawRequest request, String asked, CallId callId) {
        boolean account = ACCOUNT_PATHS.stream().anyMatch(request.path()::startsWith);
        return (account ? BinanceError.MARKET_DATA_ONLY : BinanceError.NOT_SUPPORTED).response();
    }

    @Override
    public Response wrongMethod(RawRequest request, String allow, CallId callId) {
        return new BinanceError(405, -1020, "This operation is not supported: use " + allow + ".").response();
    }
}
