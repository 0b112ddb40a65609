package io.marketbrain.provider.mapping.request;

import io.marketbrain.provider.RequestBody;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.notation.TextTemplate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The body of a POST, a JSON object with values of the query: {@code {"coin": "{base}", "from": {"$number": "{from}"}}}. A text
 * is a text; {@code $number} makes a number of it; with {@code "$optional": true} it is left out where the query has no value,
 * as {@code $text} is. Immutable.
 */
final class BodyTemplate {
    private static final String NUMBER = "$number";
    private static final String TEXT = "$text";
    private static final String OPTIONAL = "$optional";

    private final SequencedMap<String, @Nullable Object> members;

    /** A value of the query in the body. */
    private record Value(TextTemplate template, boolean isNumber, boolean isOptional) {}

    private BodyTemplate(SequencedMap<String, @Nullable Object> members) {
        this.members = members;
    }

    /** Reads the object {@code json} of a request. */
    static BodyTemplate read(DescriptorObject request) {
        DescriptorObject body = request.object("json");
        Map<String, @Nullable Object> plain = body.plain();
        try {
            return new BodyTemplate(compiled(plain));
        } catch (IllegalArgumentException e) {
            throw body.wrong("json", "is not a body: " + e.getMessage());
        }
    }

    private static SequencedMap<String, @Nullable Object> compiled(Map<?, ?> plain) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        plain.forEach((name, value) -> members.put((String) name, compiled(value)));
        return members;
    }

    private static @Nullable Object compiled(@Nullable Object plain) {
        return switch (plain) {
            case String text -> new Value(parsed(text), false, false);
            case Map<?, ?> value when value.get(NUMBER) instanceof String text -> value(value, text, NUMBER);
            case Map<?, ?> value when value.get(TEXT) instanceof String text -> value(value, text, TEXT);
            case Map<?, ?> members -> compiled(members);
            case List<?> items -> {
                var list = new ArrayList<@Nullable Object>();
                items.forEach(item -> list.add(compiled((Object) item)));
                yield list;
            }
            case null, default -> plain;
        };
    }

    private static Value value(Map<?, ?> json, String text, String key) {
        boolean optional = Boolean.TRUE.equals(json.get(OPTIONAL));
        if (json.size() > (optional ? 2 : 1)) {
            throw new IllegalArgumentException("beside '" + key + "' only \"" + OPTIONAL + "\": true is known");
        }
        return new Value(parsed(text), key.equals(NUMBER), optional);
    }

    private static TextTemplate parsed(String text) {
        try {
            return TextTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' may name only values of a query in braces");
        }
    }

    /** The body with the values of a query; empty if one of them is missing or is not the number that it has to be. */
    Optional<RequestBody> find(Map<String, String> values) {
        if (!isComplete(members, values)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RequestBody.json(filled(members, values)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isComplete(@Nullable Object part, Map<String, String> values) {
        return switch (part) {
            case Value value -> value.isOptional() || value.template().isComplete(values);
            case Map<?, ?> members -> members.values().stream().allMatch(member -> isComplete(member, values));
            case List<?> items -> items.stream().allMatch(item -> isComplete(item, values));
            case null, default -> true;
        };
    }

    private static SequencedMap<String, @Nullable Object> filled(Map<?, ?> members, Map<String, String> values) {
        var filled = new LinkedHashMap<String, @Nullable Object>();
        members.forEach((name, member) -> {
            if (!isLeftOut(member, values)) {
                filled.put((String) name, filled((Object) member, values));
            }
        });
        return filled;
    }

    private static boolean isLeftOut(@Nullable Object member, Map<String, String> values) {
        return member instanceof Value value && !value.template().isComplete(values);
    }

    private static @Nullable Object filled(@Nullable Object part, Map<String, String> values) {
        return switch (part) {
            case Value value -> {
                String text = value.template().find(values).orElse("");
                yield value.isNumber() ? new BigDecimal(text) : text;
            }
            case Map<?, ?> members -> filled(members, values);
            case List<?> items -> {
                var list = new ArrayList<@Nullable Object>();
                items.forEach(item -> {
                    if (!isLeftOut(item, values)) {
                        list.add(filled((Object) item, values));
                    }
                });
                yield list;
            }
            case null, default -> part;
        };
    }
}
