package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The format of a value in Redis: a header of fixed-width fields, in characters that the scripts can read, and the payload.
 *
 * <pre>
 *   0  MIB1      magic number and version of this format
 *   4  epoch     16: the scope's epoch when it was written
 *  20  turn      12 hex: the order of loads of the key
 *  32  hard      12 hex: how long it may be served, in milliseconds
 *  44  soft      12 hex: how long it is fresh, in milliseconds
 *  56  checksum   8 hex: CRC32C of hard, soft and payload
 *  64  payload
 * </pre>
 *
 * There are durations but no timestamps: the age is {@code hard} minus the remaining time to live in Redis. Decoding accepts any bytes.
 */
final class ValueEnvelope {
    static final String MAGIC = "MIB1";
    static final int HEAD = 64;

    private static final int HARD = 32;
    private static final int SOFT = 44;
    private static final int CHECKSUM = 56;

    private ValueEnvelope() {}

    /** The part after the turn; the scripts prepend {@link #MAGIC}, epoch and turn. */
    static byte[] tail(Value value) {
        byte[] durations =
                (hex(value.hard().toMillis()) + hex(value.soft().toMillis())).getBytes(StandardCharsets.US_ASCII);
        byte[] tail = new byte[HEAD - HARD + value.payload().length];
        System.arraycopy(durations, 0, tail, 0, durations.length);
        System.arraycopy(value.payload(), 0, tail, HEAD - HARD, value.payload().length);
        byte[] sum = HexFormat.of()
                .toHexDigits((int) checksum(durations, 0, durations.length, value.payload(), 0))
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, tail, CHECKSUM - HARD, sum.length);
        return tail;
    }

    /**
     * Decodes {@code stored}; empty for anything that is not a valid value.
     *
     * @param leftMillis the remaining time to live as {@code PTTL} returns it: negative for a key without one
     */
    static Optional<Value> decode(byte[] stored, long leftMillis) {
        if (stored.length < HEAD || leftMillis < 0 || !ascii(stored, 0, 4).equals(MAGIC)) {
            return Optional.empty();
        }
        long hard = hex(stored, HARD, 12);
        long soft = hex(stored, SOFT, 12);
        long sum = hex(stored, CHECKSUM, 8);
        if (hard <= 0 || soft < 0 || sum < 0 || leftMillis > hard) {
            return Optional.empty();
        }
        if (sum != checksum(stored, HARD, CHECKSUM - HARD, stored, HEAD)) {
            return Optional.empty();
        }
        return Optional.of(new Value(
                Arrays.copyOfRange(stored, HEAD, stored.length),
                Duration.ofMillis(hard - leftMillis),
                Duration.ofMillis(soft),
                Duration.ofMillis(hard)));
    }

    private static long checksum(byte[] head, int from, int length, byte[] body, int bodyFrom) {
        var crc = new CRC32C();
        crc.update(head, from, length);
        crc.update(body, bodyFrom, body.length - bodyFrom);
        return crc.getValue();
    }

    private static String hex(long millis) {
        return HexFormat.of().toHexDigits(Math.clamp(millis, 0, (1L << 48) - 1), 12);
    }

    /** The number in lower-case hexadecimal digits; -1 for anything else. */
    private static long hex(byte[] bytes, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            int c = bytes[i];
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    private static String ascii(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
