package io.marketbrain.alerts;

import io.marketbrain.alerts.rules.PriceDirection;
import java.math.BigDecimal;
import java.time.Duration;

/** What makes an alert fire. Immutable. */
public sealed interface AlertCondition {

    /** The price reaches or passes a price, coming from the other side of it. */
    record Crosses(BigDecimal price, PriceDirection direction) implements AlertCondition {
        @Override
        public String type() {
            return "crosses";
        }
    }

    /** The price differs from the lowest or highest one of a window by a part of that, in percent. */
    record Moves(BigDecimal percent, Duration window, PriceDirection direction) implements AlertCondition {
        @Override
        public String type() {
            return "moves";
        }
    }

    /** The feed of an instrument has not been up for so long. */
    record Stale(Duration after) implements AlertCondition {
        @Override
        public String type() {
            return "stale";
        }
    }

    /** The circuit breaker of a provider has opened. */
    record ProviderDown() implements AlertCondition {
        @Override
        public String type() {
            return "provider_down";
        }
    }

    /** So many percent of a budget are spent. */
    record BudgetSpent(BigDecimal percent) implements AlertCondition {
        @Override
        public String type() {
            return "budget";
        }
    }

    /** The name in JSON. */
    String type();
}
