package io.marketbrain.provider.recording;

import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.descriptor.Authentication;
import io.marketbrain.provider.descriptor.Authentication.CarriedTime;
import io.marketbrain.provider.descriptor.Authentication.CarriedValue;
import io.marketbrain.provider.descriptor.Authentication.HmacSignature;
import io.marketbrain.provider.descriptor.Authentication.Place;
import io.marketbrain.provider.descriptor.Authentication.QueryKey;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.ProviderHosts;
import io.marketbrain.provider.descriptor.RequestUri;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes two requests the same: method, path, parameters and body, without the host, the order of the parameters, and
 * whatever belongs to credentials. Immutable.
 *
 * @param path decoded
 * @param parameters decoded
 */
record RequestKey(String method, String path, SortedMap<String, String> parameters, String body) {

    /** The key of a request that is made now. */
    static RequestKey of(Descriptor descriptor, ProviderRequest request) {
        String host = request.host().isEmpty() ? ProviderHosts.MAIN : request.host();
        URI base = descriptor
                .hosts()
                .byName()
                .getOrDefault(host, List.of(descriptor.hosts().main()))
                .getFirst();
        return new RequestKey(
                request.method().name(),
                decoded(RequestUri.path(base, request.path())),
                new TreeMap<>(request.parameters()),
                request.body().map(RequestBody::text).orElse(""));
    }

    /** The key of a recorded request. */
    static RequestKey of(Descriptor descriptor, ExchangeMeta meta) {
        var parameters = new TreeMap<String, String>();
        int question = meta.url().indexOf('?');
        List<String> credentials = parametersOf(descriptor.authentication());
        for (String parameter : question < 0
                ? new String[0]
                : meta.url().substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
            if (!name.isEmpty() && !value.equals(ExchangeMeta.REDACTED) && !credentials.contains(name)) {
                parameters.put(name, value);
            }
        }
        return new RequestKey(
                meta.method(),
                pathOf(meta.url()),
                parameters,
                meta.requestBody().orElse(""));
    }

    /** The decoded path of an address, which may not be a valid URI. */
    static String pathOf(String url) {
        String rest = url.substring(url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3);
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/');
        return slash < 0 ? "/" : decoded(place.substring(slash));
    }

    private static List<String> parametersOf(Authentication authentication) {
        return switch (authentication) {
            case QueryKey(String parameter) -> List.of(parameter);
            case HmacSignature scheme ->
                Stream.concat(Stream.of(scheme.signature()), scheme.time().map(CarriedTime::where).stream())
                        .filter(carried -> carried.place() == Place.PARAMETER)
                        .map(CarriedValue::name)
                        .toList();
            default -> List.of();
        };
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** How many parameters of two requests for the same path differ; empty for another path, method or body. */
    Optional<Integer> distanceTo(RequestKey other) {
        if (!method.equals(other.method) || !path.equals(other.path) || !body.equals(other.body)) {
            return Optional.empty();
        }
        long same = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue().equals(other.parameters.get(parameter.getKey())))
                .count();
        return Optional.of((int) (Math.max(parameters.size(), other.parameters.size()) - same));
    }

    /** {@code GET /api/v3/depth?limit=10&symbol=BTCUSDT}. */
    @Override
    public String toString() {
        return method + " " + path
                + (parameters.isEmpty()
                        ? ""
                        : "?"
                                + parameters.entrySet().stream()
                                        .map(Map.Entry::toString)
                                        .collect(Collectors.joining("&")));
    }
}
