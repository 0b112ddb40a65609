package io.marketbrain.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of what calls cost, in whole millionths: money of one currency or a provider's credits, as the
 * owner of the gateway counts. Never negative.
 */
public record Money(long micros) implements Comparable<Money> {
    public static final Money NONE = new Money(0);
    private static final int DIGITS = 6;

    public Money {
        if (micros < 0) {
            throw new IllegalArgumentException("an amount is never negative");
        }
    }

    /** The amount in {@code text}, with six digits after the point at the most. */
    public static Money of(String text) {
        return of(new BigDecimal(text));
    }

    /** The amount, with six digits after the point at the most. */
    public static Money of(BigDecimal amount) {
        try {
            return new Money(amount.setScale(DIGITS, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(amount + " is not an amount with up to six digits after the point");
        }
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(micros, other.micros));
    }

    public Money times(long count) {
        return new Money(Math.multiplyExact(micros, count));
    }

    public boolean isNone() {
        return micros == 0;
    }

    public BigDecimal decimal() {
        return BigDecimal.valueOf(micros, DIGITS);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, other.micros);
    }

    /** As short as it can be written: {@code 12.5}. */
    @Override
    public String toString() {
        return micros == 0 ? "0" : decimal().stripTrailingZeros().toPlainString();
    }
}
