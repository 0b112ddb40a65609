package io.marketbrain.alerts.rules;

import io.marketbrain.pipeline.BudgetReport;
import java.math.BigDecimal;

/** Decides whether the state of a provider or of a budget is one that an alert is about. Pure. */
public final class StatePolicy {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private StatePolicy() {}

    public static boolean isDown(String health) {
        return health.equals("down");
    }

    public static boolean isSpent(BudgetReport budget, BigDecimal percent) {
        BigDecimal used = BigDecimal.valueOf(budget.used().micros());
        BigDecimal limit = BigDecimal.valueOf(budget.limit().micros());
        return used.multiply(HUNDRED).compareTo(percent.multiply(limit)) >= 0 && used.signum() > 0;
    }
}
