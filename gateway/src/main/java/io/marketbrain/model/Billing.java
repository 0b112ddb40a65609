package io.marketbrain.model;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * When a provider's bill begins anew, and how many calls of it are free.
 *
 * @param freeCalls how many calls a period cost nothing, before the first that does
 * @param per the calendar period: days or months
 * @param zone where the day or month begins
 */
public record Billing(long freeCalls, ChronoUnit per, ZoneId zone) {
    /** By the calendar month in UTC, nothing free. */
    public static final Billing USUAL = new Billing(0, ChronoUnit.MONTHS, ZoneOffset.UTC);

    public Billing {
        if (freeCalls < 0 || freeCalls > 1_000_000_000) {
            throw new IllegalArgumentException("free calls are from 0 to 1000000000");
        }
        if (per != ChronoUnit.DAYS && per != ChronoUnit.MONTHS) {
            throw new IllegalArgumentException("a bill begins anew by the day or by the month");
        }
    }
}
