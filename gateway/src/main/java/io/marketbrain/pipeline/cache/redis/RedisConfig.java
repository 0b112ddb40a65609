package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.security.PrivateCa;
import io.marketbrain.security.Secret;
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

    /** The same settings for another Redis. */
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

    /** The same settings for servers that others vouch for. */
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

    /** The same settings with other pauses. */
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

    /** The same settings with another patience. */
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
        check(value.isPositive(), name + " must be longer than nothing");
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
