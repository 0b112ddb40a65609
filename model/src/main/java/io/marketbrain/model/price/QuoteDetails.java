package io.marketbrain.model.price;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What some quotes have besides the price; everything may be null.
 *
 * @param delay how much later than the market the provider publishes it; null for none
 * @param preMarket the last price before the regular session
 * @param postMarket the last price after the regular session
 * @param mark the price by which a derivative's margin is calculated
 * @param index the price of what a derivative is derived from
 * @param fundingRate what longs pay shorts at {@code nextFunding}, as a part of the position: {@code 0.0001} is 0.01 %
 * @param openInterest the size of all open positions, in the provider's unit
 */
public record QuoteDetails(
        @Nullable Duration delay,
        @Nullable SessionPrice preMarket,
        @Nullable SessionPrice postMarket,
        @Nullable BigDecimal mark,
        @Nullable BigDecimal index,
        @Nullable BigDecimal fundingRate,
        @Nullable Instant nextFunding,
        @Nullable BigDecimal openInterest) {

    /** A quote that has none of them. */
    public static final QuoteDetails NONE = new QuoteDetails(null, null, null, null, null, null, null, null);

    /** The same, published with a delay. */
    public QuoteDetails delayedBy(Duration delay) {
        return new QuoteDetails(delay, preMarket, postMarket, mark, index, fundingRate, nextFunding, openInterest);
    }
}
