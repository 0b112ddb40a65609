package io.marketbrain.telemetry.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/** The dropped lines that have not been announced at the sink yet. Not thread-safe. */
final class UnreportedDrops {
    private final SinkCounters tally;
    private final Map<LogLevel, Long> reportedByLevel = new EnumMap<>(LogLevel.class);
    private long totalReported;

    UnreportedDrops(SinkCounters tally) {
        this.tally = tally;
    }

    /** Whether there are drops to announce. */
    boolean any() {
        return tally.dropped() > totalReported;
    }

    /** The lines dropped since the last announcement, by level; levels without drops are omitted. */
    Map<LogLevel, Long> unreported() {
        Map<LogLevel, Long> unreported = new EnumMap<>(LogLevel.class);
        tally.counts().levels().forEach((level, count) -> {
            long lost = count.dropped() - reportedByLevel.getOrDefault(level, 0L);
            if (lost > 0) {
                unreported.put(level, lost);
            }
        });
        return unreported;
    }

    /** Marks these drops as announced. */
    void reported(Map<LogLevel, Long> losses) {
        losses.forEach((level, lost) -> reportedByLevel.merge(level, lost, Long::sum));
        totalReported += total(losses);
    }

    /** The drops as text: {@code 12 lines were dropped here (INFO 10, ERROR 2)}. */
    static String inWords(Map<LogLevel, Long> losses) {
        long total = total(losses);
        StringJoiner levels = new StringJoiner(", ", " (", ")");
        losses.forEach((level, lost) -> levels.add(level + " " + lost));
        return total + (total == 1 ? " line was" : " lines were") + " dropped here" + levels;
    }

    private static long total(Map<LogLevel, Long> losses) {
        return losses.values().stream().mapToLong(Long::longValue).sum();
    }
}
