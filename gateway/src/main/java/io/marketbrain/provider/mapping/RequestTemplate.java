package io.marketbrain.provider.mapping;

import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The request for a query.
 *
 * @param query the parameters that it must have values for
 * @param without the values that the query must not have, because this request cannot express them
 * @param optional the parameters that are left out where the query has no value for them
 */
record RequestTemplate(
        TextTemplate path,
        SequencedMap<String, TextTemplate> query,
        SequencedMap<String, TextTemplate> optional,
        List<String> without) {
    private static final String NAMES = "may name only these values of a query in braces: "
            + String.join(", ", QueryValues.NAMES.stream().sorted().toList());

    static RequestTemplate read(DescriptorObject json) {
        TextTemplate path = json.parsed("path", TextTemplate::parse, NAMES);
        if (!json.text("path").startsWith("/")) {
            throw json.wrong("path", "must begin with a slash");
        }
        var template = new RequestTemplate(path, parameters(json, "query"), parameters(json, "optional"), without(json));
        json.end();
        return template;
    }

    private static List<String> without(DescriptorObject json) {
        List<String> names = json.has("without") ? json.texts("without") : List.of();
        if (!QueryValues.NAMES.containsAll(names)) {
            throw json.wrong("without", NAMES);
        }
        return names;
    }

    private static SequencedMap<String, TextTemplate> parameters(DescriptorObject json, String key) {
        var parameters = new LinkedHashMap<String, TextTemplate>();
        json.findObject(key)
                .ifPresent(all -> all.names()
                        .forEach(name -> parameters.put(name, all.parsed(name, TextTemplate::parse, NAMES))));
        return parameters;
    }

    /** The request with the values of a query; empty if one of them is missing. */
    Optional<ProviderRequest> find(Map<String, String> values) {
        Optional<String> filled = path.find(values);
        if (filled.isEmpty() || without.stream().anyMatch(values::containsKey)) {
            return Optional.empty();
        }
        ProviderRequest request = ProviderRequest.get(filled.get());
        for (Map.Entry<String, TextTemplate> parameter : query.entrySet()) {
            Optional<String> value = parameter.getValue().find(values);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            request = request.with(parameter.getKey(), value.get());
        }
        for (Map.Entry<String, TextTemplate> parameter : optional.entrySet()) {
            Optional<String> value = parameter.getValue().find(values);
            if (value.isPresent()) {
                request = request.with(parameter.getKey(), value.get());
            }
        }
        return Optional.of(request);
    }
}
