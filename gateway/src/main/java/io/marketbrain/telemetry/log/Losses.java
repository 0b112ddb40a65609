package io.marketbrain.telemetry.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/** The dropped lines that the reader of a sink has not been told of yet. Used by one thread. */
final class Losses {
    private final Tally tally;
    private final Map<LogLevel, Long> told = new EnumMap<>(LogLevel.class);
    private long toldInAll;

    Losses(Tally tally) {
        this.tally = tally;
    }

    /** Whether there is anything to tell. */
    boolean any() {
        return tally.dropped() > toldInAll;
    }

    /** What was lost since the reader was last told; levels that lost nothing are left out. */
    Map<LogLevel, Long> untold() {
        Map<LogLevel, Long> untold = new EnumMap<>(LogLevel.class);
        tally.counts().levels().forEach((level, count) -> {
            long lost = count.dropped() - told.getOrDefault(level, 0L);
            if (lost > 0) {
                untold.put(level, lost);
            }
        });
        return untold;
    }

    /** These losses have reached the reader. */
    void told(Map<LogLevel, Long> losses) {
        losses.forEach((level, lost) -> told.merge(level, lost, Long::sum));
        toldInAll += inAll(losses);
    }

    /** Losses in words: {@code 12 lines were dropped here (INFO 10, ERROR 2)}. */
    static String inWords(Map<LogLevel, Long> losses) {
        long total = inAll(losses);
        StringJoiner levels = new StringJoiner(", ", " (", ")");
        losses.forEach((level, lost) -> levels.add(level + " " + lost));
        return total + (total == 1 ? " line was" : " lines were") + " dropped here" + levels;
    }

    private static long inAll(Map<LogLevel, Long> losses) {
        return losses.values().stream().mapToLong(Long::longValue).sum();
    }
}
