package io.marketbrain.pipeline.quality;

import io.marketbrain.pipeline.quality.ReferencePrices.ReferencePrice;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The check of a price against another provider's. Pure. */
final class DeviationScreen {
    /** The deviation up to which a price is plausible, as a part of the other price. */
    static final BigDecimal TOLERANCE = new BigDecimal("0.05");

    private DeviationScreen() {}

    static Findings screen(BigDecimal price, ReferencePrice other, Findings found) {
        BigDecimal difference = price.subtract(other.price());
        if (difference.abs().compareTo(other.price().abs().multiply(TOLERANCE)) <= 0) {
            return found;
        }
        BigDecimal percent =
                difference.multiply(BigDecimal.valueOf(100)).divide(other.price(), 1, RoundingMode.HALF_EVEN);
        return found.and(
                QualityCheck.SOURCE_DEVIATION,
                "the price " + price.toPlainString() + " is " + percent.abs().toPlainString() + " % "
                        + (percent.signum() < 0 ? "below" : "above") + " that of " + other.provider() + ", "
                        + other.price().toPlainString() + " at " + other.at());
    }
}
