package io.marketbrain.config;

import io.marketbrain.model.text.EditDistance;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Suggests the valid name that a misspelled one was probably meant to be: the nearest by edit distance; case does not count. */
public final class Suggestions {
    private Suggestions() {}

    /** The nearest of {@code known}, if any is near enough to be worth suggesting. */
    public static Optional<String> nearest(String wrong, Collection<String> known) {
        Optional<String> whole = nearest(wrong, known, false);
        return whole.isPresent() ? whole : nearest(wrong, known, true);
    }

    /** A valid name, with the letters in it as a set of bits. */
    private record Known(String name, long letters) {}

    /** Finds typing mistakes only: letter case, or two edits in a long name. Fast enough to check every environment variable. */
    static final class Slips {
        private final Set<String> names;
        private final List<Known> known;

        Slips(Set<String> names) {
            this.names = names;
            this.known =
                    names.stream().map(name -> new Known(name, letters(name))).toList();
        }

        /** The valid name that {@code name} differs from only by a typing mistake. */
        Optional<String> find(String name) {
            if (name.length() < 6 || names.contains(name)) {
                return Optional.empty();
            }
            long letters = letters(name);
            String nearest = null;
            int least = Integer.MAX_VALUE;
            for (Known candidate : known) {
                String valid = candidate.name();
                int limit = valid.length() < 9 ? 1 : 2;
                if (Math.abs(valid.length() - name.length()) <= limit
                        && Long.bitCount(letters ^ candidate.letters()) <= 2 * limit) {
                    int distance = EditDistance.between(name.toUpperCase(Locale.ROOT), valid.toUpperCase(Locale.ROOT));
                    if (distance <= limit && distance < least) {
                        least = distance;
                        nearest = valid;
                    }
                }
            }
            return Optional.ofNullable(nearest);
        }
    }

    private static Optional<String> nearest(String wrong, Collection<String> known, boolean lastPartOnly) {
        String from = shorten(wrong, lastPartOnly);
        int best = Math.max(1, from.length() / 3) + 1;
        String nearest = null;
        for (String candidate : known) {
            int distance = EditDistance.between(from, shorten(candidate, lastPartOnly));
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static String shorten(String name, boolean lastPartOnly) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lastPartOnly ? lower.substring(lower.lastIndexOf('.') + 1) : lower;
    }

    private static long letters(String name) {
        long letters = 0;
        for (int i = 0; i < name.length(); i++) {
            letters |= 1L << (Character.toUpperCase(name.charAt(i)) & 63);
        }
        return letters;
    }
}
