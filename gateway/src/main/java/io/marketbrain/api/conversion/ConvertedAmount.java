package io.marketbrain.api.conversion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * An amount in another asset. It is multiplied by the rates exactly; where rates are stated the other way round, it is
 * divided by their product, once, at the end, and rounded to a number of significant digits if it has more.
 *
 * @param exact whether nothing was rounded
 */
record ConvertedAmount(BigDecimal value, boolean exact) {
    /** The amount after all rates, which are above zero. */
    static ConvertedAmount of(BigDecimal amount, List<ConversionRate> rates, MathContext rounding) {
        BigDecimal product = amount;
        BigDecimal divisor = BigDecimal.ONE;
        for (ConversionRate rate : rates) {
            if (rate.inverted()) {
                divisor = divisor.multiply(rate.rate());
            } else {
                product = product.multiply(rate.rate());
            }
        }
        if (rates.stream().noneMatch(ConversionRate::inverted)) {
            return new ConvertedAmount(product, true);
        }
        BigDecimal quotient = product.divide(divisor, rounding);
        boolean exact = quotient.multiply(divisor).compareTo(product) == 0;
        BigDecimal plain = exact ? quotient.stripTrailingZeros() : quotient;
        return new ConvertedAmount(plain.scale() < 0 ? plain.setScale(0) : plain, exact);
    }
}
