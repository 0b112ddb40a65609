package io.marketbrain.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A request as an OpenAPI viewer prefills it: with the example of a parameter, else the default of its schema, else
 * nothing.
 *
 * @param body the JSON body; empty if there is none
 * @param description the operation in the document
 */
record PrefilledRequest(String method, String template, String target, String body, JsonNode description) {

    /** Whether nothing is filled in. */
    boolean isBare() {
        return target.equals(template) && body.isEmpty();
    }

    ContractClient.Answer send(ContractClient client, String... headers) {
        return client.send(method, target, body, headers);
    }

    /** One request for each operation of the document; a viewer cannot open a WebSocket. */
    static List<PrefilledRequest> all(ContractDocument contract) {
        var requests = new ArrayList<PrefilledRequest>();
        for (var path : contract.document().get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (operation.getValue().get("responses").has("101")) {
                    continue;
                }
                requests.add(new PrefilledRequest(
                        operation.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        target(contract, path.getKey(), operation.getValue()),
                        body(operation.getValue()),
                        operation.getValue()));
            }
        }
        return requests;
    }

    private static String target(ContractDocument contract, String template, JsonNode operation) {
        String path = template;
        var query = new ArrayList<String>();
        for (JsonNode reference : operation.path("parameters")) {
            JsonNode parameter = contract.resolved(reference);
            String name = parameter.get("name").asString();
            JsonNode value = parameter.has("example") ? parameter.get("example") : parameter.at("/schema/default");
            if (!value.isMissingNode()) {
                switch (parameter.get("in").asString()) {
                    case "path" -> path = path.replace("{" + name + "}", text(value));
                    case "query" -> query.add(name + "=" + text(value));
                    default -> throw new AssertionError(name + " would be filled in");
                }
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static String body(JsonNode operation) {
        JsonNode example = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("example");
        return example.isMissingNode() ? "" : example.toString();
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(PrefilledRequest::text)
                        .collect(Collectors.joining(","))
                : URLEncoder.encode(value.asString(), StandardCharsets.UTF_8);
    }
}
