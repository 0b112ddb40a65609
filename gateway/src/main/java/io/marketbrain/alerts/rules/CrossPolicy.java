package io.marketbrain.alerts.rules;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Decides whether two successive prices cross a threshold. A price that reaches it has crossed; one that leaves it again has not.
 * Pure and exact.
 */
public final class CrossPolicy {
    private CrossPolicy() {}

    /** The direction of the crossing; empty if there is none in the wanted direction. */
    public static Optional<PriceDirection> decide(
            BigDecimal previous, BigDecimal current, BigDecimal threshold, PriceDirection wanted) {
        int before = previous.compareTo(threshold);
        int now = current.compareTo(threshold);
        if (before < 0 && now >= 0) {
            return Optional.of(PriceDirection.UP).filter(wanted::includes);
        }
        if (before > 0 && now <= 0) {
            return Optional.of(PriceDirection.DOWN).filter(wanted::includes);
        }
        return Optional.empty();
    }
}
