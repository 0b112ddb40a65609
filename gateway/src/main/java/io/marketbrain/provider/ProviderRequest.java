package io.marketbrain.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What to ask a provider: a GET of {@code path} under its base URL. Pure data; credentials are added by the transport.
 *
 * @param parameters the query string, unencoded, in order
 * @param weight what the request counts against the provider's quota, in the provider's own units
 */
public record ProviderRequest(String path, SequencedMap<String, String> parameters, int weight) {

    public static ProviderRequest get(String path) {
        return new ProviderRequest(path, new LinkedHashMap<>(), 1);
    }

    /** The same request with one more parameter. */
    public ProviderRequest with(String name, Object value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value.toString());
        return new ProviderRequest(path, more, weight);
    }

    public ProviderRequest weighing(int weight) {
        return new ProviderRequest(path, parameters, weight);
    }

    /** The parameters as a plain map. */
    public Map<String, String> asMap() {
        return parameters;
    }
}
