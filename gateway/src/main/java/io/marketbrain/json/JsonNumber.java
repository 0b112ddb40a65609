package io.marketbrain.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Numbers as they stand in a document: ASCII digits, exact. Pure. */
final class JsonNumber {
    /** Digits that always fit into a {@code long}. */
    private static final int SAFE_DIGITS = 18;

    private static final int LONGEST_DECIMAL = 100;

    private JsonNumber() {}

    /** The index after the valid JSON number that begins at {@code from}; -1 if there is none. */
    static int end(byte[] body, int from) {
        int at = from;
        if (at < body.length && body[at] == '-') {
            at++;
        }
        int digits = digits(body, at);
        if (digits == at || (body[at] == '0' && digits > at + 1)) {
            return -1;
        }
        at = digits;
        if (at < body.length && body[at] == '.') {
            digits = digits(body, at + 1);
            if (digits == at + 1) {
                return -1;
            }
            at = digits;
        }
        if (at < body.length && (body[at] | 0x20) == 'e') {
            at++;
            if (at < body.length && (body[at] == '+' || body[at] == '-')) {
                at++;
            }
            digits = digits(body, at);
            if (digits == at) {
                return -1;
            }
            at = digits;
        }
        return at;
    }

    private static int digits(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] >= '0' && body[at] <= '9') {
            at++;
        }
        return at;
    }

    /** The index after a number that is known to be valid. */
    static int validEnd(byte[] body, int from) {
        int at = from;
        while (at < body.length && isPart(body[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPart(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
    }

    /** The absolute exponent of a valid number, {@code most + 1} where it is above {@code most}. */
    static int exponent(byte[] body, int from, int end, int most) {
        int at = from;
        while (at < end && (body[at] | 0x20) != 'e') {
            at++;
        }
        int exponent = 0;
        for (at++; at < end && exponent <= most; at++) {
            if (body[at] >= '0' && body[at] <= '9') {
                exponent = exponent * 10 + (body[at] - '0');
            }
        }
        return Math.min(exponent, most + 1);
    }

    /** The decimal in {@code body[from, end)} with the digits it has; null if that is none. */
    static @Nullable BigDecimal decimal(byte[] body, int from, int end) {
        int at = from < end && (body[from] == '-' || body[from] == '+') ? from + 1 : from;
        if (end - at > SAFE_DIGITS + 1) {
            return longDecimal(body, from, end);
        }
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (; at < end; at++) {
            int b = body[at];
            if (b >= '0' && b <= '9') {
                unscaled = unscaled * 10 + (b - '0');
                digits++;
            } else if (b == '.' && point < 0) {
                point = digits;
            } else {
                return longDecimal(body, from, end);
            }
        }
        if (digits == 0 || digits > SAFE_DIGITS) {
            return longDecimal(body, from, end);
        }
        return BigDecimal.valueOf(body[from] == '-' ? -unscaled : unscaled, point < 0 ? 0 : digits - point);
    }

    /** Decimals of many digits or with an exponent. {@code BigDecimal} also reads digits of other scripts. */
    private static @Nullable BigDecimal longDecimal(byte[] body, int from, int end) {
        if (end - from > LONGEST_DECIMAL) {
            return null;
        }
        for (int at = from; at < end; at++) {
            if (!isPart(body[at])) {
                return null;
            }
        }
        try {
            return new BigDecimal(new String(body, from, end - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
