package io.marketbrain.pipeline.quality;

import io.marketbrain.model.QualityFlag;
import io.marketbrain.pipeline.quality.QualityPolicy.Verdict;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many responses of one provider each check flagged and refused. Thread-safe. */
public final class QualityCounters {
    private final LongAdder flagged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<QualityCheck, LongAdder> flags = adders();
    private final Map<QualityCheck, LongAdder> refusals = adders();

    QualityCounters() {}

    private static Map<QualityCheck, LongAdder> adders() {
        var all = new EnumMap<QualityCheck, LongAdder>(QualityCheck.class);
        for (QualityCheck check : QualityCheck.values()) {
            all.put(check, new LongAdder());
        }
        return all;
    }

    /** Receives the counts of the checks that found something. */
    @FunctionalInterface
    public interface Reader {
        /** @param outcome {@code flagged} or {@code refused} */
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
                .forEach(code -> QualityCheck.find(code)
                        .ifPresent(check -> counters.get(check).increment()));
    }

    void read(Reader reader) {
        flags.forEach((check, count) -> read(reader, check, "flagged", count.sum()));
        refusals.forEach((check, count) -> read(reader, check, "refused", count.sum()));
    }

    private static void read(Reader reader, QualityCheck check, String outcome, long count) {
        if (count > 0) {
            reader.read(check, outcome, count);
        }
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
