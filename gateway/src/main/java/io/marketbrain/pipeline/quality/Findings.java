package io.marketbrain.pipeline.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * What the checks have found in one response. Immutable; {@link #NONE} is shared, so that nothing is allocated where
 * nothing is found.
 */
public final class Findings {
    /** The most findings kept of one check; a response may have thousands of equal faults. */
    static final int MAX_PER_CHECK = 3;

    public static final Findings NONE = new Findings(List.of());

    private final List<Finding> all;

    private Findings(List<Finding> all) {
        this.all = all;
    }

    /**
     * What one check has found.
     *
     * @param detail one sentence for the caller, with the figures that made the finding
     */
    public record Finding(QualityCheck check, String detail) {}

    /** These findings and another one, unless there are already enough of its check. */
    public Findings and(QualityCheck check, String detail) {
        if (isFull(check)) {
            return this;
        }
        List<Finding> more = new ArrayList<>(all);
        more.add(new Finding(check, detail));
        return new Findings(List.copyOf(more));
    }

    /** Whether further findings of the check would be dropped, so that the caller need not look for them. */
    public boolean isFull(QualityCheck check) {
        return count(check) >= MAX_PER_CHECK;
    }

    /** Whether a price is impossible, or a time in the future or absurd, so that nothing can be learnt from the data. */
    boolean teachesNothing() {
        return has(QualityCheck.IMPOSSIBLE_PRICE) || has(QualityCheck.FUTURE_TIME) || has(QualityCheck.ABSURD_TIME);
    }

    /** Whether anything is doubtful without a comparison with other prices, which may themselves be the wrong ones. */
    boolean isDoubtfulAlone() {
        return all.size() > count(QualityCheck.PRICE_JUMP) + count(QualityCheck.SOURCE_DEVIATION);
    }

    private boolean has(QualityCheck check) {
        return count(check) > 0;
    }

    /** Without an iterator, which would be allocated for every clean response. */
    private int count(QualityCheck check) {
        int same = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).check() == check) {
                same++;
            }
        }
        return same;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The findings in the order in which they were added. */
    public List<Finding> list() {
        return all;
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
