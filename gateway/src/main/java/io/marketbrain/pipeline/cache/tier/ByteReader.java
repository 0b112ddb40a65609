package io.marketbrain.pipeline.cache.tier;

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
    /** The most digits accepted before or after the decimal point; far more than any price needs. */
    private static final int MAX_DIGITS = 512;

    private final byte[] in;
    private int at;

    ByteReader(byte[] in) {
        this.in = in;
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
        return new String(blob(), StandardCharsets.UTF_8);
    }

    BigDecimal decimal() {
        long scale = number();
        byte[] unscaled = blob();
        if (scale < -MAX_DIGITS || scale > MAX_DIGITS || unscaled.length == 0 || unscaled.length > MAX_DIGITS) {
            throw new IllegalArgumentException("a decimal with too many digits, or with none");
        }
        // A decimal made of a BigInteger keeps it, which takes 64 bytes more.
        var digits = new BigInteger(unscaled);
        return digits.bitLength() < Long.SIZE
                ? BigDecimal.valueOf(digits.longValue(), (int) scale)
                : new BigDecimal(digits, (int) scale);
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
        return Enum.valueOf(type, text());
    }

    <T> @Nullable T maybe(Function<ByteReader, T> reader) {
        return flag() ? reader.apply(this) : null;
    }

    <T> List<T> list(Function<ByteReader, T> reader) {
        long size = number();
        if (size < 0 || size > in.length - at) {
            throw new IllegalArgumentException("a list longer than the remaining input");
        }
        List<T> values = new ArrayList<>((int) size);
        for (long i = 0; i < size; i++) {
            values.add(reader.apply(this));
        }
        return values;
    }

    private byte[] blob() {
        long length = number();
        if (length < 0 || length > in.length - at) {
            throw new IllegalArgumentException("a length greater than the remaining input");
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
