package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.model.SettingRange;
import io.marketbrain.security.PrivateCa;
import io.marketbrain.security.Secret;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the port to Redis.
 *
 * @param url where it is; empty for a gateway that shares nothing
 * @param caFile the authorities that vouch for it over TLS; empty for those that Java trusts
 * @param connectTimeout how long an attempt to connect may take, all of it together
 * @param operationTimeout how long an operation may take that nobody waits for
 * @param connections how many connections carry operations
 * @param queue how many operations may wait for them
 * @param prefix what all keys begin with
 * @param probeMin the shortest pause before Redis is tried again when it is down
 * @param probeMax the longest
 * @param refusedProbe the pause before it is tried again when it refused us
 * @param writeProbe the pause before writing is tried again when it takes no writes
 * @param missedWrites how many writes are kept for when it is back
 */
@RecordBuilder
public record RedisConfig(
        Optional<Secret> url,
        Optional<Path> caFile,
        Duration connectTimeout,
        Duration operationTimeout,
        int connections,
        int queue,
        String prefix,
        Duration probeMin,
        Duration probeMax,
        Duration refusedProbe,
        Duration writeProbe,
        int missedWrites)
        implements RedisConfigBuilder.With {
    public static final SettingRange<Duration> CONNECTION_TIMEOUT =
            SettingRange.of("redis.connection_timeout", Duration.ofMillis(1), Duration.ofMinutes(1));
    public static final SettingRange<Duration> OPERATION_TIMEOUT =
            SettingRange.of("redis.operation_timeout", Duration.ofMillis(1), Duration.ofMinutes(1));
    public static final SettingRange<Integer> CONNECTIONS = SettingRange.of("redis.connections", 1, 64);
    public static final SettingRange<Integer> QUEUE = SettingRange.of("redis.queue", 1, 1_000_000);
    public static final SettingRange<Duration> PROBE_MIN = SettingRange.of(
                    "redis.probe_min", Duration.ofMillis(1), Duration.ofMinutes(1))
            .and("not longer than redis.probe_max");
    public static final SettingRange<Duration> PROBE_MAX = SettingRange.of(
                    "redis.probe_max", Duration.ofMillis(1), Duration.ofMinutes(10))
            .and("not shorter than redis.probe_min");
    public static final SettingRange<Duration> REFUSED_PROBE =
            SettingRange.of("redis.refused_probe", Duration.ofMillis(1), Duration.ofMinutes(10));
    public static final SettingRange<Duration> WRITE_PROBE =
            SettingRange.of("redis.write_probe", Duration.ofMillis(1), Duration.ofMinutes(10));
    public static final SettingRange<Integer> MISSED_WRITES = SettingRange.of("redis.missed_writes", 0, 100_000);

    public RedisConfig {
        CONNECTION_TIMEOUT.check(connectTimeout);
        OPERATION_TIMEOUT.check(operationTimeout);
        PROBE_MIN.check(probeMin);
        PROBE_MAX.check(probeMax, probeMin.compareTo(probeMax) <= 0);
        REFUSED_PROBE.check(refusedProbe);
        WRITE_PROBE.check(writeProbe);
        CONNECTIONS.check(connections);
        QUEUE.check(queue);
        MISSED_WRITES.check(missedWrites);
        if (prefix.isEmpty() || prefix.length() > 32 || !prefix.chars().allMatch(RedisConfig::plain)) {
            throw new IllegalArgumentException(
                    "redis.prefix is '" + prefix + "', but must be 1 to 32 of a-z 0-9 . _ -");
        }
        url.ifPresent(RedisUrl::parse);
        caFile.flatMap(PrivateCa::findFault).ifPresent(why -> {
            throw new IllegalArgumentException("redis.ca_file cannot be used: " + why);
        });
    }

    public static RedisConfig defaults() {
        return new RedisConfig(
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                4,
                512,
                "mib",
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                256);
    }

    /** The same settings for another Redis. */
    public RedisConfig withUrl(String other) {
        return withUrl(Secret.of(other));
    }

    /** The same settings for servers that others vouch for. */
    public RedisConfig withCaFile(Path file) {
        return withCaFile(Optional.of(file));
    }

    /** The same settings with other pauses. */
    public RedisConfig withProbes(Duration min, Duration max, Duration refused, Duration write) {
        return with().probeMin(min)
                .probeMax(max)
                .refusedProbe(refused)
                .writeProbe(write)
                .build();
    }

    /** The same settings with other time-outs. */
    public RedisConfig withTimeouts(Duration connecting, Duration operating) {
        return with().connectTimeout(connecting).operationTimeout(operating).build();
    }

    private static boolean plain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
}
