package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.MarketDataBounds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteWriter} wrote, without trusting it: malformed input throws {@link IllegalArgumentException}, and a length in the input never causes an allocation larger than the input itself. Not thread-safe.
 */
final class ByteReader {
    /** The most bytes of a text; the limit for texts in provider payloads is the same. */
    static final int MAX_TEXT = 64 << 10;

    /** The most bytes of the name of an enum constant. */
    private static final int MAX_NAME = 32;

    /** The most bytes of the unscaled value of a decimal: {@link MarketDataBounds#MAX_DIGITS} digits and a sign. */
    private static final int MAX_UNSCALED = 42;

    private final byte[] in;
    private int at;

    ByteReader(byte[] in) {
        this.in = in;
    }

    /** The bytes that follow what has been read. */
    byte[] rest() {
        byte[] bytes = Arrays.copyOfRange(in, at, in.length);
        at = in.length;
        return bytes;
    }

    boolean atEnd() {
        return at == in.length;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7F) << shift;
            if ((b & 0x80) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    boolean flag() {
        return switch (next()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalArgumentException("a flag that is neither 0 nor 1");
        };
    }

    String text() {
        return text(MAX_TEXT);
    }

    private String text(int most) {
        return new String(blob(most), StandardCharsets.UTF_8);
    }

    BigDecimal decimal() {
        long scale = number();
        byte[] unscaled = blob(MAX_UNSCALED);
        if (scale < -MarketDataBounds.MAX_SCALE || scale > MarketDataBounds.MAX_SCALE || unscaled.length == 0) {
            throw new IllegalArgumentException("a decimal with too many digits, or with none");
        }
        // A decimal made of a BigInteger keeps it, which takes 64 bytes more.
        var digits = new BigInteger(unscaled);
        BigDecimal value = digits.bitLength() < Long.SIZE
                ? BigDecimal.valueOf(digits.longValue(), (int) scale)
                : new BigDecimal(digits, (int) scale);
        if (!MarketDataBounds.isDecimal(value)) {
            throw new IllegalArgumentException("a decimal with too many digits");
        }
        return value;
    }

    Instant instant() {
        long seconds = number();
        long nanos = number();
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IllegalArgumentException("nanoseconds out of range");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    <E extends Enum<E>> E choice(Class<E> type) {
        return Enum.valueOf(type, text(MAX_NAME));
    }

    <T> @Nullable T maybe(Function<ByteReader, T> reader) {
        return flag() ? reader.apply(this) : null;
    }

    /**
     * Reads a list.
     *
     * @param most the most elements
     * @param bytesEach the least bytes of an encoded element
     */
    <T> List<T> list(long most, int bytesEach, Function<ByteReader, T> reader) {
        long size = number();
        if (size < 0 || size > most || size > (in.length - at) / bytesEach) {
            throw new IllegalArgumentException("a list with too many elements");
        }
        List<T> values = new ArrayList<>((int) size);
        for (long i = 0; i < size; i++) {
            values.add(reader.apply(this));
        }
        return values;
    }

    byte[] blob(int most) {
        long length = number();
        if (length < 0 || length > most || length > in.length - at) {
            throw new IllegalArgumentException("a length greater than the limit or the remaining input");
        }
        byte[] bytes = Arrays.copyOfRange(in, at, at + (int) length);
        at += (int) length;
        return bytes;
    }

    private int next() {
        if (at >= in.length) {
            throw new IllegalArgumentException("unexpected end of input");
        }
        return in[at++] & 0xFF;
    }
}
