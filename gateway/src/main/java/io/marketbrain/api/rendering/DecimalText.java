package io.marketbrain.api.rendering;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Formats a whole number as a decimal with a fixed number of places, such as microseconds as seconds. Pure. */
public final class DecimalText {
    private DecimalText() {}

    /**
     * Formats {@code value}, which must not be negative, with its last {@code places} digits (1 to 18) after the
     * decimal point.
     */
    public static String of(long value, int places) {
        var out = new byte[20]; // the digits of the largest long, and the decimal point
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
