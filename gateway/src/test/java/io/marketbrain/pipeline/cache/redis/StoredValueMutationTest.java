package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.CacheSamples;
import io.marketbrain.pipeline.cache.ValidResults;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.ExpiryPolicy;
import io.marketbrain.pipeline.cache.tier.CacheCounters;
import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedValueCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Stored values that are altered and given the right checksum: each is a miss or means the same, and none is an error. */
class StoredValueMutationTest {
    private static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");
    private static final int CHECKSUM = 56;
    /** Epoch and turn, which only the scripts read. */
    private static final int HARD = 32;

    private final ExpiryPolicy expiry = new ExpiryPolicy(CacheSamples.oneMinute());
    private final SharedValueCodec codec =
            new SharedValueCodec(expiry, new CacheCounters(), () -> 0, InstantSource.fixed(NOW), new Random(1));

    private byte[] stored(CacheKey key, QueryResult answer) {
        Value value = codec.value(key, new CacheEntry(answer, expiry.expiry(key, answer, 0, 0, 0, NOW), 100));
        byte[] head = (ValueEnvelope.MAGIC + Lease.NO_EPOCH + "00000000000f").getBytes(StandardCharsets.US_ASCII);
        byte[] tail = ValueEnvelope.tail(value);
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    private Optional<CacheEntry> read(CacheKey key, byte[] stored) {
        return ValueEnvelope.decode(stored, 200_000).flatMap(value -> codec.read(key, value));
    }

    private static byte[] withChecksum(byte[] stored) {
        if (stored.length < ValueEnvelope.HEAD) {
            return stored;
        }
        var crc = new CRC32C();
        crc.update(stored, HARD, CHECKSUM - HARD);
        crc.update(stored, ValueEnvelope.HEAD, stored.length - ValueEnvelope.HEAD);
        byte[] sum = HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, stored, CHECKSUM, sum.length);
        return stored;
    }

    @Test
    void a_value_with_one_altered_byte_is_a_miss_or_means_the_same() {
        ValidResults.all().forEach((query, data) -> {
            CacheKey key = new CacheKey(query, "live", false);
            QueryResult answer = CacheSamples.answer(data);
            byte[] good = stored(key, answer);
            assertThat(read(key, withChecksum(good.clone())).orElseThrow().answer())
                    .isEqualTo(answer);
            for (int at = 0; at < good.length; at++) {
                for (int change = 1; change < 256; change++) {
                    byte[] altered = good.clone();
                    altered[at] ^= (byte) change;
                    Optional<CacheEntry> read = read(key, withChecksum(altered));
                    boolean unread = (at >= 4 && at < HARD) || (at >= CHECKSUM && at < ValueEnvelope.HEAD);
                    assertThat(read.isPresent())
                            .as("%s at %s", query.operation(), at)
                            .isEqualTo(unread);
                    read.ifPresent(entry -> assertThat(entry.answer()).isEqualTo(answer));
                }
            }
        });
    }

    @Test
    void a_truncated_or_lengthened_value_is_a_miss() {
        ValidResults.all().forEach((query, data) -> {
            CacheKey key = new CacheKey(query, "live", false);
            byte[] good = stored(key, CacheSamples.answer(data));
            for (int length = 0; length < good.length; length++) {
                assertThat(read(key, withChecksum(Arrays.copyOf(good, length)))).isEmpty();
            }
            assertThat(read(key, withChecksum(Arrays.copyOf(good, good.length + 1))))
                    .isEmpty();
        });
    }

    @Test
    void a_value_under_the_key_of_any_other_query_is_a_miss() {
        ValidResults.all().forEach((query, data) -> {
            byte[] good = stored(new CacheKey(query, "live", false), CacheSamples.answer(data));
            for (MarketQuery other : ValidResults.all().keySet()) {
                assertThat(read(new CacheKey(other, "live", false), good).isPresent())
                        .isEqualTo(other.equals(query));
            }
        });
    }

    @Test
    void values_of_random_bytes_are_misses() {
        var random = new Random(5);
        CacheKey key = new CacheKey(ValidResults.QUOTE, "live", false);
        byte[] good = stored(key, CacheSamples.answer(ValidResults.quote()));
        for (int i = 0; i < 20_000; i++) {
            byte[] any = Arrays.copyOf(good, ValueEnvelope.HEAD + random.nextInt(300));
            byte[] payload = new byte[any.length - ValueEnvelope.HEAD];
            random.nextBytes(payload);
            System.arraycopy(payload, 0, any, ValueEnvelope.HEAD, payload.length);
            assertThat(read(key, withChecksum(any))).isEmpty();
        }
    }
}
