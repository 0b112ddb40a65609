package io.marketbrain.pipeline.quality;

import java.math.BigDecimal;
import java.time.Instant;

/** The trailing band of one instrument's prices, in constant memory. Not thread-safe: its {@link InstrumentState} guards it. */
final class PriceBand {
    /**
     * Adds what is doubtful about a price, then takes the price into the band.
     *
     * @param at when the price was current, by the provider's clock, or when it was received
     */
    Findings screen(BigDecimal price, Instant at, Findings found) {
        return found;
    }
}
