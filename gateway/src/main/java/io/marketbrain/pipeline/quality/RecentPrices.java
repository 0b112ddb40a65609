package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest price of each provider for the instruments that were quoted last, in bounded memory. Thread-safe. */
public final class RecentPrices implements ReferencePrices {
    /** The instruments that are remembered; the one that was used longest ago is dropped for a new one. */
    static final int MAX_INSTRUMENTS = 2000;

    /** How long a price is compared with others, counted from when it was current. */
    static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final Map<Instrument, List<ReferencePrice>> prices = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Instrument, List<ReferencePrice>> eldest) {
            return size() > MAX_INSTRUMENTS;
        }
    };

    @Override
    public void put(ProviderId provider, Instrument instrument, BigDecimal price, Instant at) {
        var latest = new ReferencePrice(provider, price, at);
        synchronized (prices) {
            List<ReferencePrice> known = prices.computeIfAbsent(instrument, _ -> new ArrayList<>(2));
            for (int i = 0; i < known.size(); i++) {
                if (known.get(i).provider().equals(provider)) {
                    known.set(i, latest);
                    return;
                }
            }
            known.add(latest);
        }
    }

    @Override
    public Optional<ReferencePrice> findPrice(ProviderId provider, Instrument instrument, Instant now) {
        Instant oldest = now.minus(MAX_AGE);
        ReferencePrice latest = null;
        synchronized (prices) {
            List<ReferencePrice> known = prices.getOrDefault(instrument, List.of());
            for (int i = 0; i < known.size(); i++) {
                ReferencePrice price = known.get(i);
                boolean recent = !price.at().isBefore(oldest);
                boolean later = latest == null || price.at().isAfter(latest.at());
                if (!price.provider().equals(provider) && recent && later) {
                    latest = price;
                }
            }
        }
        return Optional.ofNullable(latest);
    }
}
