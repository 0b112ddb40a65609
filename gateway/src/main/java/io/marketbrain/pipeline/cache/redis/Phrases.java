package io.marketbrain.pipeline.cache.redis;

import io.marketbrain.pipeline.cache.SharedTier.Lease;
import io.marketbrain.pipeline.cache.SharedTier.Scope;
import io.marketbrain.pipeline.cache.SharedTier.Value;
import io.marketbrain.pipeline.cache.SharedTier.ValueKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Builds the operations of one gateway: each script with its keys and arguments. Thread-safe. */
final class Phrases {
    /** Longer than the time to live of any value, so that no value outlives the epoch that purged it. */
    private static final long EPOCH_MILLIS = Duration.ofDays(400).toMillis();

    private static final long TURN_MILLIS = Duration.ofDays(1).toMillis();

    private final KeySpace space;
    private final String instance;
    private final byte[] maxValue;
    private final byte[] leaseMillis;
    private final long maxTransitMillis;
    private final RandomGenerator chance;

    Phrases(
            KeySpace space,
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

    /** A unique name for the owner of a lease. */
    String owner() {
        return instance + "-" + HexFormat.of().toHexDigits(chance.nextLong());
    }

    Operation open(ValueKey key, Duration maxAge, String owner) {
        return new Operation(
                Scripts.OPEN,
                space.all(key),
                List.of(maxValue, millis(maxAge), Link.bytes(owner), leaseMillis, number(TURN_MILLIS)));
    }

    Operation peek(ValueKey key, Duration maxAge) {
        return new Operation(Scripts.PEEK, space.valueAndEpoch(key), List.of(maxValue, millis(maxAge)));
    }

    /** A read without effect that checks whether Redis responds. */
    Operation healthCheck() {
        return peek(new ValueKey(new Scope("look", instance), "look"), Duration.ZERO);
    }

    Operation store(ValueKey key, Value value, Lease lease) {
        return new Operation(
                Scripts.STORE,
                space.valueEpochLease(key),
                List.of(
                        maxValue,
                        Envelope.tail(value),
                        number(value.age().toMillis()),
                        number(value.hard().toMillis()),
                        number(lease.turn()),
                        Link.bytes(lease.epoch()),
                        Link.bytes(lease.owner()),
                        number(EPOCH_MILLIS - maxTransitMillis),
                        Link.bytes(space.channel()),
                        Link.bytes(News.ready(instance, key))));
    }

    /** A write of a value that was loaded without a lease. */
    Operation store(ValueKey key, Value value) {
        return store(key, value, new Lease("", "", 0));
    }

    Operation release(ValueKey key, Lease lease) {
        return new Operation(
                Scripts.RELEASE,
                space.valueEpochLease(key),
                List.of(Link.bytes(lease.owner()), Link.bytes(space.channel()), Link.bytes(News.ready(instance, key))));
    }

    Operation purge(Scope scope) {
        return new Operation(
                Scripts.PURGE,
                space.scope(scope),
                List.of(
                        Link.bytes(HexFormat.of().toHexDigits(chance.nextLong())),
                        number(EPOCH_MILLIS),
                        Link.bytes(space.channel()),
                        Link.bytes(News.purged(instance, scope))));
    }

    private static byte[] millis(Duration duration) {
        return number(Math.max(0, duration.toMillis()));
    }

    private static byte[] number(long number) {
        return Link.bytes(Long.toString(number));
    }
}
