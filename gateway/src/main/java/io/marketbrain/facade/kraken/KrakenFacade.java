package io.marketbrain.facade.kraken;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Kraken's market data for the programs that speak its API, from any provider's data. Thread-safe. */
public final class KrakenFacade implements RouteGroup {
    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Router router = new Router(FacadeName.KRAKEN.prefix());
    private final FacadeQueries queries;
    private final InstantSource clock;

    public KrakenFacade(ProviderId provider, PriceSteps steps, ApiServices services) {
        this.queries = new FacadeQueries(provider, services);
        this.clock = services.clock();
        var pairs = new KrakenPairs(queries);
        var lists = new PairListEndpoints(queries, pairs, steps);
        var data = new KrakenData(queries, pairs, clock, services.config().maxBatch());
        router.get("/0/public/Time", this::time);
        router.get("/0/public/SystemStatus", this::status);
        router.get("/0/public/Assets", lists::assets);
        router.get("/0/public/AssetPairs", lists::pairs);
        router.get("/0/public/Ticker", data::ticker);
        router.get("/0/public/OHLC", data::candles);
        router.get("/0/public/Depth", data::depth);
        router.get("/0/public/Trades", data::trades);
        services.streams().ifPresent(live -> {
            var instruments = new InstrumentMessage(queries, pairs, steps);
            router.get("/v2", new KrakenStreams(live, services, queries, instruments)::open);
        });
    }

    private Response time(Request request) throws RequestRejected {
        Parameters.of(request);
        Instant now = clock.instant();
        return labelled(KrakenReply.result(out -> {
            out.name("unixtime");
            out.number(now.getEpochSecond());
            KrakenReply.text(out, "rfc1123", RFC_1123.format(now));
        }));
    }

    private Response status(Request request) throws RequestRejected {
        Parameters.of(request);
        return labelled(KrakenReply.result(out -> {
            KrakenReply.text(out, "status", "online");
            KrakenReply.text(
                    out,
                    "timestamp",
                    Instant.ofEpochSecond(clock.instant().getEpochSecond()).toString());
        }));
    }

    private Response labelled(Response response) {
        return DataLabels.on(response, queries.isMocked());
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public Response failed(Failure failure, CallId callId) {
        return KrakenReply.of(failure);
    }

    /** Accounts and orders are refused: this gateway serves market data only. */
    @Override
    public Response unknownPath(RawRequest request, String asked, CallId callId) {
        return request.path().startsWith("/0/private/")
                ? KrakenReply.error(403, "EGeneral:Permission denied", "EGeneral:This gateway serves market data only")
                : KrakenReply.error(404, "EGeneral:Unknown method");
    }

    @Override
    public Response wrongMethod(RawRequest request, String allow, CallId callId) {
        return KrakenReply.error(405, "EGeneral:Unknown method");
    }
}
