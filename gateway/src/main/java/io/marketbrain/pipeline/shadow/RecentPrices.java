package io.marketbrain.pipeline.shadow;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest price of each live provider for the instruments that were quoted last, in bounded memory. A lookup never waits
 * for a provider. Thread-safe.
 */
public final class RecentPrices {
    /** More are forgotten, those that were quoted longest ago first. */
    static final int MAX_INSTRUMENTS = 2000;

    private final long maxAgeNanos;
    private final NanoClock nanoClock;
    private final Map<Instrument, Map<ProviderId, Entry>> prices = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Instrument, Map<ProviderId, Entry>> eldest) {
            return size() > MAX_INSTRUMENTS;
        }
    };

    private record Entry(BigDecimal price, Instant at, long nanos) {}

    /**
     * The price of an instrument at one provider.
     *
     * @param at when it was current: by the provider's clock, or when it was received
     * @param age how long ago it was received
     */
    public record RecentPrice(ProviderId provider, BigDecimal price, Instant at, Duration age) {}

    public RecentPrices(Duration maxAge, NanoClock nanoClock) {
        this.maxAgeNanos = maxAge.toNanos();
        this.nanoClock = nanoClock;
    }

    synchronized void put(ProviderId provider, Instrument instrument, BigDecimal price, Instant at) {
        prices.computeIfAbsent(instrument, _ -> new LinkedHashMap<>(4))
                .put(provider, new Entry(price, at, nanoClock.nanos()));
    }

    /** The youngest price of another provider than {@code provider}; empty if none is young enough. */
    public synchronized Optional<RecentPrice> findOther(ProviderId provider, Instrument instrument) {
        long now = nanoClock.nanos();
        RecentPrice youngest = null;
        for (Map.Entry<ProviderId, Entry> known :
                prices.getOrDefault(instrument, Map.of()).entrySet()) {
            Entry entry = known.getValue();
            long age = now - entry.nanos();
            boolean younger = youngest == null || age < youngest.age().toNanos();
            if (!known.getKey().equals(provider) && age <= maxAgeNanos && younger) {
                youngest = new RecentPrice(known.getKey(), entry.price(), entry.at(), Duration.ofNanos(age));
            }
        }
        return Optional.ofNullable(youngest);
    }
}
