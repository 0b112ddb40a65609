package io.marketbrain.model.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about the values of a series besides their unit; null where it does not say it.
 *
 * @param unitMultiplier what a value is multiplied by to be in the unit: 1000000 where values are millions of it
 * @param frequency how often there is a value, such as {@code monthly}
 * @param seasonalAdjustment whether and how seasonal effects are removed, in the provider's words
 */
public record SeriesDetails(
        @Nullable BigDecimal unitMultiplier,
        @Nullable String frequency,
        @Nullable String seasonalAdjustment) {
    /** Of a series about which nothing is said. */
    public static final SeriesDetails NONE = new SeriesDetails(null, null, null);

    /** The same with what the other one says where this one says nothing. */
    public SeriesDetails or(SeriesDetails other) {
        return new SeriesDetails(
                unitMultiplier == null ? other.unitMultiplier : unitMultiplier,
                frequency == null ? other.frequency : frequency,
                seasonalAdjustment == null ? other.seasonalAdjustment : seasonalAdjustment);
    }
}
