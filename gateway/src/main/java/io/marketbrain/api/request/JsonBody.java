package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as one JSON object, read strictly: another content type is rejected with 415, anything but one
 * well-formed object in UTF-8 with 400, an unknown member or one of the wrong type with 422. The server limits its length
 * ({@code server.max_body}, 413); {@link PayloadLimits} bounds its nesting and tokens. Immutable.
 */
public final class JsonBody {
    /** Its first byte in UTF-8, which no JSON document starts with. Providers may send one, callers may not. */
    private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

    private final Map<String, JsonValue> members;

    private JsonBody(Map<String, JsonValue> members) {
        this.members = members;
    }

    /** Reads the body of a request, which may only have the {@code known} members. */
    public static JsonBody of(Request request, String... known) throws RequestRejected {
        checkContentType(request);
        var body = new JsonBody(parse(request.body()));
        Set<String> names = Set.of(known);
        for (String name : body.members.keySet()) {
            if (!names.contains(name)) {
                throw RequestRejected.invalid(
                        EchoedText.of(name), "a member", "the body may only have " + String.join(", ", known));
            }
        }
        return body;
    }

    /** A member that is present and not null. */
    public Optional<JsonValue> find(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.isNull());
    }

    /** A member that is an array of 1 to {@code max} strings. */
    public List<String> strings(String name, int max) throws RequestRejected {
        JsonValue value = members.get(name);
        try {
            if (value != null && value.isArray()) {
                List<JsonValue> items = value.items();
                var strings = new ArrayList<String>();
                for (JsonValue item : items) {
                    if (item.isText()) {
                        strings.add(item.text());
                    }
                }
                if (!items.isEmpty() && items.size() <= max && strings.size() == items.size()) {
                    return strings;
                }
            }
            throw RequestRejected.invalid(name, described(value), "an array of 1 to " + max + " strings");
        } catch (MalformedPayload unreadable) {
            throw malformed(unreadable);
        }
    }

    private static String described(@Nullable JsonValue value) throws MalformedPayload {
        if (value == null) {
            return "missing";
        }
        return value.isArray() ? "array of " + value.items().size() : "not an array";
    }

    private static void checkContentType(Request request) throws RequestRejected {
        String type = request.findHeader("Content-Type").orElse("");
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals(Response.JSON);
        for (int i = 1; i < parts.length && json; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json = !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw RequestRejected.of(
                    415,
                    "unsupported-media-type",
                    "The body is not JSON",
                    "the body must be sent as Content-Type: application/json, in UTF-8; "
                            + (type.isEmpty() ? "it has no content type" : "this is " + EchoedText.of(type)));
        }
    }

    private static Map<String, JsonValue> parse(byte[] bytes) throws RequestRejected {
        if (bytes.length > 0 && bytes[0] == BYTE_ORDER_MARK) {
            throw malformed("the body is not a JSON object: it starts with a byte order mark");
        }
        try {
            JsonValue value = JsonValue.parse(bytes, PayloadLimits.defaults());
            if (!value.isObject()) {
                throw malformed("the body is not a JSON object");
            }
            return value.members();
        } catch (MalformedPayload malformed) {
            throw malformed(malformed);
        }
    }

    private static RequestRejected malformed(MalformedPayload cause) {
        return malformed("the body is not well-formed JSON: " + EchoedText.of(String.valueOf(cause.getMessage())));
    }

    private static RequestRejected malformed(String detail) {
        return RequestRejected.of(400, "malformed-request", "The request is malformed", detail);
    }
}
