package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;

/**
 * The payload of a shared value: an encoded answer together with the key and the durations it was stored for, and a digest of all of them, so that a payload that is copied to another key or altered is recognised. Decoding accepts any bytes. Pure.
 *
 * <p>The digest is no signature: whoever can run the gateway's code can store a payload that passes. What it contains is checked in addition.
 */
public final class BoundPayloadCodec {
    /**
     * The version of the payload and of the answer in it. Change it whenever an encoded record changes; a test compares it with the records. It is part of every key, so that gateways with different encodings never read each other's values.
     */
    public static final int SCHEMA = 7;

    private static final int DIGEST_BYTES = 16;

    /** The longest key: two texts of {@link SharedKeyCodec} with their digests, the parameters and the separators. */
    private static final int MAX_KEY = 1024;

    private BoundPayloadCodec() {}

    /** The result of {@link #decode}. */
    sealed interface Decoded {
        @SuppressWarnings("ArrayRecordComponent") // results are never compared
        record Answer(byte[] encoded) implements Decoded {}

        record OfAnotherKey() implements Decoded {}

        /** Of another version, altered, or not a payload at all. */
        record Unreadable() implements Decoded {}
    }

    /** @param soft and {@code hard} are the value's, with a precision of a millisecond */
    static byte[] encode(ValueKey key, Duration soft, Duration hard, byte[] answer) {
        byte[] name = name(key);
        return new ByteWriter()
                .number(SCHEMA)
                .blob(name)
                .blob(digest(name, soft, hard, answer))
                .rest(answer)
                .bytes();
    }

    static Decoded decode(ValueKey key, Duration soft, Duration hard, byte[] payload) {
        try {
            var in = new ByteReader(payload);
            if (in.number() != SCHEMA) {
                return new Decoded.Unreadable();
            }
            byte[] name = in.blob(MAX_KEY);
            byte[] digest = in.blob(DIGEST_BYTES);
            byte[] answer = in.rest();
            if (!Arrays.equals(digest, digest(name, soft, hard, answer))) {
                return new Decoded.Unreadable();
            }
            return Arrays.equals(name, name(key)) ? new Decoded.Answer(answer) : new Decoded.OfAnotherKey();
        } catch (IllegalArgumentException malformed) {
            return new Decoded.Unreadable();
        }
    }

    private static byte[] name(ValueKey key) {
        return (key.scope().provider() + ":" + key.scope().subject() + ":" + key.name())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] digest(byte[] name, Duration soft, Duration hard, byte[] answer) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(new ByteWriter()
                    .number(SCHEMA)
                    .blob(name)
                    .number(soft.toMillis())
                    .number(hard.toMillis())
                    .bytes());
            return Arrays.copyOf(sha.digest(answer), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
