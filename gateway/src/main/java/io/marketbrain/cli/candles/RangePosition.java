package io.marketbrain.cli.candles;

import io.marketbrain.model.Interval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a range has been written.
 *
 * @param rows the number of candles written
 * @param lastOpen the opening time of the last of them; null if there is none
 */
public record RangePosition(long rows, @Nullable Instant lastOpen) {
    static final RangePosition START = new RangePosition(0, null);

    /** A sentence that says how to continue after what was written; empty if nothing was. */
    public String resumption(Interval interval) {
        return lastOpen == null ? "" : "to continue, run it again with --from " + interval.next(lastOpen);
    }
}
