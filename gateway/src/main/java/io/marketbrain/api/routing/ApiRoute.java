package io.marketbrain.api.routing;

import io.marketbrain.api.request.PercentEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One path of the API and the endpoints of its methods. In a template such as {@code /data/{provider}/{symbol}} a variable stands
 * for one segment of the path; one named {@code symbol} at the end, or {@code id} after a provider, matches the rest, so that {@code
 * BTC/USDT} and {@code funding_rate:BTC/USDT:USDT} need no percent-encoding. A literal may follow: {@code /products/{id}/ticker}.
 */
public final class ApiRoute {
    private final String template;
    private final String prefix;
    private final String suffix;
    private final List<String> names;
    private final boolean takesRest;
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

    private final RouteMeter meter;

    ApiRoute(String template, RouteMeter meter) {
        this.meter = meter;
        this.template = template;
        int brace = template.indexOf('{');
        this.prefix = brace < 0 ? template : template.substring(0, brace);
        this.suffix = template.substring(template.lastIndexOf('}') + 1);
        this.names = new ArrayList<>();
        for (int at = brace; at >= 0; at = template.indexOf('{', at + 1)) {
            names.add(template.substring(at + 1, template.indexOf('}', at)));
        }
        this.takesRest = suffix.isEmpty()
                && hasVariables()
                && (names.getLast().equals("symbol") || names.equals(List.of("provider", "id")));
    }

    ApiRoute on(String method, Endpoint endpoint) {
        endpoints.put(method, endpoint);
        return this;
    }

    public String template() {
        return template;
    }

    public RouteMeter meter() {
        return meter;
    }

    boolean hasVariables() {
        return !names.isEmpty();
    }

    /** The supported methods, as listed in an {@code Allow} header. */
    public List<String> methods() {
        var methods = new ArrayList<>(endpoints.keySet());
        if (endpoints.containsKey("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return methods;
    }

    /** The endpoint of {@code method}, or null; HEAD uses that of GET. */
    public @Nullable Endpoint endpoint(String method) {
        return endpoints.get(method.equals("HEAD") ? "GET" : method);
    }

    /** The decoded variables, or null if the path does not match. */
    @Nullable
    Map<String, String> match(String path) throws PercentEncoding.BadEncoding {
        if (!path.startsWith(prefix) || !path.endsWith(suffix)) {
            return null;
        }
        int length = path.length() - suffix.length();
        var variables = new LinkedHashMap<String, String>(2 * names.size());
        int start = prefix.length();
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            int end = last ? length : path.indexOf('/', start);
            if (end <= start) {
                return null;
            }
            String raw = path.substring(start, end);
            if (last && raw.indexOf('/') >= 0 && !takesRest) {
                return null;
            }
            variables.put(names.get(i), PercentEncoding.decodeSegment(raw));
            start = end + 1;
        }
        return variables;
    }
}
