package io.marketbrain.provider.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text with names in braces that stand for values of the query, such as {@code /rates/{base}/{from}}. Immutable. */
final class TextTemplate {
    private final List<Part> parts;

    private record Part(String text, boolean isName) {}

    private TextTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException if a brace is not closed or names no value of a query */
    static TextTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            if (open < 0) {
                parts.add(new Part(text.substring(at), false));
                break;
            }
            int close = text.indexOf('}', open);
            String name = close < 0 ? "" : text.substring(open + 1, close);
            if (!QueryValues.NAMES.contains(name)) {
                throw new IllegalArgumentException(name);
            }
            if (open > at) {
                parts.add(new Part(text.substring(at, open), false));
            }
            parts.add(new Part(name, true));
            at = close + 1;
        }
        return new TextTemplate(List.copyOf(parts));
    }

    /** Whether it names no value. */
    boolean isLiteral() {
        return parts.stream().noneMatch(Part::isName);
    }

    /** The text with its values; empty if the query has no value for one of the names. */
    Optional<String> find(Map<String, String> values) {
        if (parts.size() == 1 && !parts.getFirst().isName()) {
            return Optional.of(parts.getFirst().text());
        }
        var text = new StringBuilder();
        for (Part part : parts) {
            String value = part.isName() ? values.get(part.text()) : part.text();
            if (value == null) {
                return Optional.empty();
            }
            text.append(value);
        }
        return Optional.of(text.toString());
    }
}
