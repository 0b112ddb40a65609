package io.marketbrain.alerts;

import io.marketbrain.model.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to an alert.
 *
 * @param fired how often it has fired
 * @param done whether it fires no more, because it was to fire once
 * @param lastPrice the price with which the next one is compared after a restart; null if there is none
 * @param lastMode where that price is from
 */
public record AlertProgress(
        long fired,
        @Nullable Instant lastFiredAt,
        boolean done,
        @Nullable BigDecimal lastPrice,
        @Nullable Mode lastMode) {
    public static final AlertProgress NONE = new AlertProgress(0, null, false, null, null);

    AlertProgress seen(@Nullable BigDecimal price, @Nullable Mode mode) {
        return new AlertProgress(fired, lastFiredAt, done, price, mode);
    }

    AlertProgress armedAgain() {
        return new AlertProgress(fired, lastFiredAt, false, lastPrice, lastMode);
    }
}
