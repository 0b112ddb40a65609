package io.marketbrain.model.price;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The ratio of a split: {@code oldShares} became {@code newShares}. Not every ratio is a decimal number: 1 for 3 is none.
 *
 * @param newShares above zero
 * @param oldShares above zero
 */
public record ShareRatio(BigDecimal newShares, BigDecimal oldShares) {
    public ShareRatio {
        if (newShares.signum() <= 0 || oldShares.signum() <= 0) {
            throw new IllegalArgumentException("a split is of shares");
        }
    }

    /** The new shares for one old one, where that is a decimal number. */
    public Optional<BigDecimal> exact() {
        try {
            return Optional.of(newShares.divide(oldShares));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** {@code 4:1} for four new shares for an old one. */
    public String text() {
        return newShares.toPlainString() + ":" + oldShares.toPlainString();
    }
}
