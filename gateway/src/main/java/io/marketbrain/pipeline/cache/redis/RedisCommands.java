package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.tier.SharedTier.Lease;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import io.marketbrain.store.redis.RedisConnection;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Builds the operations of one gateway: each script with its keys and arguments. Thread-safe. */
final class RedisCommands {
    /** Longer than the time to live of any value, so that no value outlives the epoch that purged it. */
    private static final long EPOCH_MILLIS = Duration.ofDays(400).toMillis();

    private static final long TURN_MILLIS = Duration.ofDays(1).toMillis();

    private final RedisKeys space;
    private final String instance;
    private final byte[] maxValue;
    private final byte[] leaseMillis;
    private final long maxTransitMillis;
    private final RandomGenerator chance;
    private final AtomicLong requests = new AtomicLong();

    RedisCommands(
            RedisKeys space,
            String instance,
            int maxValueBytes,
            Duration lease,
            Duration operationTimeout,
            RandomGenerator chance) {
        this.space = space;
        this.instance = instance;
        this.maxValue = number(maxValueBytes);
        this.leaseMillis = number(lease.toMillis());
        this.maxTransitMillis = operationTimeout.toMillis();
        this.chance = chance;
    }

    /** A unique name for the owner of a lease: this gateway, and a number that increases, so that a later request of the gateway can take over an earlier one's lease but not the reverse. */
    String owner() {
        return instance + "-" + HexFormat.of().toHexDigits(requests.incrementAndGet());
    }

    RedisOperation open(ValueKey key, Duration maxAge, String owner) {
        return new RedisOperation(
                CacheScript.OPEN,
                space.all(key),
                List.of(maxValue, millis(maxAge), RedisConnection.bytes(owner), leaseMillis, number(TURN_MILLIS)));
    }

    RedisOperation peek(ValueKey key, Duration maxAge) {
        return new RedisOperation(CacheScript.PEEK, space.valueAndEpoch(key), List.of(maxValue, millis(maxAge)));
    }

    /** A read without effect that checks whether Redis responds. */
    RedisOperation healthCheck() {
        return peek(new ValueKey(new Scope("look", instance), "look"), Duration.ZERO);
    }

    RedisOperation store(ValueKey key, Value value, Lease lease) {
        return new RedisOperation(
                CacheScript.STORE,
                space.valueEpochLease(key),
                List.of(
                        maxValue,
                        ValueEnvelope.tail(value),
                        number(value.age().toMillis()),
                        number(value.hard().toMillis()),
                        number(lease.turn()),
                        RedisConnection.bytes(lease.epoch()),
                        RedisConnection.bytes(lease.owner()),
                        number(EPOCH_MILLIS - maxTransitMillis),
                        RedisConnection.bytes(space.channel()),
                        RedisConnection.bytes(InvalidationMessage.ready(instance, key))));
    }

    /** A write of a value that was loaded without a lease. */
    RedisOperation store(ValueKey key, Value value) {
        return store(key, value, new Lease("", "", 0));
    }

    RedisOperation release(ValueKey key, Lease lease) {
        return new RedisOperation(
                CacheScript.RELEASE,
                space.valueEpochLease(key),
                List.of(
                        RedisConnection.bytes(lease.owner()),
                        RedisConnection.bytes(space.channel()),
                        RedisConnection.bytes(InvalidationMessage.ready(instance, key))));
    }

    /** A unique name for a purge. */
    String purgeName() {
        return HexFormat.of().toHexDigits(chance.nextLong());
    }

    RedisOperation purge(Scope scope, String purge) {
        return new RedisOperation(
                CacheScript.PURGE,
                space.scope(scope),
                List.of(
                        RedisConnection.bytes(HexFormat.of().toHexDigits(chance.nextLong())),
                        number(EPOCH_MILLIS),
                        RedisConnection.bytes(space.channel()),
                        RedisConnection.bytes(InvalidationMessage.purged(instance, purge, scope))));
    }

    RedisOperation confirm(Scope scope, String purge) {
        return new RedisOperation(
                CacheScript.SEND,
                space.scope(scope),
                List.of(
                        RedisConnection.bytes(space.channel()),
                        RedisConnection.bytes(InvalidationMessage.confirmed(instance, purge))));
    }

    private static byte[] millis(Duration duration) {
        return number(Math.max(0, duration.toMillis()));
    }

    private static byte[] number(long number) {
        return RedisConnection.bytes(Long.toString(number));
    }
}
