package io.marketbrain.model.text;

import java.math.BigDecimal;

/**
 * Reads numbers written in ASCII. {@code Integer.parseInt} and {@code BigDecimal} also accept the digits of other scripts,
 * which a caller hardly means and which other systems reject. Each method throws NumberFormatException. Pure.
 */
public final class NumberText {
    private NumberText() {}

    public static int parseInt(String text) {
        return Integer.parseInt(ascii(text));
    }

    public static long parseLong(String text) {
        return Long.parseLong(ascii(text));
    }

    public static BigDecimal parseDecimal(String text) {
        return new BigDecimal(ascii(text));
    }

    private static String ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                throw new NumberFormatException("not ASCII");
            }
        }
        return text;
    }
}
