package io.marketbrain.pipeline.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The loads under way: never two for one key. Thread-safe. */
final class Flights {
    private final Map<CacheKey, Flight> underWay = new ConcurrentHashMap<>();

    /** A place on the load of a key; the one whose place is {@code first} has to start it. */
    record Seat(CacheKey key, Flight flight, boolean first) {}

    Seat seat(CacheKey key) {
        Flight mine = new Flight();
        Flight other = underWay.putIfAbsent(key, mine);
        return other == null ? new Seat(key, mine, true) : new Seat(key, other, false);
    }

    boolean isUnderWay(CacheKey key) {
        return underWay.containsKey(key);
    }

    /**
     * Ends a load. What it brought must be in its tier before: whoever finds no flight after this looks there.
     */
    void land(Seat seat, Landing how) {
        underWay.remove(seat.key(), seat.flight());
        seat.flight().land(how);
    }

    /**
     * Does {@code keeping}, which must not block, unless a purge has overtaken the load. As one step, so that a purge that
     * comes later finds what is kept.
     */
    void unlessOvertaken(Seat seat, Runnable keeping) {
        underWay.computeIfPresent(seat.key(), (_, flight) -> {
            if (!seat.flight().overtaken()) {
                keeping.run();
            }
            return flight;
        });
    }

    /** Lets those who wait for a load have {@code soFar}, and goes on for those who come later. */
    Seat continueAfter(Seat seat, Landing soFar) {
        Flight onward = new Flight();
        // As one step, so that what overtakes the one flight or the other overtakes the onward one.
        underWay.computeIfPresent(seat.key(), (_, flight) -> {
            if (flight != seat.flight()) {
                return flight;
            }
            if (flight.overtaken()) {
                onward.overtake();
            }
            return onward;
        });
        seat.flight().land(soFar);
        return new Seat(seat.key(), onward, true);
    }

    /** What loads of these keys bring from now on is not to be kept. */
    void overtake(Predicate<CacheKey> about) {
        for (CacheKey key : underWay.keySet()) {
            if (about.test(key)) {
                underWay.computeIfPresent(key, (_, flight) -> flight.overtake());
            }
        }
    }

    int size() {
        return underWay.size();
    }
}
