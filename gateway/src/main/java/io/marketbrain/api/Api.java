package io.marketbrain.api;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.access.CallerRateLimits;
import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.candles.CandleBatchEndpoint;
import io.marketbrain.api.candles.CandleEndpoint;
import io.marketbrain.api.conversion.ConvertEndpoint;
import io.marketbrain.api.endpoints.BatchEndpoint;
import io.marketbrain.api.endpoints.DataEndpoints;
import io.marketbrain.api.endpoints.LimitEndpoints;
import io.marketbrain.api.endpoints.MetricsEndpoints;
import io.marketbrain.api.endpoints.ProviderEndpoints;
import io.marketbrain.api.endpoints.PurgeEndpoint;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.endpoints.SymbolEndpoint;
import io.marketbrain.api.endpoints.SystemEndpoints;
import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.api.endpoints.WarmEndpoint;
import io.marketbrain.api.filters.ResponseFilters;
import io.marketbrain.api.pages.BrowserProblems;
import io.marketbrain.api.pages.Pages;
import io.marketbrain.api.pages.ProblemPages;
import io.marketbrain.api.pages.RootPage;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.PercentEncoding;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.routing.Endpoint;
import io.marketbrain.api.routing.Router;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.api.streams.StreamEndpoint;
import io.marketbrain.api.streams.WebSocketEndpoint;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.telemetry.CurrentCall;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The HTTP API: maps one request to one response, independently of the server that transports them. Thread-safe; runs
 * on virtual threads and may block.
 */
public final class Api {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private static final RawRequest NOTHING = new RawRequest("GET", "/", "", _ -> Optional.empty());

    private final Router router = new Router();
    private final AccessControl access;
    private final ResponseFilters filters;
    private final Pages pages;
    private final NanoClock nanoClock;
    private final Supplier<CallId> callIds;
    private final PathPrefix prefix;

    public Api(
            ApiConfig config,
            MarketDataSource source,
            ProviderCatalog catalogue,
            SystemView system,
            InstantSource clock,
            NanoClock nanoClock,
            Supplier<CallId> callIds) {
        this(
                config,
                source,
                catalogue,
                system,
                new AccessControl(
                        Optional.empty(), true, AccessConfig.defaults(), new KnownSecrets(List.of()), nanoClock),
                Optional.empty(),
                clock,
                nanoClock,
                callIds);
    }

    /**
     * An API that serves only the callers that {@code access} admits.
     *
     * @param streams live streams; empty for none
     */
    public Api(
            ApiConfig config,
            MarketDataSource source,
            ProviderCatalog catalogue,
            SystemView system,
            AccessControl access,
            Optional<LiveStreams> streams,
            InstantSource clock,
            NanoClock nanoClock,
            Supplier<CallId> callIds) {
        this.access = access;
        this.filters = new ResponseFilters(access, config);
        this.nanoClock = nanoClock;
        this.callIds = callIds;
        this.prefix = config.pathPrefix();
        var resolver = new SymbolResolver(catalogue);
        var executor = new QueryExecutor(source, nanoClock, config.timeout());
        var data = new DataEndpoints(resolver, executor, clock);
        var candles = new CandleEndpoint(resolver, executor, clock, config.maxCandles(), config.maxStreamedCandles());
        var batch = new BatchEndpoint(resolver, executor, config.maxBatch(), prefix);
        var health = new SystemEndpoints(system, catalogue, access, clock);
        var providers = new ProviderEndpoints(catalogue, system, clock);
        this.pages = new Pages(prefix);
        var metrics = new MetricsEndpoints(system, access.rejections(), router::meters, clock);
        router.get("/", new RootPage(system, catalogue, pages, prefix, config.dashboard())::entry);
        router.get("/api/v1/data/{provider}/{symbol}", data::quote);
        router.get("/api/v1/quotes", batch::quotes);
        router.get("/api/v1/candles/{provider}/{symbol}", candles::candles);
        router.get(
                "/api/v1/candles",
                new CandleBatchEndpoint(batch, executor, clock, config.maxBatch(), config.maxCandles())::candles);
        router.get("/api/v1/book/{provider}/{symbol}", data::book);
        router.get("/api/v1/trades/{provider}/{symbol}", data::trades);
        router.get("/api/v1/series/{provider}/{id}", data::series);
        router.get("/api/v1/news/{provider}", data::news);
        router.get("/api/v1/convert", new ConvertEndpoint(resolver, executor, clock)::convert);
        router.get("/api/v1/symbols", new SymbolEndpoint(resolver, catalogue)::symbols);
        router.get("/api/v1/providers", providers::all);
        router.get("/api/v1/providers/{id}", providers::one);
        router.get("/health", health::health);
        router.get("/health/live", health::live);
        router.get("/health/ready", health::ready);
        router.get("/api/v1/status", health::status);
        var limits = new LimitEndpoints(system, access);
        router.get("/api/v1/budget", limits::budget);
        router.get("/api/v1/layers", limits::layers);
        router.get("/api/v1/metrics", metrics::json);
        router.get("/metrics", metrics::prometheus);
        router.post(
                "/api/v1/background/warm-cache",
                new WarmEndpoint(resolver, executor, system, config.maxBatch(), clock)::warm);
        router.delete("/api/v1/cache/{provider}/{symbol}", new PurgeEndpoint(resolver, system)::purge);
        streams.ifPresent(live -> {
            router.get("/api/v1/stream", new StreamEndpoint(live, resolver, access)::stream);
            router.get("/ws", new WebSocketEndpoint(live, resolver, access, prefix, nanoClock)::open);
        });
        router.get("/openapi.json", pages::openApi);
        router.get("/docs", pages::swagger);
        router.get("/redoc", pages::redoc);
        router.get("/favicon.ico", pages::icon);
        router.get("/assets/{file}", pages::asset);
        if (config.dashboard()) {
            router.get("/dashboard/{file}", pages::dashboardFile);
        }
        router.get("/problems", ProblemPages::list);
        router.get("/problems/{code}", ProblemPages::page);
    }

    Router router() {
        return router;
    }

    /** The path below which a reverse proxy publishes the API. */
    PathPrefix prefix() {
        return prefix;
    }

    /** Handles a request. Never throws: every error becomes a problem document. */
    Response answer(RawRequest received) {
        long start = nanoClock.nanos();
        RawRequest incoming = received.withPath(prefix.strip(received.path()));
        CallId callId = incoming.findHeader("X-Request-Id")
                .filter(CallId::isValid)
                .filter(id -> access.mayRepeat(incoming, id))
                .map(CallId::new)
                .orElseGet(callIds);
        var exchange = new Exchange(incoming, callId, router.unknownPaths(), start);
        return CurrentCall.during(callId, () -> finished(exchange, answer(exchange)));
    }

    private Response finished(Exchange exchange, Response reply) {
        exchange.answered(nanoClock.nanos());
        Response suited = BrowserProblems.forClient(exchange.request(), reply, access.secrets()::redact);
        return filters.apply(exchange, suited);
    }

    private Response answer(Exchange exchange) {
        try {
            return routed(exchange);
        } catch (RequestRejected rejected) {
            return rejected.reply(exchange.callId());
        } catch (PercentEncoding.BadEncoding unreadable) {
            return ProblemResponses.malformed(unreadable.detail(), exchange.callId());
        } catch (Throwable bug) { // errors as well, so that the response has the call id that the log has
            LOG.log(System.Logger.Level.ERROR, "a request failed", bug);
            return ProblemResponses.reply(new Failure.Bug(exchange.callId()), exchange.callId());
        }
    }

    private Response routed(Exchange exchange) throws RequestRejected, PercentEncoding.BadEncoding {
        RawRequest incoming = exchange.request();
        Router.Found found = router.find(incoming.path());
        if (found == null) {
            Optional<Response> redirect = pages.findRedirect(incoming.path());
            if (redirect.isPresent()) {
                return redirect.get();
            }
            return ProblemResponses.noSuchPath(incoming.path(), exchange.callId());
        }
        exchange.found(found.route().meter());
        Optional<Response> preflight = access.crossOrigin().findPreflight(incoming, found.route());
        if (preflight.isPresent()) {
            return preflight.get();
        }
        AccessControl.Principal principal = access.admit(incoming);
        if (!principal.caller().anonymous()) {
            count(exchange, principal.caller());
        }
        return answer(incoming, found, principal, exchange.callId());
    }

    /** Counts a request of a caller with a key against its rate limit. */
    private void count(Exchange exchange, Caller caller) throws RequestRejected {
        Optional<CallerRateLimits.Use> use = access.count(caller);
        exchange.admitted(use);
        Optional<Failure> tooMany = use.flatMap(CallerRateLimits.Use::findRefusal);
        if (tooMany.isPresent()) {
            throw new RequestRejected(tooMany.get());
        }
    }

    /**
     * The response to input that never became a request: malformed, too large, too slow, or over the limit of
     * concurrent requests.
     */
    Response refuse(int status, String detail) {
        CallId callId = callIds.get();
        var exchange = new Exchange(NOTHING, callId, router.unknownPaths(), 0);
        return filters.apply(exchange, ProblemResponses.refusal(status, detail, callId));
    }

    private static Response answer(
            RawRequest incoming, Router.Found found, AccessControl.Principal principal, CallId callId)
            throws RequestRejected, PercentEncoding.BadEncoding {
        Endpoint endpoint = found.route().endpoint(incoming.method());
        if (endpoint != null) {
            return endpoint.answer(new Request(
                    incoming.method(),
                    incoming.path(),
                    found.variables(),
                    PercentEncoding.decodeQuery(incoming.query()),
                    incoming.headers(),
                    incoming.body(),
                    principal.caller(),
                    principal.admin(),
                    callId));
        }
        String allow = String.join(", ", found.route().methods());
        return incoming.method().equals("OPTIONS")
                ? Response.empty(204).with("Allow", allow)
                : ProblemResponses.wrongMethod(incoming.method(), allow, callId).with("Allow", allow);
    }
}
