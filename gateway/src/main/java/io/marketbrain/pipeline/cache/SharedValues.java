package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.Ticker;
import io.marketbrain.pipeline.cache.CacheCounters.Event;
import io.marketbrain.pipeline.cache.SharedTier.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Converts entries to values of the shared tier and back. Thread-safe. */
final class SharedValues {
    private final LifePolicy lifePolicy;
    private final CacheCounters counters;
    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator chance;

    SharedValues(
            LifePolicy lifePolicy, CacheCounters counters, Ticker ticker, InstantSource clock, RandomGenerator chance) {
        this.lifePolicy = lifePolicy;
        this.counters = counters;
        this.ticker = ticker;
        this.clock = clock;
        this.chance = chance;
    }

    Value value(Entry entry) {
        return new Value(
                AnswerCodec.encode(entry.answer()),
                Duration.ofNanos(ticker.nanos() - entry.life().fetchedAt()),
                entry.life().soft(),
                entry.life().hard());
    }

    /** Returns the entry of a value; empty if it cannot be decoded or has expired. */
    Optional<Entry> read(CacheKey key, Value value) {
        Optional<Answer> answer = AnswerCodec.decode(value.payload());
        if (answer.isEmpty()) {
            counters.count(Event.UNREADABLE);
            return Optional.empty();
        }
        long now = ticker.nanos();
        Life life = lifePolicy.life(
                key,
                answer.get(),
                now - value.age().toNanos(),
                chance.nextDouble(),
                now,
                clock.instant(),
                value.soft(),
                value.hard());
        return now - life.expiresAt() < 0
                ? Optional.of(new Entry(
                        answer.get(), life, Sizes.estimate(answer.get().data())))
                : Optional.empty();
    }
}
