package io.marketbrain.api;

import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.Catalogue;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.telemetry.CurrentCall;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The API: one HTTP request in, one reply out, whatever server carries them. Thread-safe; runs on virtual threads and
 * may block.
 */
public final class Api {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private static final Incoming NOTHING = new Incoming("GET", "/", "", _ -> Optional.empty());

    private final Router router = new Router();
    private final Gatekeeper gatekeeper;
    private final Manners manners;
    private final Ticker ticker;
    private final Supplier<CallId> callIds;

    public Api(
            ApiConfig config,
            MarketDataSource source,
            Catalogue catalogue,
            SystemView system,
            InstantSource clock,
            Ticker ticker,
            Supplier<CallId> callIds) {
        this(
                config,
                source,
                catalogue,
                system,
                new Gatekeeper(Optional.empty(), true, AccessConfig.defaults(), new KnownSecrets(List.of()), ticker),
                clock,
                ticker,
                callIds);
    }

    /** An API that only those enter whom {@code gatekeeper} admits. */
    public Api(
            ApiConfig config,
            MarketDataSource source,
            Catalogue catalogue,
            SystemView system,
            Gatekeeper gatekeeper,
            InstantSource clock,
            Ticker ticker,
            Supplier<CallId> callIds) {
        this.gatekeeper = gatekeeper;
        this.manners = new Manners(config.gzipFrom());
        this.ticker = ticker;
        this.callIds = callIds;
        var subjects = new Subjects(catalogue);
        var asking = new Asking(source, ticker, config.timeout());
        var data = new DataEndpoints(subjects, asking, clock);
        var candles = new CandleEndpoint(subjects, asking, clock, config.maxCandles());
        var batch = new BatchEndpoint(subjects, asking, config.maxBatch());
        var health = new SystemEndpoints(system, catalogue, gatekeeper);
        var providers = new ProviderEndpoints(catalogue, system);
        var pages = new Pages();
        var metrics = new MetricsEndpoints(system, gatekeeper.turned(), router::meters);
        router.get("/", new FrontPage(system, catalogue, pages)::entry);
        router.get("/api/v1/data/{provider}/{symbol}", data::quote);
        router.get("/api/v1/quotes", batch::quotes);
        router.get("/api/v1/candles/{provider}/{symbol}", candles::candles);
        router.get("/api/v1/book/{provider}/{symbol}", data::book);
        router.get("/api/v1/trades/{provider}/{symbol}", data::trades);
        router.get("/api/v1/series/{provider}/{id}", data::series);
        router.get("/api/v1/news/{provider}", data::news);
        router.get("/api/v1/providers", providers::all);
        router.get("/api/v1/providers/{id}", providers::one);
        router.get("/health", health::health);
        router.get("/health/live", health::live);
        router.get("/health/ready", health::ready);
        router.get("/api/v1/status", health::status);
        var limits = new LimitEndpoints(system, gatekeeper);
        router.get("/api/v1/budget", limits::budget);
        router.get("/api/v1/layers", limits::layers);
        router.get("/api/v1/metrics", metrics::json);
        router.get("/metrics", metrics::prometheus);
        router.post(
                "/api/v1/background/warm-cache", new WarmEndpoint(subjects, asking, system, config.maxBatch())::warm);
        router.delete("/api/v1/cache/{provider}/{symbol}", new PurgeEndpoint(subjects, system)::purge);
        router.get("/openapi.json", pages::openApi);
        router.get("/docs", pages::swagger);
        router.get("/redoc", pages::redoc);
        router.get("/assets/{file}", pages::asset);
        router.get("/problems/{code}", ProblemPages::page);
    }

    Router router() {
        return router;
    }

    /** The reply to a request. Never throws: what goes wrong becomes a problem document. */
    Reply answer(Incoming incoming) {
        long start = ticker.nanos();
        CallId callId = incoming.findHeader("X-Request-Id")
                .filter(CallId::isValid)
                .filter(id -> gatekeeper.mayRepeat(incoming, id))
                .map(CallId::new)
                .orElseGet(callIds);
        return CurrentCall.during(callId, () -> answer(incoming, callId, start));
    }

    private Reply answer(Incoming incoming, CallId callId, long start) {
        HttpMeter meter = router.elsewhere();
        Reply reply;
        try {
            var found = router.find(incoming.path());
            if (found == null) {
                reply = Problems.noSuchPath(incoming.path(), callId);
            } else {
                meter = found.route().meter();
                Optional<Reply> preflight = gatekeeper.crossOrigin().findPreflight(incoming, found.route());
                reply = preflight.isPresent() ? preflight.get() : admitted(incoming, found, callId);
            }
        } catch (Rejected rejected) {
            reply = Problems.reply(rejected.failure(), callId);
        } catch (PercentCode.BadEncoding unreadable) {
            reply = Problems.malformed(unreadable.detail(), callId);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "the call failed", bug);
            reply = Problems.reply(new Failure.Bug(callId), callId);
        }
        reply = gatekeeper.withoutSecrets(incoming, reply);
        gatekeeper.crossOrigin().open(incoming, reply);
        long took = ticker.nanos() - start;
        Reply dressed = manners.dress(incoming, reply, callId, took);
        meter.count(dressed.status(), took);
        return dressed;
    }

    private Reply admitted(Incoming incoming, Router.Found found, CallId callId)
            throws Rejected, PercentCode.BadEncoding {
        Gatekeeper.Guest guest = gatekeeper.admit(incoming);
        Caller caller = guest.caller();
        if (caller.anonymous()) {
            return answer(incoming, found, guest, callId);
        }
        Optional<CallerRates.Use> use = gatekeeper.count(caller);
        Optional<Failure> tooMany = use.flatMap(CallerRates.Use::findRefusal);
        Reply reply;
        try {
            reply = tooMany.isPresent()
                    ? Problems.reply(tooMany.get(), callId)
                    : answer(incoming, found, guest, callId);
        } catch (Rejected rejected) {
            reply = Problems.reply(rejected.failure(), callId);
        }
        if (use.isPresent()) {
            use.get().tell(reply);
        }
        Manners.keepPrivate(reply);
        return reply;
    }

    /** The reply to what never became a request: it was not well-formed, too large, too slow, or one too many. */
    Reply refuse(int status, String detail) {
        CallId callId = callIds.get();
        Reply refusal = manners.dress(NOTHING, Problems.refusal(status, detail, callId), callId, 0);
        router.elsewhere().count(refusal.status(), 0);
        return refusal;
    }

    private static Reply answer(Incoming incoming, Router.Found found, Gatekeeper.Guest guest, CallId callId)
            throws Rejected, PercentCode.BadEncoding {
        Endpoint endpoint = found.route().endpoint(incoming.method());
        if (endpoint != null) {
            return endpoint.answer(new Request(
                    incoming.method(),
                    incoming.path(),
                    found.variables(),
                    PercentCode.decodeQuery(incoming.query()),
                    incoming.headers(),
                    guest.caller(),
                    guest.admin(),
                    callId));
        }
        String allow = String.join(", ", found.route().methods());
        return incoming.method().equals("OPTIONS")
                ? Reply.empty(204).with("Allow", allow)
                : Problems.wrongMethod(incoming.method(), allow, callId).with("Allow", allow);
    }
}
