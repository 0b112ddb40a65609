package io.marketbrain.api.streams;

/** Writes numbers as decimal digits without objects. Pure. */
final class DecimalDigits {
    private DecimalDigits() {}

    /** Puts a number, 0 or more, at a position; returns the position after it. */
    static int put(long number, byte[] target, int at) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }
}
