package io.marketbrain.facade.coinbase;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.routing.Router;
import io.marketbrain.facade.DataLabels;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.facade.FacadeQueries;
import io.marketbrain.facade.PriceSteps;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Market data of Coinbase's Exchange API for the programs that speak it, from any provider's data. Thread-safe. */
public final class CoinbaseFacade implements RouteGroup {
    /** The paths that read or change accounts, place orders or move money; a path counts with all that begin with it. */
    private static final List<String> ACCOUNT_PATHS = List.of(
            "/accounts",
            "/address-book",
            "/coinbase-accounts",
            "/conversions",
            "/deposits",
            "/fees",
            "/fills",
            "/loans",
            "/orders",
            "/payment-methods",
            "/profiles",
            "/reports",
            "/transfers",
            "/travel-rules",
            "/users",
            "/withdrawals");

    private final Router router = new Router(FacadeName.COINBASE.prefix());
    private final FacadeQueries queries;
    private final InstantSource clock;

    public CoinbaseFacade(ProviderId provider, PriceSteps steps, ApiServices services) {
        this.queries = new FacadeQueries(provider, services);
        this.clock = services.clock();
        var products = new CoinbaseProducts(queries, steps);
        var data = new CoinbaseData(queries, products, clock);
        router.get("/time", this::time);
        router.get("/products", products::products);
        router.get("/products/{id}", products::product);
        router.get("/products/{id}/ticker", data::ticker);
        router.get("/products/{id}/stats", data::stats);
        router.get("/products/{id}/candles", data::candles);
        router.get("/products/{id}/book", data::book);
        router.get("/products/{id}/trades", data::trades);
        router.get("/currencies", products::currencies);
        router.get("/currencies/{id}", products::currency);
        services.streams().ifPresent(live -> router.get("/", new CoinbaseStreams(live, services, queries)::open));
    }

    private Response time(Request request) throws RequestRejected {
        Parameters.of(request);
        Instant now = clock.instant();
        return DataLabels.on(
                CoinbaseReply.object(out -> {
                    CoinbaseReply.time(out, "iso", now);
                    out.name("epoch");
                    CoinbaseReply.number(out, BigDecimal.valueOf(now.toEpochMilli(), 3));
                }),
                queries.isMocked());
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public Response failed(Failure failure, CallId callId) {
        return ProblemResponses.withWait(failure, CoinbaseReply.of(failure));
    }

    @Override
    public Response unknownPath(RawRequest request, String asked, CallId callId) {
        return ACCOUNT_PATHS.stream().anyMatch(request.path()::startsWith)
                ? CoinbaseReply.error(401, "this gateway serves market data only, no accounts and no orders")
                : CoinbaseReply.error(404, "NotFound");
    }

    @Override
    public Response wrongMethod(RawRequest request, String allow, CallId callId) {
        return CoinbaseReply.error(405, "use " + allow);
    }
}
