package io.marketbrain.facade.binance;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The weight that each caller's requests had in the current minute, as Binance counts it. Limits nobody. Thread-safe. */
final class UsedWeight {
    private static final long MINUTE = 60;

    private final InstantSource clock;
    private final Map<String, Minute> byCaller = new ConcurrentHashMap<>();

    /** @param minute since 1970 */
    private record Minute(long minute, long weight) {}

    UsedWeight(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds a request; returns the weight of the minute so far. */
    long add(String caller, int weight) {
        Instant now = clock.instant();
        long minute = Math.floorDiv(now.getEpochSecond(), MINUTE);
        return byCaller.merge(
                        caller,
                        new Minute(minute, weight),
                        (before, added) -> before.minute() == minute
                                ? new Minute(minute, before.weight() + added.weight())
                                : added)
                .weight();
    }
}
