package io.marketbrain.api;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.MountPoint;
import io.marketbrain.api.mounting.SimulatedMarket;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.PercentEncoding;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.api.routing.RouteMeter;
import io.marketbrain.api.routing.Router;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.api.time.ClockEndpoint;
import io.marketbrain.api.time.SimulatedStreams;
import io.marketbrain.api.time.SimulatedTime;
import io.marketbrain.api.time.SteppedClocks;
import io.marketbrain.api.time.TimePath;
import io.marketbrain.model.Caller;
import io.marketbrain.model.NanoClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The time machine: the paths with market data, ours and those of mounted APIs, at the time that the path begins with. The time
 * stands still during a request. Everything comes from the mock market, which is the same at the same instant on every machine;
 * nothing is cached. Thread-safe.
 */
final class SimulatedApi {
    /** How many instants are kept that were requested last; what is kept for one is small. */
    private static final int MOST_INSTANTS = 16;

    /** An instant of one passing of time. */
    private record Moment(Instant now, String session) {}

    private static final String TIME_HEADER = "X-Simulated-Time";

    private final ApiConfig config;
    private final AccessControl access;
    private final List<MountPoint> mounts;
    private final Function<InstantSource, SimulatedMarket> markets;
    private final NanoClock nanoClock;
    private final ClockEndpoint clocks;
    private final Optional<SimulatedStreams> streams;
    private final RouteMeter meter = new RouteMeter(TimePath.START + "{time}");
    private final Map<Moment, Dispatcher> dispatchers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Moment, Dispatcher> eldest) {
            return size() > MOST_INSTANTS;
        }
    };

    /**
     * @param streams the streams of the present; empty if there are none
     * @param clock the clock by which a running time runs
     */
    SimulatedApi(
            ApiConfig config,
            AccessControl access,
            List<MountPoint> mounts,
            Function<InstantSource, SimulatedMarket> markets,
            Optional<LiveStreams> streams,
            InstantSource clock,
            NanoClock nanoClock) {
        this.config = config;
        this.access = access;
        this.mounts = mounts;
        this.markets = markets;
        this.nanoClock = nanoClock;
        this.clocks = new ClockEndpoint(new SteppedClocks(), clock);
        this.streams = streams.map(live -> new SimulatedStreams(live, config.pathPrefix(), markets, clock, nanoClock));
    }

    RouteMeter meter() {
        return meter;
    }

    Response answer(Exchange exchange, RawRequest request) throws RequestRejected, PercentEncoding.BadEncoding {
        try {
            TimePath path = TimePath.parse(request.path());
            if (path.rest().equals(ClockEndpoint.PATH)) {
                return clock(exchange, request, path);
            }
            String caller = path.time() instanceof SimulatedTime.Stepped
                    ? access.admitMounted(request).caller().name()
                    : Caller.LOCAL.name();
            Instant now = clocks.now(path.time(), caller);
            RawRequest below = request.withPath(path.rest());
            String session = clocks.session(path, caller);
            Dispatcher dispatcher = streams.isPresent() && isStream(below)
                    ? streaming(streams.get(), path.time(), caller, now, session)
                    : at(new Moment(now, session));
            Response response = dispatcher.answer(exchange, below);
            response.headers()
                    .change("Link", link -> link.startsWith("</") ? "<" + path.prefix() + link.substring(1) : link);
            return response.with(TIME_HEADER, now.toString());
        } finally {
            exchange.found(meter); // the counters of an instant are forgotten with it
        }
    }

    private static boolean isStream(RawRequest request) {
        return request.path().equals(ApiRoutes.STREAM)
                || request.findHeader("Upgrade")
                        .filter("websocket"::equalsIgnoreCase)
                        .isPresent();
    }

    /** The paths of streams for one client. */
    private Dispatcher streaming(
            SimulatedStreams simulated, SimulatedTime time, String caller, Instant now, String session)
            throws RequestRejected {
        SimulatedStreams.Opened opened =
                simulated.open(time, caller, () -> clocks.findNow(time, caller).orElse(now));
        return dispatcher(opened.clock(), opened.market(), Optional.of(opened.streams()), session);
    }

    private Response clock(Exchange exchange, RawRequest request, TimePath path)
            throws RequestRejected, PercentEncoding.BadEncoding {
        AccessControl.Principal principal = access.admitMounted(request);
        boolean known = List.of("GET", "HEAD", "POST").contains(request.method());
        if (!known) {
            String allow = "GET, HEAD, POST";
            return ProblemResponses.wrongMethod(request.method(), allow, exchange.callId())
                    .with("Allow", allow);
        }
        Response response = clocks.answer(
                path.time(),
                new Request(
                        request.method(),
                        path.rest(),
                        Map.of(),
                        PercentEncoding.decodeQuery(request.query()),
                        request.headers(),
                        request.body(),
                        principal.caller(),
                        principal.admin(),
                        exchange.callId()));
        if (request.method().equals("POST") && path.time() instanceof SimulatedTime.Stepped(String name)) {
            String caller = principal.caller().name();
            Instant now = clocks.now(path.time(), caller);
            streams.ifPresent(simulated -> simulated.moved(caller, name, now));
        }
        return response;
    }

    private Dispatcher at(Moment moment) {
        synchronized (dispatchers) {
            return dispatchers.computeIfAbsent(moment, this::made);
        }
    }

    private Dispatcher made(Moment moment) {
        InstantSource clock = InstantSource.fixed(moment.now());
        return dispatcher(clock, markets.apply(clock), Optional.empty(), moment.session());
    }

    private Dispatcher dispatcher(
            InstantSource clock, SimulatedMarket market, Optional<LiveStreams> live, String session) {
        var services = new ApiServices(
                config,
                new SymbolResolver(market.catalogue()),
                new QueryExecutor(market.source(), nanoClock, config.timeout()),
                market.catalogue(),
                access,
                live,
                clock,
                nanoClock,
                session);
        var router = new Router();
        ApiRoutes.addData(router, services);
        ApiRoutes.addStreams(router, services);
        return new Dispatcher(router, mounts, services, _ -> Optional.empty());
    }
}
