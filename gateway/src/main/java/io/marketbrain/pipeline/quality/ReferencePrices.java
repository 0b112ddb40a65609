package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Recent prices of other providers for the same instrument, from memory: a lookup never blocks. Thread-safe. */
@FunctionalInterface
public interface ReferencePrices {
    /** No other source. */
    ReferencePrices NONE = (_, _) -> Optional.empty();

    /** A price of another provider than {@code provider}; empty if none is recent enough. */
    Optional<ReferencePrice> findPrice(ProviderId provider, Instrument instrument);

    /**
     * The price of an instrument at one provider.
     *
     * @param at when the price was current, by that provider's clock
     */
    record ReferencePrice(ProviderId provider, BigDecimal price, Instant at) {}
}
