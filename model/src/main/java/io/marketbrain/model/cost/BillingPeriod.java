package io.marketbrain.model.cost;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A provider's billing period and the number of free calls in it.
 *
 * @param freeCalls how many calls are free at the start of each period
 * @param per the calendar period: days or months
 * @param zone the time zone in which the day or month begins
 */
public record BillingPeriod(long freeCalls, ChronoUnit per, ZoneId zone) {
    /** Calendar months in UTC, without free calls. */
    public static final BillingPeriod DEFAULT = new BillingPeriod(0, ChronoUnit.MONTHS, ZoneOffset.UTC);

    public BillingPeriod {
        if (freeCalls < 0 || freeCalls > 1_000_000_000) {
            throw new IllegalArgumentException("free calls must be from 0 to 1000000000");
        }
        if (per != ChronoUnit.DAYS && per != ChronoUnit.MONTHS) {
            throw new IllegalArgumentException("the billing period must be days or months");
        }
    }
}
