package io.marketbrain.provider;

import io.marketbrain.json.PayloadLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What to ask a provider: a GET of {@code path} under its base URL. Pure data; credentials are added by the transport.
 *
 * @param parameters the query string, unencoded, in order
 * @param weight what the request counts against the provider's quota, in the provider's own units
 * @param limits how much of the response is read
 */
public record ProviderRequest(String path, SequencedMap<String, String> parameters, int weight, PayloadLimits limits) {

    public static ProviderRequest get(String path) {
        return new ProviderRequest(path, new LinkedHashMap<>(), 1, PayloadLimits.defaults());
    }

    /** The same request with one more parameter. */
    public ProviderRequest with(String name, Object value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value.toString());
        return new ProviderRequest(path, more, weight, limits);
    }

    public ProviderRequest weighing(int weight) {
        return new ProviderRequest(path, parameters, weight, limits);
    }

    /** The same request, of whose response no more than {@code limits} is read. */
    ProviderRequest within(PayloadLimits limits) {
        return new ProviderRequest(path, parameters, weight, limits);
    }

    /** The parameters as a plain map. */
    public Map<String, String> asMap() {
        return parameters;
    }
}
