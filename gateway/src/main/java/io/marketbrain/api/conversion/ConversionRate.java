package io.marketbrain.api.conversion;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Provenance;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rate on the way from one asset to another.
 *
 * @param inverted whether the way leads from the quote to the base, so that the amount is divided by the rate
 * @param rate how much of the quote one of the base costs
 * @param kind what the rate is: a quote, an observation of a series, or the close of a candle
 * @param asOf the instant that the rate refers to; null where the provider does not say
 */
record ConversionRate(
        Instrument pair,
        boolean inverted,
        BigDecimal rate,
        Kind kind,
        @Nullable Instant asOf,
        Provenance provenance) {
    enum Kind {
        QUOTE,
        OBSERVATION,
        CANDLE
    }

    String from() {
        return inverted ? pair.quote() : pair.base();
    }

    String to() {
        return inverted ? pair.base() : pair.quote();
    }
}
