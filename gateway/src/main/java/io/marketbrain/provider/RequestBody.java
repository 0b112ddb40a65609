package io.marketbrain.provider;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What a POST carries, in UTF-8. Pure data. */
public record RequestBody(String contentType, String text) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * A JSON object.
     *
     * @param members in order; values are texts, whole numbers, {@link BigDecimal}s, booleans, null, and lists and maps of
     *     these
     */
    public static RequestBody json(SequencedMap<String, ?> members) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(json, members);
        }
        return new RequestBody("application/json", bytes.toString(StandardCharsets.UTF_8));
    }

    /** The fields of a form, in order, encoded as in a query string. */
    public static RequestBody form(SequencedMap<String, String> fields) {
        return new RequestBody("application/x-www-form-urlencoded", RequestAddress.encoded(fields));
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> members -> {
                json.writeStartObject();
                members.forEach((name, member) -> {
                    json.writeName((String) name);
                    write(json, member);
                });
                json.writeEndObject();
            }
            case List<?> items -> {
                json.writeStartArray();
                items.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber((int) number);
            case Long number -> json.writeNumber((long) number);
            case BigDecimal number -> json.writeNumber(number.toPlainString());
            case Boolean flag -> json.writeBoolean(flag);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }
}
