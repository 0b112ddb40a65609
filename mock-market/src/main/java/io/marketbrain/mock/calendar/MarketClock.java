package io.marketbrain.mock.calendar;

/**
 * Maps wall time to market time: when a market trades and how fast its own time passes. Wall time is in milliseconds
 * since 1970; market time is an integer that increases strictly while the market is open and stands still while it is
 * closed. The rules are hard-coded for the years of {@link SupportedYears} and never use the machine's time-zone data, so
 * results are the same everywhere.
 */
public sealed interface MarketClock permits ContinuousClock, TradingCalendar {
    /** Market-time units per millisecond of average activity. */
    int UNITS_PER_MILLI = 64;

    /** Later than any instant; its negative is earlier than any. */
    long NEVER = Long.MAX_VALUE;

    /** The market time at the instant; at an opening, the one after the gap. */
    long unitsAt(long millis);

    /** The first instant at or after this one at which the market is open, or {@link #NEVER}. */
    long openFrom(long millis);

    /**
     * This instant if the market is open or just closing, otherwise the previous close, or minus {@link #NEVER} if
     * there is none.
     */
    long openUntil(long millis);

    /** Average market time in a trading day. */
    long dayUnits();
}
