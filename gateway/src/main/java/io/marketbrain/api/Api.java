package io.marketbrain.api;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.endpoints.SystemView;
import io.marketbrain.api.filters.ResponseFilters;
import io.marketbrain.api.mounting.ApiExtensions;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.MountHosts;
import io.marketbrain.api.mounting.MountPoint;
import io.marketbrain.api.pages.BrowserProblems;
import io.marketbrain.api.pages.Pages;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.PercentEncoding;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.routing.RouteMeter;
import io.marketbrain.api.routing.Router;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.api.time.TimePath;
import io.marketbrain.model.CallId;
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
import java.util.stream.Stream;

/**
 * The HTTP API: maps one request to one response, independently of the server that transports them. Thread-safe; runs
 * on virtual threads and may block.
 */
public final class Api {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private static final RawRequest NOTHING = new RawRequest("GET", "/", "", _ -> Optional.empty());

    private final AccessControl access;
    private final ResponseFilters filters;
    private final Dispatcher dispatcher;
    private final List<MountPoint> mounts;
    private final MountHosts hosts;
    private final Optional<SimulatedApi> simulated;
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
                ApiExtensions.NONE,
                clock,
                nanoClock,
                callIds);
    }

    /**
     * An API that serves only the callers that {@code access} admits.
     *
     * @param streams live streams; empty for none
     * @param extensions what is served beside our own API
     */
    public Api(
            ApiConfig config,
            MarketDataSource source,
            ProviderCatalog catalogue,
            SystemView system,
            AccessControl access,
            Optional<LiveStreams> streams,
            ApiExtensions extensions,
            InstantSource clock,
            NanoClock nanoClock,
            Supplier<CallId> callIds) {
        this.access = access;
        this.filters = new ResponseFilters(access, config);
        this.nanoClock = nanoClock;
        this.callIds = callIds;
        this.prefix = config.pathPrefix();
        this.mounts = extensions.mounts();
        this.hosts = new MountHosts(mounts);
        var services = new ApiServices(
                config,
                new SymbolResolver(catalogue),
                new QueryExecutor(source, nanoClock, config.timeout()),
                catalogue,
                access,
                streams,
                clock,
                nanoClock,
                "");
        var router = new Router();
        var pages = new Pages(prefix);
        this.dispatcher = new Dispatcher(router, mounts, services, pages::findRedirect);
        ApiRoutes.addData(router, services);
        this.simulated = extensions
                .simulated()
                .map(markets -> new SimulatedApi(config, access, mounts, markets, streams, clock, nanoClock));
        ApiRoutes.addSystem(router, services, system, pages, this::meters);
        extensions.alerts().ifPresent(alerts -> ApiRoutes.addAlerts(router, services, alerts));
    }

    Router router() {
        return dispatcher.router();
    }

    private List<RouteMeter> meters() {
        return Stream.concat(dispatcher.meters().stream(), simulated.map(SimulatedApi::meter).stream())
                .toList();
    }

    /** The APIs that are mounted beside our own. */
    List<MountPoint> mounts() {
        return mounts;
    }

    /** The path below which a reverse proxy publishes the API. */
    PathPrefix prefix() {
        return prefix;
    }

    /** Handles a request. Never throws: every error becomes a problem document, or what a mounted API has instead. */
    Response answer(RawRequest received) {
        return answer(received, hosts.find(received));
    }

    /**
     * Handles a request at a port or host name of a mounted API.
     *
     * @param mount the API; empty for the gateway's own
     */
    Response answer(RawRequest received, Optional<MountPoint> mount) {
        long start = nanoClock.nanos();
        String path = prefix.strip(received.path());
        RawRequest incoming =
                received.withPath(mount.map(at -> complete(at, path)).orElse(path));
        CallId callId = incoming.findHeader("X-Request-Id")
                .filter(CallId::isValid)
                .filter(id -> access.mayRepeat(incoming, id))
                .map(CallId::new)
                .orElseGet(callIds);
        var exchange = new Exchange(incoming, callId, router().unknownPaths(), start);
        return CurrentCall.during(callId, () -> finished(exchange, answer(exchange)));
    }

    /** A path at a port or host name of a mounted API with its prefix, which comes after a time if there is one. */
    private static String complete(MountPoint mount, String path) {
        int time = TimePath.isOne(path) ? TimePath.length(path) : 0;
        return path.substring(0, time) + mount.withPrefix(path.substring(time));
    }

    private Response finished(Exchange exchange, Response reply) {
        exchange.answered(nanoClock.nanos());
        Response suited = BrowserProblems.forClient(exchange.request(), reply, access.secrets()::redact);
        return filters.apply(exchange, suited);
    }

    private Response answer(Exchange exchange) {
        try {
            RawRequest request = exchange.request();
            return simulated.isPresent() && TimePath.isOne(request.path())
                    ? simulated.get().answer(exchange, request)
                    : dispatcher.answer(exchange, request);
        } catch (RequestRejected rejected) {
            return rejected.reply(exchange.callId());
        } catch (PercentEncoding.BadEncoding unreadable) {
            return ProblemResponses.malformed(unreadable.detail(), exchange.callId());
        } catch (Throwable bug) { // errors as well, so that the response has the call id that the log has
            LOG.log(System.Logger.Level.ERROR, "a request failed", bug);
            return ProblemResponses.reply(new Failure.Bug(exchange.callId()), exchange.callId());
        }
    }

    /**
     * The response to input that never became a request: malformed, too large, too slow, or over the limit of
     * concurrent requests.
     */
    Response refuse(int status, String detail) {
        CallId callId = callIds.get();
        var exchange = new Exchange(NOTHING, callId, router().unknownPaths(), 0);
        return filters.apply(exchange, ProblemResponses.refusal(status, detail, callId));
    }
}
