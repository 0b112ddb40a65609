package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Operation;
import io.marketbrain.model.QualityFlag;
import java.util.ArrayList;
import java.util.List;

/** Decides by the configured actions what findings mean for the response. Pure. */
final class QualityPolicy {
    private QualityPolicy() {}

    /**
     * What the findings mean.
     *
     * @param refusals the findings for which the data is refused; empty if it is returned
     * @param flags every finding that is not switched off, as flags, those of {@code refusals} first
     */
    record Verdict(List<QualityFlag> refusals, List<QualityFlag> flags) {
        static final Verdict CLEAN = new Verdict(List.of(), List.of());

        boolean refuses() {
            return !refusals.isEmpty();
        }
    }

    static Verdict decide(Findings findings, Operation kind, QualityConfig.Actions actions) {
        if (findings.isEmpty()) {
            return Verdict.CLEAN;
        }
        List<QualityFlag> refusals = new ArrayList<>();
        List<QualityFlag> others = new ArrayList<>();
        for (Findings.Finding one : findings.list()) {
            switch (actions.of(kind, one.check())) {
                case REFUSE -> refusals.add(flag(one));
                case FLAG -> others.add(flag(one));
                case OFF -> {}
            }
        }
        List<QualityFlag> flags = new ArrayList<>(refusals);
        flags.addAll(others);
        return new Verdict(List.copyOf(refusals), List.copyOf(flags));
    }

    private static QualityFlag flag(Findings.Finding one) {
        return new QualityFlag(one.check().wire(), one.detail());
    }
}
