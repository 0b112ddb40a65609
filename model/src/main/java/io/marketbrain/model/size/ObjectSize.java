package io.marketbrain.model.size;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much heap an object takes, in bytes, on a 64-bit JVM with compressed references and headers of 12 bytes.
 * Absent values take nothing. Pure; a few comparisons for each value, and for a text one for each character.
 */
public final class ObjectSize {
    /** One reference in an object or array. */
    public static final int REFERENCE = 4;

    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIGNMENT = 8;
    private static final int INSTANT = 24;
    private static final int BOXED_LONG = 24;
    private static final int STRING = 24;
    private static final int DECIMAL = 40;
    private static final int BIG_INTEGER = 40;

    /** Decimals of up to so many digits have no {@code BigInteger}. */
    private static final int COMPACT_DIGITS = 18;

    /** Decimal digits in 32 bits: log10(2^32). */
    private static final double DIGITS_PER_WORD = 9.63;

    private ObjectSize() {}

    /** An object with fields of so many bytes, {@value #REFERENCE} for each reference. */
    public static long object(int fields) {
        return aligned(HEADER + fields);
    }

    /** An array whose elements take so many bytes. */
    public static long array(long elements) {
        return aligned(ARRAY_HEADER + elements);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** An immutable list, without its elements; empty ones are shared. */
    public static long list(int size) {
        return switch (size) {
            case 0 -> 0;
            case 1, 2 -> object(2 * REFERENCE);
            default -> object(REFERENCE + 1) + array((long) REFERENCE * size);
        };
    }

    /** A text: a byte a character, or two where any character is beyond ISO 8859-1. */
    public static long text(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) > 0xFF) {
                return STRING + array(2L * length);
            }
        }
        return STRING + array(length);
    }

    /** A decimal with all its digits. */
    public static long decimal(@Nullable BigDecimal value) {
        if (value == null) {
            return 0;
        }
        int digits = value.precision();
        return digits <= COMPACT_DIGITS
                ? DECIMAL
                : DECIMAL + BIG_INTEGER + array(Integer.BYTES * (long) Math.ceil(digits / DIGITS_PER_WORD));
    }

    public static long instant(@Nullable Instant instant) {
        return instant == null ? 0 : INSTANT;
    }

    public static long number(@Nullable Long number) {
        return number == null ? 0 : BOXED_LONG;
    }
}
