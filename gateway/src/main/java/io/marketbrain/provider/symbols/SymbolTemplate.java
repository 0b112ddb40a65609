package io.marketbrain.provider.symbols;

import io.marketbrain.model.text.SymbolText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A symbol with names in braces, such as {@code {base}-{quote}-SWAP}. Matches texts in upper case and writes texts as the
 * provider has them. Immutable.
 */
public final class SymbolTemplate {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    private final String text;
    private final List<String> names = new ArrayList<>();
    private final List<String> literals = new ArrayList<>();

    /**
     * A template.
     *
     * @param allowed the names that it may have
     * @throws IllegalArgumentException if it has other names, none, or one of them twice
     */
    public SymbolTemplate(String text, Set<String> allowed) {
        this.text = text;
        Matcher matcher = NAME.matcher(text);
        int end = 0;
        while (matcher.find()) {
            literals.add(text.substring(end, matcher.start()));
            names.add(matcher.group(1));
            end = matcher.end();
        }
        literals.add(text.substring(end));
        if (names.isEmpty()
                || new HashSet<>(names).size() < names.size()
                || !allowed.containsAll(names)
                || literals.stream().anyMatch(literal -> literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0)) {
            throw new IllegalArgumentException(
                    "must have each of its names in braces once; they can be " + String.join(", ", allowed));
        }
    }

    public boolean has(String name) {
        return names.contains(name);
    }

    /** The text with values for its names. */
    String format(Map<String, String> values) {
        var out = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            out.append(values.getOrDefault(names.get(i), "")).append(literals.get(i + 1));
        }
        return out.toString();
    }

    /** The value of a name that the template has. */
    static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the template has no {" + name + "}");
        }
        return value;
    }

    /** What finds texts of this form. */
    Matching matching(Map<String, String> patterns) {
        var regex = new StringBuilder(Pattern.quote(SymbolText.canonical(literals.getFirst())));
        for (int i = 0; i < names.size(); i++) {
            regex.append('(')
                    .append(patterns.get(names.get(i)))
                    .append(')')
                    .append(Pattern.quote(SymbolText.canonical(literals.get(i + 1))));
        }
        return new Matching(Pattern.compile(regex.toString()), List.copyOf(names));
    }

    @Override
    public String toString() {
        return text;
    }

    /** Finds texts of a template. */
    record Matching(Pattern pattern, List<String> names) {
        /** The values in a text in upper case; empty if it is not of this form. */
        Optional<Map<String, String>> find(String upper) {
            Matcher matcher = pattern.matcher(upper);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), matcher.group(i + 1));
            }
            return Optional.of(values);
        }
    }
}
