package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Recent prices of other providers for the same instrument, from memory: a lookup never blocks. Thread-safe. */
@FunctionalInterface
public interface ReferencePrices {
    /** No other source. A method, because a constant would keep lambdas of this interface out of the ahead-of-time cache. */
    static ReferencePrices none() {
        return (_, _, _) -> Optional.empty();
    }

    /**
     * The most recent price of another provider than {@code provider}; empty if none is recent enough.
     *
     * @param now by the gateway's clock
     */
    Optional<ReferencePrice> findPrice(ProviderId provider, Instrument instrument, Instant now);

    /**
     * Takes the latest price of an instrument at a provider.
     *
     * @param at when it was current, by the gateway's clock
     */
    default void put(ProviderId provider, Instrument instrument, BigDecimal price, Instant at) {}

    /**
     * The price of an instrument at one provider.
     *
     * @param at when the price was current, by the gateway's clock
     */
    record ReferencePrice(ProviderId provider, BigDecimal price, Instant at) {}
}
