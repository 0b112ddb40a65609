package io.marketbrain.api.routing;

import io.marketbrain.api.request.PercentEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The paths of the API. Immutable once the first request is served. */
public final class Router {
    private final Map<String, ApiRoute> literal = new HashMap<>();
    private final List<ApiRoute> templates = new ArrayList<>();

    /** A matching route and its path variables. */
    public record Found(ApiRoute route, Map<String, String> variables) {}

    private final Function<String, RouteMeter> meterMaker;

    /** Counts requests to paths that do not exist. */
    private final RouteMeter unknownPaths;

    /** The paths at the root. */
    public Router() {
        this.unknownPaths = new RouteMeter("");
        this.meterMaker = RouteMeter::new;
    }

    /** Paths below a prefix, which the metrics name; the templates themselves are without it. */
    public Router(String prefix) {
        this.unknownPaths = new RouteMeter(prefix);
        this.meterMaker = path -> new RouteMeter(prefix + path);
    }

    public List<RouteMeter> meters() {
        var meters = new ArrayList<RouteMeter>();
        routes().forEach(route -> meters.add(route.meter()));
        meters.add(unknownPaths);
        return meters;
    }

    public RouteMeter unknownPaths() {
        return unknownPaths;
    }

    public void get(String template, Endpoint endpoint) {
        route(template).on("GET", endpoint);
    }

    public void post(String template, Endpoint endpoint) {
        route(template).on("POST", endpoint);
    }

    public void delete(String template, Endpoint endpoint) {
        route(template).on("DELETE", endpoint);
    }

    public void patch(String template, Endpoint endpoint) {
        route(template).on("PATCH", endpoint);
    }

    private ApiRoute route(String template) {
        for (ApiRoute route : routes()) {
            if (route.template().equals(template)) {
                return route;
            }
        }
        var route = new ApiRoute(template, meterMaker.apply(template));
        if (route.hasVariables()) {
            templates.add(route);
        } else {
            literal.put(template, route);
        }
        return route;
    }

    public List<ApiRoute> routes() {
        var all = new ArrayList<>(literal.values());
        all.addAll(templates);
        return all;
    }

    /** The route that matches a percent-encoded path; null if there is none. */
    public @Nullable Found find(String path) throws PercentEncoding.BadEncoding {
        ApiRoute exact = literal.get(path);
        if (exact != null) {
            return new Found(exact, Map.of());
        }
        for (ApiRoute route : templates) {
            var variables = route.match(path);
            if (variables != null) {
                return new Found(route, variables);
            }
        }
        return null;
    }
}
