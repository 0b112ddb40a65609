package io.marketbrain.provider.registry;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.SymbolText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How well an instrument matches the text of a search. Pure. */
final class SymbolMatch {
    static final int EXACT = 0;
    private static final int BASE = 1;
    private static final int BEGINNING = 2;
    private static final int NAME = 3;
    static final int ANY = 4;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final String upper;
    private final String letters;
    private final String plain;

    SymbolMatch(String text) {
        this.upper = SymbolText.canonical(text);
        this.letters = letters(upper);
        this.plain = plain(text);
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
        return name != null && plain(name).contains(plain) ? Optional.of(NAME) : Optional.empty();
    }

    /** A text in lower case without accents: {@code Złoty} is found as {@code zloty}, and the other way round. */
    private static String plain(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        return MARKS.matcher(decomposed).replaceAll("").replace('ł', 'l').replace('ø', 'o');
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
