package io.marketbrain.mock.calendar;

/**
 * The clock of markets that never close. Activity depends on the hour of the week (UTC): the American afternoon has
 * three times the variance of the Asian night, a weekend two thirds of that of a weekday.
 */
public final class ContinuousClock implements MarketClock {
    private static final int[] WEEKDAY = {
        42, 41, 40, 40, 40, 42, 48, 54, 60, 62, 62, 64, 68, 84, 110, 118, 116, 112, 110, 108, 104, 78, 58, 48
    };
    private static final double WEEKEND = 0.66;
    private static final long HOUR = 3_600_000L;
    private static final int HOURS = 168;

    /** Offset to the start of a week: 1 January 1970 was a Thursday, weeks here start on Mondays. */
    private static final long MONDAY = 3 * 24 * HOUR;

    private final int[] weight = new int[HOURS];
    private final long[] before = new long[HOURS];
    private final long week;
    private final long origin;

    public ContinuousClock() {
        long sum = 0;
        for (int h = 0; h < HOURS; h++) {
            weight[h] = h < 5 * 24 ? WEEKDAY[h % 24] : (int) (WEEKDAY[h % 24] * WEEKEND + 0.5);
            before[h] = sum;
            sum += weight[h] * HOUR;
        }
        week = sum;
        origin = raw(SupportedYears.START);
    }

    @Override
    public long unitsAt(long millis) {
        return raw(millis) - origin;
    }

    private long raw(long millis) {
        long shifted = millis + MONDAY;
        long weeks = Math.floorDiv(shifted, HOURS * HOUR);
        long rest = shifted - weeks * (HOURS * HOUR);
        int hour = (int) (rest / HOUR);
        return weeks * week + before[hour] + (rest - hour * HOUR) * weight[hour];
    }

    @Override
    public long openFrom(long millis) {
        return millis;
    }

    @Override
    public long openUntil(long millis) {
        return millis;
    }

    @Override
    public long dayUnits() {
        return week / 7;
    }
}
