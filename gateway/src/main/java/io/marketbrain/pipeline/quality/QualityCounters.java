package io.marketbrain.pipeline.quality;

import io.marketbrain.model.QualityFlag;
import io.marketbrain.pipeline.quality.QualityPolicy.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many responses of one provider each check flagged and refused. Thread-safe. */
public final class QualityCounters {
    private final LongAdder flagged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<QualityCheck, LongAdder> flags = new ConcurrentHashMap<>();
    private final Map<QualityCheck, LongAdder> refusals = new ConcurrentHashMap<>();

    QualityCounters() {}

    /** Receives the counts of the checks that found something. */
    @FunctionalInterface
    public interface Reader {
        /** Receives one count; {@code outcome} is {@code flagged} or {@code refused}. */
        void read(QualityCheck check, String outcome, long count);
    }

    /** Counts one response. */
    void count(Verdict verdict) {
        if (verdict.refuses()) {
            refused.increment();
            count(verdict.refusals(), refusals);
        } else if (!verdict.flags().isEmpty()) {
            flagged.increment();
            count(verdict.flags(), flags);
        }
    }

    private static void count(List<QualityFlag> found, Map<QualityCheck, LongAdder> counters) {
        found.stream()
                .map(QualityFlag::code)
                .distinct()
                .flatMap(code -> QualityCheck.find(code).stream())
                .forEach(check ->
                        counters.computeIfAbsent(check, _ -> new LongAdder()).increment());
    }

    void read(Reader reader) {
        flags.forEach((check, count) -> reader.read(check, "flagged", count.sum()));
        refusals.forEach((check, count) -> reader.read(check, "refused", count.sum()));
    }

    /** The counters by name: of responses, and of each check that found something. */
    Map<String, Long> snapshot(int instruments) {
        var all = new HashMap<String, Long>();
        all.put("flagged", flagged.sum());
        all.put("refused", refused.sum());
        all.put("instruments", (long) instruments);
        read((check, _, count) -> all.merge(check.wire(), count, Long::sum));
        return all;
    }
}
