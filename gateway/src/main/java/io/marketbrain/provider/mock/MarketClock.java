package io.marketbrain.provider.mock;

/**
 * When a market trades and how fast its own time runs: wall time in milliseconds since 1970 to market time, an integer
 * that grows strictly while the market is open and stands still while it is closed. Rules are hard-coded for the years
 * of {@link Horizon}; the time-zone data of the machine is never asked.
 */
sealed interface MarketClock permits RoundTheClock, Sessions {
    /** Market-time units in a millisecond of average activity. */
    int UNITS_PER_MILLI = 64;

    /** Later than any instant, and its negative earlier. */
    long NEVER = Long.MAX_VALUE;

    /** The market time of the instant; at an opening, that after the gap. */
    long unitsAt(long millis);

    /** The first instant at or after this one at which the market is open, or {@link #NEVER}. */
    long openFrom(long millis);

    /** This instant if the market is open or just closing, else the closing before it, or minus {@link #NEVER}. */
    long openUntil(long millis);

    /** How much market time a trading day has on average. */
    long dayUnits();
}
