package io.marketbrain.api.time;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks that clients set and advance themselves, each caller's its own. Only the most recently used ones are kept.
 * Thread-safe.
 */
public final class SteppedClocks {
    /** How many clocks are kept. */
    public static final int MOST = 1000;

    private final Map<Key, Instant> clocks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String caller, String name) {}

    /** The time of a clock; empty if it has not been set. */
    public synchronized Optional<Instant> find(String caller, String name) {
        return Optional.ofNullable(clocks.get(new Key(caller, name)));
    }

    public synchronized void set(String caller, String name, Instant to) {
        clocks.put(new Key(caller, name), to);
    }

    /** Moves a clock; returns its time before it was moved, empty if it has not been set. */
    public synchronized Optional<Instant> advance(String caller, String name, Duration by) {
        Optional<Instant> before = find(caller, name);
        before.ifPresent(time -> set(caller, name, time.plus(by)));
        return before;
    }
}
