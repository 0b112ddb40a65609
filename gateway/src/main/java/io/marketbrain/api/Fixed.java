package io.marketbrain.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Counts of a small unit as decimal text in a larger one, such as microseconds in seconds. Pure. */
final class Fixed {
    private Fixed() {}

    /** A number from zero on with its last {@code places} digits, 1 to 18 of them, behind the point. */
    static String of(long value, int places) {
        var out = new byte[20]; // the digits of the largest long, and the point
        int at = out.length;
        long rest = value;
        for (int written = 0; rest > 0 || written <= places; written++) {
            if (written == places) {
                out[--at] = '.';
            }
            out[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(out, at, out.length - at, ISO_8859_1);
    }
}
