package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.NanoClock;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.Expiry;
import io.marketbrain.pipeline.cache.policy.ExpiryPolicy;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Converts entries to values of the shared tier and back. Thread-safe. */
public final class SharedValueCodec {
    private final ExpiryPolicy lifePolicy;
    private final CacheCounters counters;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final RandomGenerator chance;

    public SharedValueCodec(
            ExpiryPolicy lifePolicy,
            CacheCounters counters,
            NanoClock nanoClock,
            InstantSource clock,
            RandomGenerator chance) {
        this.lifePolicy = lifePolicy;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.chance = chance;
    }

    public Value value(CacheEntry entry) {
        return new Value(
                QueryResultCodec.encode(entry.answer()),
                Duration.ofNanos(nanoClock.nanos() - entry.expiry().fetchedAt()),
                entry.expiry().soft(),
                entry.expiry().hard());
    }

    /** Returns the entry of a value; empty if it cannot be decoded or has expired. */
    public Optional<CacheEntry> read(CacheKey key, Value value) {
        Optional<QueryResult> answer = QueryResultCodec.decode(value.payload());
        if (answer.isEmpty()) {
            counters.count(Event.UNREADABLE);
            return Optional.empty();
        }
        long now = nanoClock.nanos();
        Expiry expiry = lifePolicy.expiry(
                key,
                answer.get(),
                now - value.age().toNanos(),
                chance.nextDouble(),
                now,
                clock.instant(),
                value.soft(),
                value.hard());
        return now - expiry.expiresAt() < 0
                ? Optional.of(new CacheEntry(
                        answer.get(), expiry, HeapSize.estimate(answer.get().data())))
                : Optional.empty();
    }
}
