package io.marketbrain.pipeline.quality;

import io.marketbrain.model.QualityFlag;
import io.marketbrain.pipeline.quality.QualityPolicy.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How many responses of one provider each check flagged and refused. Thread-safe. */
public final class QualityCounters {
    private final LongAdder flagged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder[] flags = adders();
    private final LongAdder[] refusals = adders();

    QualityCounters() {}

    /** One for each check, by its position. */
    private static LongAdder[] adders() {
        return Stream.generate(LongAdder::new)
                .limit(QualityCheck.values().length)
                .toArray(LongAdder[]::new);
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

    private static void count(List<QualityFlag> found, LongAdder[] counters) {
        found.stream()
                .map(QualityFlag::code)
                .distinct()
                .flatMap(code -> QualityCheck.find(code).stream())
                .forEach(check -> counters[check.ordinal()].increment());
    }

    void read(Reader reader) {
        for (QualityCheck check : QualityCheck.values()) {
            read(reader, check, "flagged", flags[check.ordinal()].sum());
            read(reader, check, "refused", refusals[check.ordinal()].sum());
        }
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
