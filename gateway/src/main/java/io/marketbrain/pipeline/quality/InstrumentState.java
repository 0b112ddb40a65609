package io.marketbrain.pipeline.quality;

import java.math.BigDecimal;
import java.time.Instant;

/** What the checks remember of one instrument at one provider; at most 200 bytes. Thread-safe. */
final class InstrumentState {
    private final PriceBand band = new PriceBand();

    synchronized Findings screenPrice(BigDecimal price, Instant at, Findings found) {
        return band.screen(price, at, found);
    }
}
