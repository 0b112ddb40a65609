package io.marketbrain.provider;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.provider.descriptor.RequestUri;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a POST carries, in UTF-8. Pure data. */
public record RequestBody(String contentType, String text) {
    /**
     * A JSON object.
     *
     * @param members in order; values are texts, whole numbers, {@link BigDecimal}s, booleans, null, and lists and maps of
     *     these
     */
    public static RequestBody json(SequencedMap<String, ?> members) {
        var json = new JsonOutput();
        write(json, members);
        return new RequestBody("application/json", new String(json.finish(), StandardCharsets.UTF_8));
    }

    /** The fields of a form, in order, encoded as in a query string. */
    public static RequestBody form(SequencedMap<String, String> fields) {
        return new RequestBody("application/x-www-form-urlencoded", RequestUri.encoded(fields));
    }

    private static void write(JsonOutput json, @Nullable Object value) {
        switch (value) {
            case null -> json.nothing();
            case Map<?, ?> members -> {
                json.startObject();
                members.forEach((name, member) -> {
                    json.name((String) name);
                    write(json, member);
                });
                json.endObject();
            }
            case List<?> items -> {
                json.startArray();
                items.forEach(item -> write(json, item));
                json.endArray();
            }
            case String text -> json.text(text);
            case Integer number -> json.number((int) number);
            case Long number -> json.number((long) number);
            case BigDecimal number -> json.number(number.toPlainString());
            case Boolean flag -> json.bool(flag);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }
}
