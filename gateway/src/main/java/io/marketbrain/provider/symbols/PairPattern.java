package io.marketbrain.provider.symbols;

import io.marketbrain.provider.symbols.SymbolTemplate.Matching;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the codes of texts with a base and a quote. A text that joins them, which could end in several of the quotes, is
 * read once with each. Immutable.
 *
 * @param matchings one for each quote, or one for any
 */
record PairPattern(List<Matching> matchings) {
    static final String CODE = "[\\p{L}0-9][\\p{L}0-9$]{0,23}";

    PairPattern {
        matchings = List.copyOf(matchings);
    }

    /** @param quotes the possible quotes; none for any */
    static PairPattern of(SymbolTemplate template, List<String> quotes, Map<String, String> others) {
        List<Matching> matchings = new ArrayList<>();
        List<String> longestFirst = quotes.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String quote : longestFirst.isEmpty() ? List.of(CODE) : longestFirst) {
            var patterns = new HashMap<>(others);
            patterns.put("base", CODE);
            patterns.put("quote", longestFirst.isEmpty() ? quote : Pattern.quote(quote));
            matchings.add(template.matching(patterns));
        }
        return new PairPattern(matchings);
    }

    List<Map<String, String>> read(String upper) {
        return matchings.stream()
                .flatMap(matching -> matching.find(upper).stream())
                .toList();
    }
}
