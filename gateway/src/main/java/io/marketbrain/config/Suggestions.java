package io.marketbrain.config;

import io.marketbrain.model.text.EditDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        private final Map<Integer, List<Known>> byLength = new HashMap<>();

        Slips(Set<String> names) {
            this.names = names;
            for (String name : names) {
                byLength.computeIfAbsent(name.length(), _ -> new ArrayList<>()).add(new Known(name, letters(name)));
            }
        }

        /** The valid name that {@code name} differs from only by a typing mistake; the first by name of several as near. */
        Optional<String> find(String name) {
            if (name.length() < 6 || names.contains(name)) {
                return Optional.empty();
            }
            String upper = name.toUpperCase(Locale.ROOT);
            long letters = letters(name);
            String nearest = null;
            int least = Integer.MAX_VALUE;
            for (int length = name.length() - 2; length <= name.length() + 2; length++) {
                int limit = length < 9 ? 1 : 2;
                if (Math.abs(length - name.length()) > limit) {
                    continue;
                }
                for (Known candidate : byLength.getOrDefault(length, List.of())) {
                    if (Long.bitCount(letters ^ candidate.letters()) <= 2 * limit) {
                        String valid = candidate.name();
                        int distance = EditDistance.between(upper, valid.toUpperCase(Locale.ROOT));
                        boolean nearer = distance < least
                                || (distance == least && nearest != null && valid.compareTo(nearest) < 0);
                        if (distance <= limit && nearer) {
                            least = distance;
                            nearest = valid;
                        }
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
