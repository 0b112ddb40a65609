package io.marketbrain.model.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The valid name that a wrong one was probably meant to be, by edit distance without regard to case. Pure. */
public final class ClosestName {
    private ClosestName() {}

    /** The nearest of {@code valid}, if it differs in no more than a third of the letters. */
    public static Optional<String> find(String wrong, Collection<String> valid) {
        int best = Math.max(1, wrong.length() / 3) + 1;
        String closest = null;
        for (String candidate : valid) {
            int distance = EditDistance.between(wrong.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < best) {
                best = distance;
                closest = candidate;
            }
        }
        return Optional.ofNullable(closest);
    }
}
