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

    private final Map<Key, Stepped> clocks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Stepped> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String caller, String name) {}

    /** @param passing the number of the setting from which the time has only advanced since */
    private record Stepped(Instant now, long passing) {}

    private long settings;

    /** The time of a clock; empty if it has not been set. */
    public synchronized Optional<Instant> find(String caller, String name) {
        return Optional.ofNullable(clocks.get(new Key(caller, name))).map(Stepped::now);
    }

    /** Sets a clock, which begins another passing of time unless it only advances. */
    public synchronized void set(String caller, String name, Instant to) {
        clocks.compute(
                new Key(caller, name),
                (_, before) ->
                        new Stepped(to, before == null || to.isBefore(before.now()) ? ++settings : before.passing()));
    }

    /** The number of the passing of time that a clock is in; 0 if it has not been set. */
    public synchronized long passing(String caller, String name) {
        Stepped clock = clocks.get(new Key(caller, name));
        return clock == null ? 0 : clock.passing();
    }

    /** Moves a clock; returns its time before it was moved, empty if it has not been set. */
    public synchronized Optional<Instant> advance(String caller, String name, Duration by) {
        Optional<Instant> before = find(caller, name);
        before.ifPresent(time -> set(caller, name, time.plus(by)));
        return before;
    }
}
