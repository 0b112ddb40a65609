package io.marketbrain.mock.calendar;

/**
 * The rules that determine a market's sessions. All use New York's hours, because most of the world's trading volume
 * follows them.
 *
 * @param profile activity of each half hour from the opening, about {@value MarketClock#UNITS_PER_MILLI} on average
 * @param gap share of a day's variance that falls into the closed hours before a session
 * @param daysPerSession number of trading days in a full session
 */
@SuppressWarnings("ArrayRecordComponent") // only constants of this package, which are never compared
public record SessionSchedule(Rule rule, int[] profile, double gap, double daysPerSession) {
    enum Rule {
        /** 09:30 to 16:00 on exchange days. */
        STOCKS,
        /** Sunday 17:00 to Friday 17:00, without a break. */
        CURRENCIES,
        /** 18:00 to 17:00 the next day, Sunday to Friday. */
        COMMODITIES
    }

    /** The IANA name of the time zone that the hours are in. */
    public static final String ZONE = "America/New_York";

    private static final int MINUTES = 60;
    private static final int SHORT_DAY = 7;

    /** The weekday of 1 January 1970, counting from Monday as 0. */
    private static final int THURSDAY = 3;

    public static final SessionSchedule US_STOCKS =
            new SessionSchedule(Rule.STOCKS, new int[] {130, 88, 67, 55, 48, 43, 41, 41, 44, 50, 60, 74, 91}, 0.30, 1);

    public static final SessionSchedule FX = new SessionSchedule(
            Rule.CURRENCIES,
            halves(
                    120, 26, 30, 36, 44, 46, 44, 42, 42, 46, 66, 84, 88, 80, 74, 74, 92, 112, 110, 100, 86, 64, 52, 44,
                    34),
            0.10,
            5);

    public static final SessionSchedule COMMODITY = new SessionSchedule(
            Rule.COMMODITIES,
            halves(23, 40, 40, 40, 40, 40, 40, 40, 42, 50, 64, 72, 66, 60, 60, 78, 110, 124, 112, 98, 92, 70, 50, 44),
            0.06,
            1);

    /** The hourly activities as half hours, repeated to fill {@code count} hours. */
    private static int[] halves(int count, int... hours) {
        int[] halves = new int[2 * count];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = hours[i / 2 % hours.length];
        }
        return halves;
    }

    /**
     * Minutes from UTC midnight of {@code day} to the opening of the session that opens that day; negative if none
     * does.
     */
    int opening(long day, NyseYear year) {
        int weekday = Math.floorMod(day + THURSDAY, 7) + 1;
        int offset = year.hoursBehind(day) * MINUTES;
        return switch (rule) {
            case STOCKS -> weekday > 5 || year.isHoliday(day) ? -1 : 9 * MINUTES + 30 + offset;
            case CURRENCIES -> weekday == 7 ? 17 * MINUTES + offset : -1;
            case COMMODITIES -> weekday == 5 || weekday == 6 ? -1 : 18 * MINUTES + offset;
        };
    }

    /** Length in half hours of the session that opens on the day. */
    int halfHours(long day, NyseYear year) {
        return rule == Rule.STOCKS && year.isShort(day) ? SHORT_DAY : profile.length;
    }
}
