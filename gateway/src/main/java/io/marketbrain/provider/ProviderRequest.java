package io.marketbrain.provider;

import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.provider.descriptor.OperationTerms;
import io.marketbrain.provider.descriptor.PayloadKind;
import io.marketbrain.provider.descriptor.ProviderHosts;
import io.marketbrain.provider.descriptor.RequestMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A request to a provider: a GET or POST of {@code path} under a base URL. Pure data; credentials are added by the transport.
 *
 * @param host the host's name in {@link ProviderHosts}; empty for the host in the operation's terms
 * @param parameters the query string, unencoded, in order
 * @param body what a POST carries
 * @param limits how much of the response is read
 * @param headers constant headers that the provider's documentation demands; never credentials
 * @param query what it is sent for; empty until the provider's module has taken it over
 */
public record ProviderRequest(
        RequestMethod method,
        String host,
        String path,
        SequencedMap<String, String> parameters,
        Optional<RequestBody> body,
        PayloadKind payload,
        PayloadLimits limits,
        SequencedMap<String, String> headers,
        Optional<MarketQuery> query) {

    public ProviderRequest {
        if (method == RequestMethod.GET && body.isPresent()) {
            throw new IllegalArgumentException("a GET has no body");
        }
    }

    /** A request with the usual headers only, which no module has taken over. */
    public ProviderRequest(
            RequestMethod method,
            String host,
            String path,
            SequencedMap<String, String> parameters,
            Optional<RequestBody> body,
            PayloadKind payload,
            PayloadLimits limits) {
        this(method, host, path, parameters, body, payload, limits, new LinkedHashMap<>(), Optional.empty());
    }

    public static ProviderRequest get(String path) {
        return new ProviderRequest(
                RequestMethod.GET,
                "",
                path,
                new LinkedHashMap<>(),
                Optional.empty(),
                PayloadKind.JSON,
                PayloadLimits.defaults());
    }

    /** A POST; whether it may be repeated is declared by the operation in the descriptor. */
    public static ProviderRequest post(String path, RequestBody body) {
        return new ProviderRequest(
                RequestMethod.POST,
                "",
                path,
                new LinkedHashMap<>(),
                Optional.of(body),
                PayloadKind.JSON,
                PayloadLimits.defaults());
    }

    /** The same request with one more parameter. */
    public ProviderRequest with(String name, Object value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value.toString());
        return new ProviderRequest(method, host, path, more, body, payload, limits, headers, query);
    }

    /** The same request with these headers besides the usual ones, or instead of them. */
    public ProviderRequest withHeaders(SequencedMap<String, String> headers) {
        return new ProviderRequest(method, host, path, parameters, body, payload, limits, headers, query);
    }

    /** The same request to another of the provider's hosts than the one that the operation's terms name. */
    public ProviderRequest to(String host) {
        return new ProviderRequest(method, host, path, parameters, body, payload, limits, headers, query);
    }

    /**
     * The same request for a query, on the terms of its operation: to its host, unless it names one itself, for its kind of
     * payload.
     */
    ProviderRequest on(OperationTerms terms, MarketQuery query) {
        if (terms.method() != method) {
            throw new IllegalStateException("the descriptor says " + terms.method() + ", the adapter " + method);
        }
        return new ProviderRequest(
                method,
                host.isEmpty() ? terms.host() : host,
                path,
                parameters,
                body,
                terms.payload(),
                limits,
                headers,
                Optional.of(query));
    }

    /** The same request with other limits on its response. */
    ProviderRequest within(PayloadLimits limits) {
        return new ProviderRequest(method, host, path, parameters, body, payload, limits, headers, query);
    }

    /** The parameters as a plain map. */
    public Map<String, String> asMap() {
        return parameters;
    }
}
