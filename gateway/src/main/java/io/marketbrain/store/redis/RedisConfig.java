package io.marketbrain.store.redis;

import io.marketbrain.model.SettingRange;
import io.marketbrain.security.CustomCertificateAuthority;
import io.marketbrain.security.Secret;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the Redis client.
 *
 * @param url the servers and credentials, as in {@code REDIS_URL}; empty for a gateway without Redis
 * @param caFile the certificate authorities trusted for TLS, as PEM; empty for the JDK's default trust store
 * @param connectTimeout the total time for an attempt to connect, TLS and login included
 * @param operationTimeout the time for an operation that no request waits for
 * @param connections the number of connections for operations
 * @param queue the most operations that may wait for a connection
 * @param prefix the beginning of all keys
 * @param probeMin the shortest pause between probes while Redis is down
 * @param probeMax the longest pause between probes while Redis is down
 * @param refusedProbe the pause between probes while Redis rejects this gateway
 * @param writeProbe the pause between probes while Redis accepts no writes
 * @param missedWrites the most failed writes that are kept for a retry
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
        caFile.flatMap(CustomCertificateAuthority::findFault).ifPresent(why -> {
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

    /** A copy for another Redis. */
    public RedisConfig withUrl(String other) {
        return withUrl(Secret.of(other));
    }

    /** A copy that trusts the certificate authorities in {@code file}. */
    public RedisConfig withCaFile(Path file) {
        return withCaFile(Optional.of(file));
    }

    /** A copy with these pauses between probes. */
    public RedisConfig withProbes(Duration min, Duration max, Duration refused, Duration write) {
        return with().probeMin(min)
                .probeMax(max)
                .refusedProbe(refused)
                .writeProbe(write)
                .build();
    }

    /** A copy with these timeouts. */
    public RedisConfig withTimeouts(Duration connecting, Duration operating) {
        return with().connectTimeout(connecting).operationTimeout(operating).build();
    }

    private static boolean plain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
}
