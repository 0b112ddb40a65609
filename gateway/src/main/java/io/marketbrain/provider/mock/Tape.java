package io.marketbrain.provider.mock;

/**
 * A reading head on one market's path: moved to an instant, it tells the log price and the volume traded until then.
 * A scratch object that remembers where it stands, so that a candle's close is not looked up again as the next one's
 * open. Not thread-safe.
 *
 * <p>Volume is a running total, so that it telescopes. Where a market closes, what the path trades during the closed
 * hours is spread over the session that follows, in proportion: nothing trades while a market is closed, and any range
 * of sessions costs two looks. On top come four lots a second, so that every second's trades have something to trade.
 */
final class Tape {
    static final int MILLIS_PER_LOT = 250;

    private final Path path;
    private final MarketClock clock;
    private final Spot spot = new Spot();
    private final Spot other = new Spot();
    private long at = Long.MIN_VALUE;
    private long volume;

    /** The session whose closing was looked up last, and the path's volume there. */
    private int session = Integer.MIN_VALUE;

    private long closed;

    /** The session that is being scaled: the path's volume before, at its opening and during it. */
    private int scaled = Integer.MIN_VALUE;

    private long before;
    private long opened;
    private long traded;

    Tape(Path path, MarketClock clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Moves to an instant; while the market is closed that is its last closing. */
    void moveTo(long millis) {
        if (millis == at) {
            return;
        }
        path.locate(clock.unitsAt(millis), spot);
        volume = clock instanceof Sessions sessions
                ? sessionVolume(sessions, millis)
                : spot.volume + Math.floorDiv(millis - Horizon.START, MILLIS_PER_LOT);
        at = millis;
    }

    /** The point of the path, the volume of which counts closed hours too: see {@link #volume()}. */
    Spot spot() {
        return spot;
    }

    /** Lots traded up to here since the beginning of time. */
    long volume() {
        return volume;
    }

    private long sessionVolume(Sessions sessions, long millis) {
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

    /** The path's volume at the closing before a session. */
    private long closedBefore(Sessions sessions, int now) {
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
