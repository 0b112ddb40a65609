package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.security.PrivateCa;
import io.marketbrain.security.Secret;
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
        int missedWrites) {

    public RedisConfig {
        positive("redis.connection_timeout", connectTimeout);
        positive("redis.operation_timeout", operationTimeout);
        positive("redis.probe_min", probeMin);
        positive("redis.probe_max", probeMax);
        positive("redis.refused_probe", refusedProbe);
        positive("redis.write_probe", writeProbe);
        check(connections >= 1 && connections <= 64, "redis.connections must be from 1 to 64");
        check(queue >= 1, "redis.queue must be at least 1");
        check(missedWrites >= 0, "redis.missed_writes must not be negative");
        check(probeMin.compareTo(probeMax) <= 0, "redis.probe_min must not be longer than redis.probe_max");
        check(
                !prefix.isEmpty() && prefix.length() <= 32 && prefix.chars().allMatch(RedisConfig::plain),
                "redis.prefix must be 1 to 32 of a-z 0-9 . _ -");
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

    /** A copy for another Redis. */
    public RedisConfig withUrl(String other) {
        return new RedisConfig(
                Secret.of(other),
                caFile,
                connectTimeout,
                operationTimeout,
                connections,
                queue,
                prefix,
                probeMin,
                probeMax,
                refusedProbe,
                writeProbe,
                missedWrites);
    }

    /** A copy that trusts the certificate authorities in {@code file}. */
    public RedisConfig withCaFile(Path file) {
        return new RedisConfig(
                url,
                Optional.of(file),
                connectTimeout,
                operationTimeout,
                connections,
                queue,
                prefix,
                probeMin,
                probeMax,
                refusedProbe,
                writeProbe,
                missedWrites);
    }

    /** A copy with these pauses between probes. */
    public RedisConfig withProbes(Duration min, Duration max, Duration refused, Duration write) {
        return new RedisConfig(
                url,
                caFile,
                connectTimeout,
                operationTimeout,
                connections,
                queue,
                prefix,
                min,
                max,
                refused,
                write,
                missedWrites);
    }

    /** A copy with these timeouts. */
    public RedisConfig withTimeouts(Duration connecting, Duration operating) {
        return new RedisConfig(
                url,
                caFile,
                connecting,
                operating,
                connections,
                queue,
                prefix,
                probeMin,
                probeMax,
                refusedProbe,
                writeProbe,
                missedWrites);
    }

    private static boolean plain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }

    private static void positive(String name, Duration value) {
        check(value.isPositive(), name + " must be positive, not " + value);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
