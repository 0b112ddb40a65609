package io.marketbrain.provider.registry;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.SymbolText;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How well an instrument matches the text of a search. Pure. */
final class SymbolMatch {
    static final int EXACT = 0;
    private static final int BASE = 1;
    private static final int BEGINNING = 2;
    private static final int NAME = 3;
    static final int ANY = 4;

    private final String upper;
    private final String letters;
    private final String lower;

    SymbolMatch(String text) {
        this.upper = SymbolText.canonical(text);
        this.letters = letters(upper);
        this.lower = text.toLowerCase(Locale.ROOT);
    }

    /** The rank of an instrument, the best is 0; empty if it does not match. */
    Optional<Integer> find(Instrument instrument, @Nullable String name) {
        if (upper.isEmpty()) {
            return Optional.of(ANY);
        }
        String unified = SymbolText.canonical(instrument.unified());
        if (unified.equals(upper) || (!letters.isEmpty() && letters(unified).equals(letters))) {
            return Optional.of(EXACT);
        }
        if (SymbolText.canonical(instrument.base()).equals(upper)) {
            return Optional.of(BASE);
        }
        if (unified.startsWith(upper) || (!letters.isEmpty() && letters(unified).startsWith(letters))) {
            return Optional.of(BEGINNING);
        }
        return name != null && name.toLowerCase(Locale.ROOT).contains(lower) ? Optional.of(NAME) : Optional.empty();
    }

    /** A symbol without its separators. */
    private static String letters(String upper) {
        var letters = new StringBuilder(upper.length());
        for (int i = 0; i < upper.length(); i++) {
            if (Character.isLetterOrDigit(upper.charAt(i))) {
                letters.append(upper.charAt(i));
            }
        }
        return letters.toString();
    }
}
