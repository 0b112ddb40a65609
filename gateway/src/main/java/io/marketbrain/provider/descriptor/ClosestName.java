package io.marketbrain.provider.descriptor;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The valid name that a wrong one was probably meant to be, by edit distance without regard to case. Pure. */
final class ClosestName {
    private ClosestName() {}

    /** The nearest of {@code valid}, if it differs in no more than a third of the letters. */
    static Optional<String> find(String wrong, Collection<String> valid) {
        int best = Math.max(1, wrong.length() / 3) + 1;
        String closest = null;
        for (String candidate : valid) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < best) {
                best = distance;
                closest = candidate;
            }
        }
        return Optional.ofNullable(closest);
    }

    /** The optimal string alignment distance: as Levenshtein's, but two neighbours swapped count once. */
    private static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(int[][] table, String a, String b, int i, int j) {
        int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
