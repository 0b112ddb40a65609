package io.marketbrain.pipeline.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import io.marketbrain.security.Secret;
import io.marketbrain.store.redis.Backoff;
import io.marketbrain.store.redis.RedisConfig;
import io.marketbrain.store.redis.RedisFault;
import io.marketbrain.store.redis.RedisNode;
import io.marketbrain.store.redis.RedisUrl;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class SmallPartsTest {
    private static RedisUrl url(String text) {
        return RedisUrl.parse(Secret.of(text).orElseThrow());
    }

    @Test
    void urls_name_one_server_a_cluster_or_sentinels_with_and_without_tls_and_login() {
        RedisUrl plain = url("redis://localhost");
        assertThat(plain.nodes()).containsExactly(new RedisNode("localhost", 6379));
        assertThat(plain.cluster()).isFalse();
        RedisUrl login = url("rediss://alice:p%40ss+word@example.org:6380/3");
        assertThat(login.tls()).isTrue();
        assertThat(login.user()).contains("alice");
        assertThat(login.password().orElseThrow().reveal()).isEqualTo("p@ss+word");
        assertThat(login.database()).isEqualTo(3);
        assertThat(url("redis://:secret@h:1").user()).isEmpty();
        assertThat(url("redis://:secret@h:1").password()).isPresent();
        RedisUrl cluster = url("redis://a:1,b:2,[::1]:3");
        assertThat(cluster.cluster()).isTrue();
        assertThat(cluster.nodes())
                .containsExactly(new RedisNode("a", 1), new RedisNode("b", 2), new RedisNode("::1", 3));
        RedisUrl sentinels = url("redis+sentinel://:pw@s1,s2:5000/mymaster/2");
        assertThat(sentinels.master()).contains("mymaster");
        assertThat(sentinels.cluster()).isFalse();
        assertThat(sentinels.database()).isEqualTo(2);
        assertThat(sentinels.nodes()).containsExactly(new RedisNode("s1", 26379), new RedisNode("s2", 5000));
        assertThat(url("rediss+sentinel://s/m").tls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://topsecret@h",
                "redis://:topsecret@",
                "redis://:topsecret@h:99999",
                "redis://:topsecret@h:port",
                "redis://:topsecret@h/one",
                "redis://:topsecret@h:\u0661\u0662",
                "redis://:topsecret@h:6379/\u0665",
                "redis://:topsecret@h:6379?family=6",
                "redis://:topsecret@h:6379/0?family=6",
                "redis://:topsecret@h:6379#0",
                "redis+sentinel://:topsecret@h:1"
            })
    void an_invalid_url_is_rejected_without_being_shown(String text) {
        assertThatThrownBy(() -> RedisConfig.defaults().withUrl(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("REDIS_URL")
                .hasMessageNotContaining("topsecret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://:pw?1@h:6379?family=6", "redis://:pw@h/0?family=6", "redis://h?x", "redis://h/0#1"})
    void a_url_with_a_query_or_a_fragment_is_rejected_for_that_reason(String text) {
        assertThatThrownBy(() -> RedisConfig.defaults().withUrl(text))
                .hasMessageContaining("must not have a query or a fragment (? or #)");
        assertThat(url("redis://:pw?1#2@h:6379").password().orElseThrow().reveal())
                .isEqualTo("pw?1#2");
    }

    @Test
    void an_unusable_ca_file_is_named_with_the_reason(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        assertThatThrownBy(() -> RedisConfig.defaults().withCaFile(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis.ca_file")
                .hasMessageContaining("ca.pem");
        assertThatThrownBy(() -> RedisConfig.defaults().withCaFile(folder.resolve("none.pem")))
                .hasMessageContaining("none.pem does not exist");
    }

    @Test
    void no_password_is_ever_shown() {
        assertThat(RedisConfig.defaults().withUrl("redis://:topsecret@h:1").toString())
                .doesNotContain("topsecret");
        assertThat(url("redis://u:topsecret@h:1").toString()).doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({
        "READONLY You can't write against a read only replica., READ_ONLY",
        "OOM command not allowed when used memory > 'maxmemory'., READ_ONLY",
        "MISCONF Redis is configured to save RDB snapshots, READ_ONLY",
        "NOREPLICAS Not enough good replicas to write., READ_ONLY",
        "LOADING Redis is loading the dataset in memory, UNAVAILABLE",
        "BUSY Redis is busy running a script, UNAVAILABLE",
        "MASTERDOWN Link with MASTER is down, UNAVAILABLE",
        "CLUSTERDOWN The cluster is down, UNAVAILABLE",
        "NOAUTH Authentication required., REJECTED",
        "WRONGPASS invalid username-password pair, REJECTED",
        "NOPERM this user has no permissions, REJECTED",
        "ERR The user executing the script can't run this command or subcommand, REJECTED",
        "MOVED in a circle, REJECTED",
        "WRONGTYPE Operation against a key, COMMAND_FAILED",
        "ERR unknown command, COMMAND_FAILED"
    })
    void error_replies_are_classified(String reply, RedisFault fault) {
        assertThat(RedisFault.of(new JedisDataException(reply))).isEqualTo(fault);
    }

    @Test
    void connection_errors_are_classified() {
        assertThat(RedisFault.of(new JedisConnectionException(new SocketTimeoutException())))
                .isEqualTo(RedisFault.TIMED_OUT);
        assertThat(RedisFault.of(new JedisConnectionException(new SocketException("reset"))))
                .isEqualTo(RedisFault.LOST);
        assertThat(RedisFault.of(new JedisConnectionException("Unknown reply: H")))
                .isEqualTo(RedisFault.REJECTED);
        assertThat(RedisFault.of(new NumberFormatException())).isEqualTo(RedisFault.REJECTED);
    }

    private static final Value VALUE = new Value(
            "payload".getBytes(StandardCharsets.UTF_8),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));

    /** Builds a value the way the scripts do. */
    private static byte[] stored(Value value) {
        byte[] head = (ValueEnvelope.MAGIC + Lease.NO_EPOCH + "00000000000f").getBytes(StandardCharsets.US_ASCII);
        byte[] tail = ValueEnvelope.tail(value);
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    @Test
    void the_age_of_an_envelope_follows_from_its_time_to_live() {
        Value read = ValueEnvelope.decode(stored(VALUE), 250_000).orElseThrow();
        assertThat(read.payload()).isEqualTo(VALUE.payload());
        assertThat(read.age()).isEqualTo(Duration.ofSeconds(50));
        assertThat(read.soft()).isEqualTo(Duration.ofMinutes(1));
        assertThat(read.hard()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void an_envelope_without_expiry_or_with_too_long_a_one_is_a_miss() {
        assertThat(ValueEnvelope.decode(stored(VALUE), -1)).isEmpty();
        assertThat(ValueEnvelope.decode(stored(VALUE), -2)).isEmpty();
        assertThat(ValueEnvelope.decode(stored(VALUE), 300_001)).isEmpty();
    }

    @Test
    void invariant_12_any_byte_string_is_a_hit_or_a_miss() {
        var random = new Random(3);
        byte[] good = stored(VALUE);
        for (int bit = 20 * 8; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            boolean turn = bit / 8 < 32;
            assertThat(ValueEnvelope.decode(flipped, 1000).isPresent())
                    .as("bit %s", bit)
                    .isEqualTo(turn);
        }
        for (int length = 0; length < good.length; length++) {
            assertThat(ValueEnvelope.decode(Arrays.copyOf(good, length), 1000)).isEmpty();
        }
        for (int i = 0; i < 100_000; i++) {
            byte[] any = new byte[random.nextInt(200)];
            random.nextBytes(any);
            assertThat(ValueEnvelope.decode(any, random.nextLong())).isEmpty();
        }
    }

    @Test
    void an_older_and_a_newer_envelope_are_misses() {
        byte[] other = stored(VALUE);
        other[3] = '0';
        assertThat(ValueEnvelope.decode(other, 1000)).isEmpty();
        other[3] = '2';
        assertThat(ValueEnvelope.decode(other, 1000)).isEmpty();
    }

    @Test
    void pauses_grow_stay_within_their_bounds_and_differ() {
        var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
        var random = new Random(1);
        for (int attempt = 1; attempt < 1000; attempt++) {
            assertThat(backoff.pause(attempt, random)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
        }
        assertThat(backoff.pause(1, random)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.pause(9, random)).isNotEqualTo(backoff.pause(9, random));
    }

    @Test
    void the_latest_failed_writes_are_kept_and_their_age_increases() {
        var now = new AtomicLong();
        var missed = new PendingWrites(2, now::get);
        var scope = new Scope("p", "s");
        missed.write(new ValueKey(scope, "a"), VALUE);
        missed.write(new ValueKey(scope, "b"), VALUE);
        missed.write(new ValueKey(scope, "a"), VALUE);
        missed.write(new ValueKey(new Scope("p", "t"), "c"), VALUE);
        now.set(Duration.ofSeconds(7).toNanos());
        assertThat(missed.writes()).extracting(write -> write.key().name()).containsExactly("a", "c");
        assertThat(missed.writes().getFirst().valueAt(now.get()).age()).isEqualTo(Duration.ofSeconds(17));
        assertThat(missed.dropped()).isEqualTo(1);
    }

    @Test
    void failed_writes_take_no_more_than_their_bytes() {
        var missed = new PendingWrites(1000, 10_000, System::nanoTime);
        var scope = new Scope("p", "s");
        for (int i = 0; i < 50; i++) {
            missed.write(
                    new ValueKey(scope, "key" + i % 40),
                    new Value(new byte[1000], Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5)));
        }
        assertThat(missed.size()).isEqualTo(9);
        assertThat(missed.bytes()).isBetween(9_000L, 10_000L);
        missed.writes().forEach(missed::done);
        assertThat(missed.bytes()).isZero();
        missed.write(
                new ValueKey(scope, "large"),
                new Value(new byte[20_000], Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5)));
        assertThat(missed.size()).isZero();
        assertThat(missed.bytes()).isZero();
    }

    @Test
    void a_purge_drops_the_failed_writes_of_its_scope() {
        var missed = new PendingWrites(10, System::nanoTime);
        var scope = new Scope("p", "s");
        missed.write(new ValueKey(scope, "a"), VALUE);
        missed.write(new ValueKey(new Scope("p", "t"), "b"), VALUE);
        missed.purge(scope);
        assertThat(missed.writes()).extracting(write -> write.key().name()).containsExactly("b");
    }

    @Test
    void messages_are_parsed_as_formatted_and_others_ignored() {
        var key = new ValueKey(new Scope("binance", "BTC/USDT"), "1:quote:-:live");
        assertThat(InvalidationMessage.parse(InvalidationMessage.ready("me", key)))
                .contains(new InvalidationMessage.Ready("me", key));
        assertThat(InvalidationMessage.parse(InvalidationMessage.purged("me", "7f", key.scope())))
                .contains(new InvalidationMessage.Purged("me", "7f", key.scope()));
        assertThat(InvalidationMessage.parse("p me binance BTC/USDT"))
                .contains(new InvalidationMessage.Purged("me", "", key.scope()));
        assertThat(InvalidationMessage.parse(InvalidationMessage.confirmed("me", "7f")))
                .contains(new InvalidationMessage.Confirmed("me", "7f"));
        assertThat(InvalidationMessage.parse("x me and more of a later version"))
                .isEmpty();
        assertThat(InvalidationMessage.parse("")).isEmpty();
        assertThat(InvalidationMessage.parse("p")).isEmpty();
    }
}
