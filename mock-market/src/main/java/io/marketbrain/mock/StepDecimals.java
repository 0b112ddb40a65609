package io.marketbrain.mock;

import java.math.BigDecimal;

/** Formats multiples of a step as exact decimal text, with as many decimals as the step has. Immutable. */
public final class StepDecimals {
    private final BigDecimal step;
    private final int scale;
    private final boolean powerOfTen;

    public StepDecimals(BigDecimal step) {
        this.step = step;
        this.scale = Math.max(0, step.scale());
        this.powerOfTen = step.scale() >= 0 && step.unscaledValue().bitLength() == 1;
    }

    public String text(long steps) {
        BigDecimal value = powerOfTen
                ? BigDecimal.valueOf(steps, scale)
                : step.multiply(BigDecimal.valueOf(steps)).setScale(scale);
        return value.toPlainString();
    }
}
