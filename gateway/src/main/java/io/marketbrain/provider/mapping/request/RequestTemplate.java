package io.marketbrain.provider.mapping.request;

import io.marketbrain.model.Operation;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.descriptor.RequestMethod;
import io.marketbrain.provider.mapping.notation.QueryNames;
import io.marketbrain.provider.mapping.notation.TextTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The request for a query.
 *
 * @param host the name of the host that it is sent to; empty for that of the operation
 * @param query the parameters that it must have values for
 * @param optional the parameters that are left out where the query has no value for them
 * @param without the values that the query must not have, because this request cannot express them
 * @param form the fields of a form that is posted; empty if none is
 * @param json the JSON object that is posted, if one is
 */
record RequestTemplate(
        String host,
        TextTemplate path,
        SequencedMap<String, TextTemplate> query,
        SequencedMap<String, TextTemplate> optional,
        List<String> without,
        SequencedMap<String, TextTemplate> form,
        Optional<BodyTemplate> json,
        SequencedMap<String, String> headers) {
    private static final String NAMES = "may name only these values of a query in braces: "
            + String.join(", ", QueryNames.ALL.stream().sorted().toList());

    static RequestTemplate read(Descriptor descriptor, DescriptorObject json, Operation operation) {
        TextTemplate path = json.parsed("path", TextTemplate::parse, NAMES);
        if (!json.text("path").startsWith("/")) {
            throw json.wrong("path", "must begin with a slash");
        }
        String host = json.findText("host").orElse("");
        if (!host.isEmpty() && !descriptor.hosts().byName().containsKey(host)) {
            throw json.wrong("host", "is '" + host + "', but there is no such host in 'hosts'");
        }
        var template = new RequestTemplate(
                host,
                path,
                parameters(json, "query"),
                parameters(json, "optional"),
                without(json),
                parameters(json, "form"),
                json.has("json") ? Optional.of(BodyTemplate.read(json)) : Optional.empty(),
                ConstantHeaders.read(json));
        if (template.json.isPresent() && !template.form.isEmpty()) {
            throw json.wrong("json", "and 'form' exclude each other");
        }
        boolean posts = descriptor.terms(operation).method() == RequestMethod.POST;
        if (posts != template.hasBody()) {
            throw json.wrong(
                    template.json.isPresent() ? "json" : "form",
                    posts ? "or 'json' is missing for the method post" : "is for operations whose method is post");
        }
        json.end();
        return template;
    }

    private static List<String> without(DescriptorObject json) {
        List<String> names = json.has("without") ? json.texts("without") : List.of();
        if (!QueryNames.ALL.containsAll(names)) {
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

    private boolean hasBody() {
        return json.isPresent() || !form.isEmpty();
    }

    /** The request with the values of a query; empty if one of them is missing. */
    Optional<ProviderRequest> find(Map<String, String> values) {
        Optional<String> filled = path.find(values);
        if (filled.isEmpty() || without.stream().anyMatch(values::containsKey)) {
            return Optional.empty();
        }
        Optional<RequestBody> body = hasBody() ? body(values) : Optional.empty();
        Optional<SequencedMap<String, String>> parameters = filled(query, values);
        if (parameters.isEmpty() || (hasBody() && body.isEmpty())) {
            return Optional.empty();
        }
        ProviderRequest request =
                body.isPresent() ? ProviderRequest.post(filled.get(), body.get()) : ProviderRequest.get(filled.get());
        for (Map.Entry<String, String> parameter : parameters.get().entrySet()) {
            request = request.with(parameter.getKey(), parameter.getValue());
        }
        for (Map.Entry<String, TextTemplate> parameter : optional.entrySet()) {
            Optional<String> value = parameter.getValue().find(values);
            if (value.isPresent()) {
                request = request.with(parameter.getKey(), value.get());
            }
        }
        request = headers.isEmpty() ? request : request.withHeaders(headers);
        return Optional.of(host.isEmpty() ? request : request.to(host));
    }

    private Optional<RequestBody> body(Map<String, String> values) {
        return json.isPresent() ? json.get().find(values) : filled(form, values).map(RequestBody::form);
    }

    private static Optional<SequencedMap<String, String>> filled(
            SequencedMap<String, TextTemplate> templates, Map<String, String> values) {
        var filled = new LinkedHashMap<String, String>();
        for (Map.Entry<String, TextTemplate> parameter : templates.entrySet()) {
            Optional<String> value = parameter.getValue().find(values);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            filled.put(parameter.getKey(), value.get());
        }
        return Optional.of(filled);
    }
}
