package io.marketbrain.alerts;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.model.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One firing of an alert. Immutable.
 *
 * @param alert the id of the alert
 * @param number of the alert's firings, from 1
 * @param at when, by the gateway's clock
 * @param type of the condition
 * @param subject what the alert watches
 * @param mode where the data is from; null where the subject has no data
 * @param price that made it fire; null where the condition is not about prices
 * @param previousPrice the price that it is compared with
 * @param afterGap whether values between the two prices may be missing
 * @param text in words
 * @param note of the alert
 */
public record Firing(
        String alert,
        long number,
        Instant at,
        String type,
        String subject,
        @Nullable Mode mode,
        @Nullable BigDecimal price,
        @Nullable BigDecimal previousPrice,
        @Nullable PriceDirection direction,
        boolean afterGap,
        String text,
        String note) {

    /**
     * The same for every delivery of this firing, and of no other, so that a receiver notices duplicates. Has the time in it, because an
     * alert may be deleted and created again under the same id.
     */
    public String key() {
        return alert + "-" + number + "-" + Long.toString(at.toEpochMilli(), Character.MAX_RADIX);
    }
}
