package io.marketbrain.provider.mapping.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text with names in braces that stand for values of the query, such as {@code /rates/{base}/{from}}; {@code {base|lower}} is
 * in lower case, {@code {base|upper}} in upper case. Immutable.
 */
public final class TextTemplate {
    private static final char BEFORE_CASE = '|';

    /** The case in which a value is written. */
    private enum LetterCase {
        AS_IS,
        LOWER,
        UPPER;

        static LetterCase of(String name) {
            return switch (name) {
                case "lower" -> LOWER;
                case "upper" -> UPPER;
                default -> throw new IllegalArgumentException(name);
            };
        }

        String write(String text) {
            return switch (this) {
                case AS_IS -> text;
                case LOWER -> text.toLowerCase(Locale.ROOT);
                case UPPER -> text.toUpperCase(Locale.ROOT);
            };
        }
    }

    private final List<Part> parts;

    /** A literal text, or the name of a value and the case in which it is written. */
    private record Part(String text, boolean isName, LetterCase letters) {
        @Nullable
        String find(Map<String, String> values) {
            String value = isName ? values.get(text) : text;
            return value == null ? null : letters.write(value);
        }
    }

    private TextTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * The template that a text stands for.
     *
     * @throws IllegalArgumentException if a brace is not closed or names no value of a query
     */
    public static TextTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            if (open < 0) {
                parts.add(new Part(text.substring(at), false, LetterCase.AS_IS));
                break;
            }
            int close = text.indexOf('}', open);
            String inner = close < 0 ? "" : text.substring(open + 1, close);
            int bar = inner.indexOf(BEFORE_CASE);
            String name = bar < 0 ? inner : inner.substring(0, bar);
            LetterCase letters = bar < 0 ? LetterCase.AS_IS : LetterCase.of(inner.substring(bar + 1));
            if (!QueryNames.ALL.contains(name)) {
                throw new IllegalArgumentException(name);
            }
            if (open > at) {
                parts.add(new Part(text.substring(at, open), false, LetterCase.AS_IS));
            }
            parts.add(new Part(name, true, letters));
            at = close + 1;
        }
        return new TextTemplate(List.copyOf(parts));
    }

    /** Whether it stands for any text, where that is allowed. */
    public boolean isAny() {
        return parts.size() == 1 && parts.getFirst().text().equals("*");
    }

    /** Whether it names no value. */
    public boolean isLiteral() {
        return parts.stream().noneMatch(Part::isName);
    }

    /** Whether it names a value that says which instrument or series the query is about. */
    public boolean namesSubject() {
        return parts.stream().anyMatch(part -> part.isName() && QueryNames.SUBJECTS.contains(part.text()));
    }

    /** Whether the query has every value that it names. */
    public boolean isComplete(Map<String, String> values) {
        return parts.stream().allMatch(part -> !part.isName() || values.containsKey(part.text()));
    }

    /** The text with its values; empty if the query has no value for one of the names. */
    public Optional<String> find(Map<String, String> values) {
        if (parts.size() == 1 && !parts.getFirst().isName()) {
            return Optional.of(parts.getFirst().text());
        }
        var text = new StringBuilder();
        for (Part part : parts) {
            String value = part.find(values);
            if (value == null) {
                return Optional.empty();
            }
            text.append(value);
        }
        return Optional.of(text.toString());
    }
}
