package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.Freshness;
import io.marketbrain.model.MarketDataBounds;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.MarketDataPolicy;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.Expiry;
import io.marketbrain.pipeline.cache.policy.ExpiryPolicy;
import io.marketbrain.pipeline.cache.tier.BoundPayloadCodec.Decoded;
import io.marketbrain.pipeline.cache.tier.CacheCounters.Event;
import io.marketbrain.pipeline.cache.tier.SharedTier.Value;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Converts entries to values of the shared tier and back. A value that was stored for another key, or that could not be the answer of a provider, is rejected, counted and logged. Thread-safe.
 */
public final class SharedValueCodec {
    private static final System.Logger LOG = System.getLogger(SharedValueCodec.class.getName());
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final ExpiryPolicy lifePolicy;
    private final CacheCounters counters;
    private final NanoClock nanoClock;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final LogInterval logInterval = new LogInterval(LOG_INTERVAL);

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

    /** The value of an entry, to be stored under {@code key} only. */
    public Value value(CacheKey key, CacheEntry entry) {
        Duration soft = entry.expiry().soft();
        Duration hard = entry.expiry().hard();
        return new Value(
                BoundPayloadCodec.encode(SharedKeyCodec.name(key), soft, hard, QueryResultCodec.encode(entry.answer())),
                Duration.ofNanos(nanoClock.nanos() - entry.expiry().fetchedAt()),
                soft,
                hard);
    }

    /** Returns the entry of a value found under {@code key}; empty if it is rejected or has expired. */
    public Optional<CacheEntry> read(CacheKey key, Value value) {
        ValueKey name = SharedKeyCodec.name(key);
        return switch (BoundPayloadCodec.decode(name, value.soft(), value.hard(), value.payload())) {
            case Decoded.Unreadable() -> rejected(Event.UNREADABLE, name, "is damaged or has another format");
            case Decoded.OfAnotherKey() -> rejected(Event.VALUES_OF_ANOTHER_KEY, name, "was stored for another key");
            case Decoded.Answer(byte[] encoded) ->
                QueryResultCodec.decode(encoded, key.query().maxRecords())
                        .map(answer -> checked(key, name, value, answer))
                        .orElseGet(() -> rejected(Event.UNREADABLE, name, "is not an encoded response"));
        };
    }

    private Optional<CacheEntry> checked(CacheKey key, ValueKey name, Value value, QueryResult answer) {
        return MarketDataPolicy.findFault(key.query(), answer.data())
                .or(() -> findFault(key, answer.provenance(), answer))
                .map(fault -> rejected(Event.VALUES_INVALID, name, fault))
                .orElseGet(() -> entry(key, value, answer));
    }

    /** What is wrong with the provenance of an answer that was stored by a gateway which got it from a provider. */
    private static Optional<String> findFault(CacheKey key, Provenance provenance, QueryResult answer) {
        ProviderId wanted = key.query().provider();
        if (provenance.provider().equals(ProviderId.AUTO)
                || (!wanted.equals(ProviderId.AUTO) && !provenance.provider().equals(wanted))) {
            return Optional.of("is from another provider");
        }
        if (key.isStandIn(answer)) {
            return Optional.of("is of another mode");
        }
        if (provenance.freshness() != Freshness.FRESH || !MarketDataBounds.isInstant(provenance.receivedAt())) {
            return Optional.of("was not fresh when it was stored");
        }
        return Optional.empty();
    }

    private Optional<CacheEntry> entry(CacheKey key, Value value, QueryResult answer) {
        long now = nanoClock.nanos();
        Expiry expiry = lifePolicy.expiry(
                key,
                answer,
                now - value.age().toNanos(),
                chance.nextDouble(),
                now,
                clock.instant(),
                value.soft(),
                value.hard());
        return now - expiry.expiresAt() < 0
                ? Optional.of(new CacheEntry(
                        answer,
                        expiry,
                        lifePolicy.outdatedAfter(key, answer, expiry.fetchedAt(), now, clock.instant()),
                        HeapSize.estimate(answer.data())))
                : Optional.empty();
    }

    private Optional<CacheEntry> rejected(Event why, ValueKey key, String fault) {
        counters.count(why);
        logInterval
                .tryLog(nanoClock.nanos())
                .ifPresent(suppressed -> LOG.log(
                        System.Logger.Level.WARNING,
                        "ignored a value in Redis for " + key.scope().provider() + " "
                                + key.scope().subject() + " (" + key.name() + "): it " + fault
                                + (suppressed == 0 ? "" : "; " + suppressed + " more since the last message")));
        return Optional.empty();
    }
}
