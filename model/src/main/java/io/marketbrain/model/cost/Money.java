package io.marketbrain.model.cost;

import io.marketbrain.model.text.NumberText;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact, non-negative amount in whole millionths: the cost of calls, in a currency or in a provider's credits,
 * whichever unit the operator chose. Immutable.
 */
public record Money(long micros) implements Comparable<Money> {
    public static final Money NONE = new Money(0);
    private static final int SCALE = 6;

    public Money {
        if (micros < 0) {
            throw new IllegalArgumentException("an amount must not be negative");
        }
    }

    /** Parses an amount with at most six decimal places. */
    public static Money of(String text) {
        return of(NumberText.parseDecimal(text));
    }

    /** The amount as money; it may have at most six decimal places. */
    public static Money of(BigDecimal amount) {
        try {
            return new Money(amount.setScale(SCALE, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    amount + " is not a valid amount: it must have at most six decimal places");
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
        return BigDecimal.valueOf(micros, SCALE);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, other.micros);
    }

    /** The shortest decimal form: {@code 12.5}. */
    @Override
    public String toString() {
        return micros == 0 ? "0" : decimal().stripTrailingZeros().toPlainString();
    }
}
