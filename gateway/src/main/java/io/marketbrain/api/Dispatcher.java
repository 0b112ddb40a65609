package io.marketbrain.api;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.access.CallerRateLimits;
import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.MountPoint;
import io.marketbrain.api.mounting.MountedGroup;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.PercentEncoding;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.routing.Endpoint;
import io.marketbrain.api.routing.RouteMeter;
import io.marketbrain.api.routing.Router;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Passes a request that access control admits to its endpoint: one of our own API or of an API that is mounted beside it.
 * Thread-safe.
 */
final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Router router;
    private final List<MountedGroup> mounted;
    private final AccessControl access;
    private final Function<String, Optional<Response>> redirects;

    /**
     * @param router the paths of our own API
     * @param redirects the redirect from a path that does not exist, where there is one
     */
    Dispatcher(
            Router router,
            List<MountPoint> mounts,
            ApiServices services,
            Function<String, Optional<Response>> redirects) {
        this.router = router;
        this.mounted =
                mounts.stream().map(point -> new MountedGroup(point, services)).toList();
        this.access = services.access();
        this.redirects = redirects;
    }

    Router router() {
        return router;
    }

    /** The counters of every path, of a mounted API once it has been requested. */
    List<RouteMeter> meters() {
        List<RouteMeter> meters = new ArrayList<>(router.meters());
        mounted.forEach(at ->
                at.findMade().ifPresent(group -> meters.addAll(group.router().meters())));
        return meters;
    }

    /**
     * The response to a request.
     *
     * @param request what the client sent, for the path within this API
     */
    Response answer(Exchange exchange, RawRequest request) throws RequestRejected, PercentEncoding.BadEncoding {
        Router.Found found = router.find(request.path());
        if (found != null) {
            return routed(
                    exchange,
                    request,
                    found,
                    access::admit,
                    allow -> ProblemResponses.wrongMethod(request.method(), allow, exchange.callId()));
        }
        for (MountedGroup at : mounted) {
            if (at.point().contains(request.path())) {
                return mounted(exchange, request.withPath(at.point().strip(request.path())), at.group());
            }
        }
        return redirects
                .apply(request.path())
                .orElseGet(() -> ProblemResponses.noSuchPath(exchange.request().path(), exchange.callId()));
    }

    /** The response of a mounted API, whose errors have its own shape. */
    private Response mounted(Exchange exchange, RawRequest request, RouteGroup group) {
        exchange.found(group.router().unknownPaths());
        try {
            return routed(exchange, request, group);
        } catch (RequestRejected rejected) {
            Response response = group.failed(rejected.failure(), exchange.callId());
            return rejected.failure() instanceof Failure.Unauthenticated
                    ? response.with("WWW-Authenticate", "Bearer")
                    : response;
        } catch (PercentEncoding.BadEncoding unreadable) {
            return group.failed(new Failure.InvalidQuery("request", "", "", unreadable.detail()), exchange.callId());
        } catch (Throwable bug) { // errors as well, so that the response has the call id that the log has
            LOG.log(System.Logger.Level.ERROR, "a request failed", bug);
            return group.failed(new Failure.Bug(exchange.callId()), exchange.callId());
        }
    }

    private Response routed(Exchange exchange, RawRequest request, RouteGroup group)
            throws RequestRejected, PercentEncoding.BadEncoding {
        Router.Found found = group.router().find(request.path());
        if (found == null) {
            var _ = access.admitMounted(request);
            return group.unknownPath(request, exchange.request().path(), exchange.callId());
        }
        return routed(
                exchange,
                request,
                found,
                access::admitMounted,
                allow -> group.wrongMethod(request, allow, exchange.callId()));
    }

    /** Authenticates a request, or rejects it. */
    private interface Admission {
        AccessControl.Principal admit(RawRequest request) throws RequestRejected;
    }

    /** @param wrongMethod the response to a method that the path does not have; gets those that it has */
    private Response routed(
            Exchange exchange,
            RawRequest request,
            Router.Found found,
            Admission admission,
            Function<String, Response> wrongMethod)
            throws RequestRejected, PercentEncoding.BadEncoding {
        exchange.found(found.route().meter());
        Optional<Response> preflight = access.crossOrigin().findPreflight(request, found.route());
        if (preflight.isPresent()) {
            return preflight.get();
        }
        AccessControl.Principal principal = counted(exchange, admission.admit(request));
        Endpoint endpoint = found.route().endpoint(request.method());
        if (endpoint != null) {
            return endpoint.answer(decoded(exchange, request, found, principal));
        }
        String allow = String.join(", ", found.route().methods());
        Response response = request.method().equals("OPTIONS") ? Response.empty(204) : wrongMethod.apply(allow);
        return response.with("Allow", allow);
    }

    /** Counts a request of a caller with a key against its rate limit. */
    private AccessControl.Principal counted(Exchange exchange, AccessControl.Principal principal)
            throws RequestRejected {
        Caller caller = principal.caller();
        if (caller.anonymous()) {
            return principal;
        }
        Optional<CallerRateLimits.Use> use = access.count(caller);
        exchange.admitted(use);
        Optional<Failure> tooMany = use.flatMap(CallerRateLimits.Use::findRefusal);
        if (tooMany.isPresent()) {
            throw new RequestRejected(tooMany.get());
        }
        return principal;
    }

    private static Request decoded(
            Exchange exchange, RawRequest request, Router.Found found, AccessControl.Principal principal)
            throws PercentEncoding.BadEncoding {
        return new Request(
                request.method(),
                request.path(),
                found.variables(),
                PercentEncoding.decodeQuery(request.query()),
                request.headers(),
                request.body(),
                principal.caller(),
                principal.admin(),
                exchange.callId());
    }
}
