package io.marketbrain.mock.calendar;

import java.util.Arrays;

/**
 * The clock of markets that open and close: every session from 1980 to 2100, with the market time elapsed at its
 * opening. Between two sessions market time advances by the gap, so a market can open at a different price from its
 * last close. Immutable; takes about half a megabyte, is created on first use and shared by all symbols.
 */
public final class TradingCalendar implements MarketClock {
    private static final int MINUTE = 60_000;
    private static final int HALF_HOUR_MINUTES = 30;
    private static final long HALF_HOUR = (long) HALF_HOUR_MINUTES * MINUTE;

    /** Largest error, in sessions, of finding a session by linear interpolation over the years. */
    private static final int SLACK = 256;

    private final int[] profile;
    private final double daysPerSession;
    private final int count;

    /** Minutes since 1970 at which each session opens. */
    private final int[] opening;

    /** Half hours traded before each session; has one more element than there are sessions. */
    private final int[] halfHoursBefore;

    private final long[] openUnits;

    /** Market time of a session after each half hour. */
    private final long[] after;

    private final long gap;

    public TradingCalendar(SessionSchedule timetable) {
        profile = timetable.profile();
        daysPerSession = timetable.daysPerSession();
        after = new long[profile.length + 1];
        for (int i = 0; i < profile.length; i++) {
            after[i + 1] = after[i] + profile[i] * HALF_HOUR;
        }
        double share = timetable.gap() / daysPerSession;
        gap = (long) (after[profile.length] * (share / (1 - share)));
        int most = (int) (SupportedYears.END_DAY - SupportedYears.FIRST_DAY);
        int[] opens = new int[most];
        int[] halves = new int[most + 1];
        long[] units = new long[most];
        int n = 0;
        long u = 0;
        for (int y = SupportedYears.FIRST_YEAR; y <= SupportedYears.LAST_YEAR; y++) {
            NyseYear year = new NyseYear(y);
            for (long day = year.first(); day < year.after(); day++) {
                int minute = timetable.opening(day, year);
                if (minute >= 0) {
                    int length = timetable.halfHours(day, year);
                    opens[n] = (int) (day * 1440 + minute);
                    halves[n + 1] = halves[n] + length;
                    u += gap;
                    units[n] = u;
                    u += after[length];
                    n++;
                }
            }
        }
        count = n;
        opening = Arrays.copyOf(opens, n);
        halfHoursBefore = Arrays.copyOf(halves, n + 1);
        openUnits = Arrays.copyOf(units, n);
    }

    /** The last session that opens at or before the instant, or -1. */
    public int sessionAt(long millis) {
        long minute = Math.floorDiv(millis, MINUTE);
        if (minute < opening[0]) {
            return -1;
        }
        long span = (long) opening[count - 1] - opening[0];
        int guess = (int) Math.min(count - 1, (minute - opening[0]) * (count - 1) / span);
        int low = Math.max(0, guess - SLACK);
        int high = Math.min(count - 1, guess + SLACK);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (opening[middle] <= minute) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The last session that opens at or before the market time, or -1. */
    public int sessionOf(long u) {
        if (u < openUnits[0]) {
            return -1;
        }
        double span = openUnits[count - 1] - openUnits[0];
        int guess = (int) Math.min(count - 1, (u - openUnits[0]) / span * (count - 1));
        int low = Math.max(0, guess - SLACK);
        int high = Math.min(count - 1, guess + SLACK);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (openUnits[middle] <= u) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    int count() {
        return count;
    }

    public long opens(int session) {
        return opening[session] * (long) MINUTE;
    }

    public long closes(int session) {
        return opens(session) + halfHours(session) * HALF_HOUR;
    }

    /** Market time at the opening, after the gap. */
    public long openUnits(int session) {
        return openUnits[session];
    }

    public long closeUnits(int session) {
        return openUnits[session] + after[halfHours(session)];
    }

    /** Milliseconds of trading in all sessions before this one. */
    public long openMillisBefore(int session) {
        return halfHoursBefore[session] * HALF_HOUR;
    }

    private int halfHours(int session) {
        return halfHoursBefore[session + 1] - halfHoursBefore[session];
    }

    @Override
    public long unitsAt(long millis) {
        int s = sessionAt(millis);
        if (s < 0) {
            return 0;
        }
        long into = millis - opens(s);
        long half = into / HALF_HOUR;
        if (half >= halfHours(s)) {
            return closeUnits(s);
        }
        return openUnits[s] + after[(int) half] + (into - half * HALF_HOUR) * profile[(int) half];
    }

    @Override
    public long openFrom(long millis) {
        int s = sessionAt(millis);
        if (s >= 0 && millis < closes(s)) {
            return millis;
        }
        return s + 1 < count ? opens(s + 1) : NEVER;
    }

    @Override
    public long openUntil(long millis) {
        int s = sessionAt(millis);
        return s < 0 ? -NEVER : Math.min(millis, closes(s));
    }

    @Override
    public long dayUnits() {
        return (long) ((gap + after[profile.length]) / daysPerSession);
    }

    /** A range of consecutive sessions that answers market-time lookups faster, as it searches only those sessions. */
    public Range range(long from, long to) {
        return new Range(Math.max(0, sessionOf(from)), Math.min(count - 1, sessionOf(to) + 1));
    }

    /** The sessions {@code first … last}, both inclusive. */
    public final class Range {
        private final int first;
        private final int last;

        private Range(int first, int last) {
            this.first = first;
            this.last = last;
        }

        private int at(long u) {
            int low = first;
            int high = last;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (openUnits[middle] <= u) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        /** Whether the market is open at the market time; the opening and the close count as open. */
        public boolean isOpenAt(long u) {
            int s = at(u);
            return u >= openUnits[s] && u <= closeUnits(s);
        }

        /** Whether the market is closed throughout the open interval between two market times. */
        public boolean isClosedThrough(long from, long to) {
            int s = at(from);
            return from >= closeUnits(s) && (s == last || to <= openUnits[s + 1]);
        }

        /** The first market time at or after this one at which the market is open, or {@link #NEVER}. */
        public long openFrom(long u) {
            int s = at(u);
            if (u <= closeUnits(s)) {
                return Math.max(u, openUnits[s]);
            }
            return s < last ? openUnits[s + 1] : NEVER;
        }

        /** The close of the session that contains the market time. */
        public long closeOf(long u) {
            return closeUnits(at(u));
        }
    }
}
