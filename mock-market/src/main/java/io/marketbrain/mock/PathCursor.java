package io.marketbrain.mock;

import io.marketbrain.mock.calendar.MarketClock;
import io.marketbrain.mock.calendar.SupportedYears;
import io.marketbrain.mock.calendar.TradingCalendar;

/**
 * A cursor on one market's path: after moving to an instant, it gives the log price and the volume traded so far. It
 * remembers its position, so that the close of one candle is not computed again as the open of the next. Not
 * thread-safe.
 *
 * <p>Volume is a running total, so volumes of adjacent ranges add up exactly. Where a market closes, the path's volume
 * during the closed hours is spread proportionally over the following session: nothing trades while a market is closed,
 * and any range of sessions takes two lookups. Four lots per second are added, so that every second has something to
 * trade.
 */
final class PathCursor {
    static final int MILLIS_PER_LOT = 250;

    private final PricePath path;
    private final MarketClock clock;
    private final PathPoint spot = new PathPoint();
    private final PathPoint other = new PathPoint();
    private long at = Long.MIN_VALUE;
    private long volume;

    /** The session whose close was computed last, and the path's volume there. */
    private int session = Integer.MIN_VALUE;

    private long closed;

    /** The session that volumes are currently scaled to: the path's volume before it, at its opening and during it. */
    private int scaled = Integer.MIN_VALUE;

    private long before;
    private long opened;
    private long traded;

    PathCursor(PricePath path, MarketClock clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Moves to an instant; while the market is closed, to its last close. */
    void moveTo(long millis) {
        if (millis == at) {
            return;
        }
        path.locate(clock.unitsAt(millis), spot);
        volume = clock instanceof TradingCalendar sessions
                ? sessionVolume(sessions, millis)
                : spot.volume + Math.floorDiv(millis - SupportedYears.START, MILLIS_PER_LOT);
        at = millis;
    }

    /** The current point of the path. Its volume includes closed hours: use {@link #volume()} instead. */
    PathPoint spot() {
        return spot;
    }

    /** Lots traded from the start of {@link SupportedYears} to the current instant. */
    long volume() {
        return volume;
    }

    private long sessionVolume(TradingCalendar sessions, long millis) {
        int now = sessions.sessionAt(millis);
        if (now < 0) {
            return 0;
        }
        long into = millis - sessions.opens(now);
        long length = sessions.closes(now) - sessions.opens(now);
        long minimum = (sessions.openMillisBefore(now) + Math.min(into, length)) / MILLIS_PER_LOT;
        if (into >= length) {
            session = now;
            closed = spot.volume;
            return closed + minimum;
        }
        if (into == 0) {
            return closedBefore(sessions, now) + minimum;
        }
        if (scaled != now) {
            before = closedBefore(sessions, now);
            opened = volumeAt(sessions.openUnits(now));
            traded = Math.max(1, volumeAt(sessions.closeUnits(now)) - opened);
            scaled = now;
        }
        double part = (double) (spot.volume - opened) / traded;
        return before + (long) (part * (opened + traded - before)) + minimum;
    }

    /** The path's volume at the close before a session. */
    private long closedBefore(TradingCalendar sessions, int now) {
        if (session != now - 1) {
            closed = volumeAt(now == 0 ? 0 : sessions.closeUnits(now - 1));
            session = now - 1;
        }
        return closed;
    }

    private long volumeAt(long units) {
        path.locate(units, other);
        return other.volume;
    }
}
