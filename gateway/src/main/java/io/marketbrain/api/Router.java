package io.marketbrain.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths of the API. Immutable once the first request is served. */
final class Router {
    private final Map<String, Route> literal = new HashMap<>();
    private final List<Route> templates = new ArrayList<>();

    /** A matching route and its path variables. */
    record Found(Route route, Map<String, String> variables) {}

    /** Counts requests to paths that do not exist. */
    private final HttpMeter unknownPaths = new HttpMeter("");

    List<HttpMeter> meters() {
        var meters = new ArrayList<HttpMeter>();
        routes().forEach(route -> meters.add(route.meter()));
        meters.add(unknownPaths);
        return meters;
    }

    HttpMeter unknownPaths() {
        return unknownPaths;
    }

    void get(String template, Endpoint endpoint) {
        route(template).on("GET", endpoint);
    }

    void post(String template, Endpoint endpoint) {
        route(template).on("POST", endpoint);
    }

    void delete(String template, Endpoint endpoint) {
        route(template).on("DELETE", endpoint);
    }

    private Route route(String template) {
        for (Route route : routes()) {
            if (route.template().equals(template)) {
                return route;
            }
        }
        var route = new Route(template);
        if (route.hasVariables()) {
            templates.add(route);
        } else {
            literal.put(template, route);
        }
        return route;
    }

    List<Route> routes() {
        var all = new ArrayList<>(literal.values());
        all.addAll(templates);
        return all;
    }

    /** The route that matches a percent-encoded path; null if there is none. */
    @Nullable
    Found find(String path) throws PercentCode.BadEncoding {
        Route exact = literal.get(path);
        if (exact != null) {
            return new Found(exact, Map.of());
        }
        for (Route route : templates) {
            var variables = route.match(path);
            if (variables != null) {
                return new Found(route, variables);
            }
        }
        return null;
    }
}
