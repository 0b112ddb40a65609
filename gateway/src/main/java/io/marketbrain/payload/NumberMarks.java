package io.marketbrain.payload;

import io.marketbrain.json.PayloadLimits;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How numbers in texts are written. Immutable.
 *
 * @param decimal the character between a number's whole part and its fraction
 * @param group the character between the groups of three digits of its whole part, where there are any; a space stands for each
 *     kind of space; {@link #NONE} if there are no groups
 */
public record NumberMarks(char decimal, char group) {
    public static final char NONE = '\0';

    /** A decimal point, and no groups. */
    public static final NumberMarks USUAL = new NumberMarks('.', NONE);

    private static final Pattern GROUPED = Pattern.compile("[+-]?[0-9]{1,3}(?:\0[0-9]{3})*(?:\\.[0-9]*)?");

    public NumberMarks {
        if (decimal == group) {
            throw new IllegalArgumentException("decimal mark and group mark are the same");
        }
    }

    /** The number that a text is; empty if it is none, also where its groups are not of three digits. */
    Optional<BigDecimal> find(String text, PayloadLimits limits) {
        if (equals(USUAL)) {
            return SentDecimal.find(text, limits);
        }
        if (text.length() > limits.numberLength()) {
            return Optional.empty();
        }
        var plain = new StringBuilder(text.length());
        boolean grouped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isGroup(c)) {
                grouped = true;
                plain.append(NONE);
            } else if (c == decimal) {
                plain.append('.');
            } else if (c == '.' || c == NONE) {
                return Optional.empty();
            } else {
                plain.append(c);
            }
        }
        if (!grouped) {
            return SentDecimal.find(plain.toString(), limits);
        }
        return GROUPED.matcher(plain).matches()
                ? SentDecimal.find(plain.toString().replace(String.valueOf(NONE), ""), limits)
                : Optional.empty();
    }

    private boolean isGroup(char c) {
        return group != NONE && (c == group || (group == ' ' && (c == '\u00a0' || c == '\u202f')));
    }
}
