package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.PercentEncoding;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.time.TimePath;
import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a tool: its arguments, read as the parameters of our own API are, and whose call it is. Immutable.
 *
 * @param request the request of the agent, with the arguments as its parameters
 * @param base what precedes the paths of our own API in the addresses that the answer names
 * @param timePrefix what precedes them after that, because the call is made at a simulated time; otherwise empty
 */
record ToolCall(Request request, Parameters parameters, String base, String timePrefix) {
    static final String MAX_TOKENS = "max_tokens";
    private static final int DEFAULT_TOKENS = 1000;
    private static final int LEAST_TOKENS = 200;
    private static final int MOST_TOKENS = 50_000;
    private static final ToolArgument TOKENS = ToolArgument.number(MAX_TOKENS, "answer length, 1000 by default");

    /** The arguments of a tool, and the one that all tools have. */
    static List<ToolArgument> argumentsOf(McpTool tool) {
        var all = new ArrayList<>(tool.arguments());
        all.add(TOKENS);
        return all;
    }

    /** Reads the arguments of a call; one that the tool does not have, or that lacks, is rejected. */
    static ToolCall of(McpTool tool, Optional<JsonValue> arguments, Request request, String base, String timePrefix)
            throws RequestRejected {
        List<ToolArgument> known = argumentsOf(tool);
        var texts = new LinkedHashMap<String, List<String>>();
        try {
            for (var member : arguments.isEmpty()
                    ? Map.<String, JsonValue>of().entrySet()
                    : arguments.get().members().entrySet()) {
                if (known.stream().noneMatch(one -> one.name().equals(member.getKey()))) {
                    throw RequestRejected.invalid(
                            EchoedText.of(member.getKey()),
                            "an argument",
                            tool.name() + " takes "
                                    + String.join(
                                            ", ",
                                            known.stream()
                                                    .map(ToolArgument::name)
                                                    .toList()));
                }
                List<String> values = texts(member.getValue());
                if (!values.isEmpty()) {
                    texts.put(member.getKey(), values);
                }
            }
        } catch (MalformedPayload e) {
            throw RequestRejected.malformed(String.valueOf(e.getMessage()));
        }
        for (ToolArgument one : known) {
            if (one.required() && !texts.containsKey(one.name())) {
                throw RequestRejected.invalid(one.name(), "", "it is required: " + one.description());
            }
        }
        var asked = new Request(
                "GET",
                "/",
                Map.of(),
                texts,
                _ -> Optional.empty(),
                new byte[0],
                request.caller(),
                request.admin(),
                request.callId());
        return new ToolCall(asked, Parameters.lenient(asked), base, timePrefix);
    }

    /** The values of an argument as text; none for null. */
    private static List<String> texts(JsonValue value) throws MalformedPayload {
        if (value.isNull()) {
            return List.of();
        }
        if (value.isArray()) {
            var all = new ArrayList<String>();
            for (JsonValue item : value.items()) {
                all.add(item.text());
            }
            return all;
        }
        return List.of(value.kind() == JsonKind.BOOLEAN ? Boolean.toString(value.bool()) : value.text());
    }

    /** How long an error about the arguments may be: as long as they say, if they say it well. */
    static int maxTokens(Optional<JsonValue> arguments) {
        try {
            Optional<JsonValue> said = arguments.flatMap(object -> object.find(MAX_TOKENS));
            return said.isEmpty() ? DEFAULT_TOKENS : Math.clamp(said.get().integer(), LEAST_TOKENS, MOST_TOKENS);
        } catch (MalformedPayload notANumber) {
            return DEFAULT_TOKENS;
        }
    }

    int maxTokens() throws RequestRejected {
        return parameters.integer(MAX_TOKENS, DEFAULT_TOKENS, LEAST_TOKENS, MOST_TOKENS);
    }

    /** The request with other parameters, for an endpoint of our own API. */
    Request with(Map<String, String> query) {
        var values = new LinkedHashMap<String, List<String>>();
        query.forEach((name, value) -> values.put(name, List.of(value)));
        return new Request(
                "GET",
                "/",
                Map.of(),
                values,
                _ -> Optional.empty(),
                request.body(),
                request.caller(),
                request.admin(),
                request.callId());
    }

    /** The address of a path of our own API, at the time of this call. */
    String address(String path, Map<String, String> query) {
        return address(timePrefix, path, query);
    }

    /** The same at a time. */
    String addressAt(Instant time, String path, Map<String, String> query) {
        return address(TimePath.prefix(time), path, query);
    }

    private String address(String time, String path, Map<String, String> query) {
        var out = new StringBuilder(base).append(time).append(path);
        char before = '?';
        for (var parameter : query.entrySet()) {
            out.append(before).append(parameter.getKey()).append('=').append(encoded(parameter.getValue()));
            before = '&';
        }
        return out.toString();
    }

    /** Encoded as far as an address needs it, so that it takes few tokens. */
    private static String encoded(String value) {
        return PercentEncoding.encode(value)
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%2C", ",");
    }
}
