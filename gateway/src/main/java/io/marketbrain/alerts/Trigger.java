package io.marketbrain.alerts;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.model.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why an alert fires now.
 *
 * @param text in words, after the subject
 */
record Trigger(
        @Nullable BigDecimal price,
        @Nullable BigDecimal previousPrice,
        @Nullable PriceDirection direction,
        boolean afterGap,
        @Nullable Mode mode,
        String text) {

    static Trigger ofState(@Nullable Mode mode, String text) {
        return new Trigger(null, null, null, false, mode, text);
    }

    Firing fire(Alert alert, Instant at) {
        return new Firing(
                alert.id(),
                alert.progress().fired() + 1,
                at,
                alert.condition().type(),
                alert.subject().wire(),
                mode,
                price,
                previousPrice,
                direction,
                afterGap,
                alert.subject().wire() + " " + text + (mode == null ? "" : " (" + mode.wire() + ")"),
                alert.note());
    }
}
