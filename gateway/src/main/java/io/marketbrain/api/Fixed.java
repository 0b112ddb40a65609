package io.marketbrain.api;

/** Counts of a small unit as decimal text in a larger one, such as microseconds in seconds. Pure. */
final class Fixed {
    private Fixed() {}

    /** A number from zero on with its last {@code places} digits, one or more, behind the point. */
    static String of(long value, int places) {
        String digits = Long.toString(value);
        if (digits.length() <= places) {
            digits = "0".repeat(places + 1 - digits.length()) + digits;
        }
        int point = digits.length() - places;
        return digits.substring(0, point) + '.' + digits.substring(point);
    }
}
