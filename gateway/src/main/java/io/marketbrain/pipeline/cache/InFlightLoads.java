package io.marketbrain.pipeline.cache;

import io.marketbrain.pipeline.cache.policy.CacheKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The loads in progress, at most one per key. Thread-safe. */
final class InFlightLoads {
    private final Map<CacheKey, InFlightLoad> inFlight = new ConcurrentHashMap<>();

    /** A caller's share in the load of a key; the holder of the {@code leader} ticket has to start the load. */
    record LoadTicket(CacheKey key, InFlightLoad flight, boolean leader) {}

    LoadTicket join(CacheKey key) {
        InFlightLoad own = new InFlightLoad();
        InFlightLoad other = inFlight.putIfAbsent(key, own);
        return other == null ? new LoadTicket(key, own, true) : new LoadTicket(key, other, false);
    }

    boolean isInFlight(CacheKey key) {
        return inFlight.containsKey(key);
    }

    /**
     * Completes a load. Its result must be in the cache before this call, because callers that find no load in progress look it up there.
     */
    void complete(LoadTicket ticket, LoadResult result) {
        inFlight.remove(ticket.key(), ticket.flight());
        ticket.flight().complete(result);
    }

    /**
     * Runs {@code action}, which must not block, unless a purge has invalidated the load. The check and the action are atomic, so that a later purge removes what was stored.
     */
    void unlessInvalidated(LoadTicket ticket, Runnable action) {
        inFlight.computeIfPresent(ticket.key(), (_, flight) -> {
            if (!ticket.flight().invalidated()) {
                action.run();
            }
            return flight;
        });
    }

    /** Completes the load with {@code soFar} for current waiters and continues it under a new ticket for later ones. */
    LoadTicket continueAfter(LoadTicket ticket, LoadResult soFar) {
        InFlightLoad next = new InFlightLoad();
        // Atomic, so that a purge of either the old or the new load invalidates the new one.
        inFlight.computeIfPresent(ticket.key(), (_, flight) -> {
            if (flight != ticket.flight()) {
                return flight;
            }
            if (flight.invalidated()) {
                next.invalidate();
            }
            return next;
        });
        ticket.flight().complete(soFar);
        return new LoadTicket(ticket.key(), next, true);
    }

    /** Invalidates the loads in progress of the matching keys: their results must not be cached. */
    void invalidate(Predicate<CacheKey> about) {
        for (CacheKey key : inFlight.keySet()) {
            if (about.test(key)) {
                inFlight.computeIfPresent(key, (_, flight) -> flight.invalidate());
            }
        }
    }

    int size() {
        return inFlight.size();
    }
}
