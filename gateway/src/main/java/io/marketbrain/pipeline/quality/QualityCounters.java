package io.marketbrain.pipeline.quality;

import io.marketbrain.model.QualityFlag;
import io.marketbrain.pipeline.quality.QualityPolicy.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each check flagged and refused data of one provider. Thread-safe. */
final class QualityCounters {
    private final LongAdder flagged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, LongAdder> byCheck = new HashMap<>();

    QualityCounters() {
        for (QualityCheck check : QualityCheck.values()) {
            byCheck.put(check.wire(), new LongAdder());
        }
    }

    /** Counts one response. */
    void count(Verdict verdict) {
        if (verdict.refuses()) {
            refused.increment();
        } else if (!verdict.flags().isEmpty()) {
            flagged.increment();
        }
        verdict.flags().stream().map(QualityFlag::code).distinct().forEach(code -> {
            LongAdder counter = byCheck.get(code);
            if (counter != null) {
                counter.increment();
            }
        });
    }

    /** The counters by name; a check that never found anything is left out. */
    Map<String, Long> snapshot(int instruments) {
        var all = new HashMap<String, Long>();
        all.put("flagged", flagged.sum());
        all.put("refused", refused.sum());
        all.put("instruments", (long) instruments);
        byCheck.forEach((name, counter) -> {
            if (counter.sum() > 0) {
                all.put(name, counter.sum());
            }
        });
        return all;
    }
}
