package io.marketbrain.pipeline.stream.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a gateway whose feed has been down for long leaves it to another one, which may be able to connect: the provider may
 * block only this one. Not thread-safe.
 */
final class HolderHealth {
    /** How long everything must have been down. */
    static final Duration DOWN = Duration.ofSeconds(30);

    /** How long the gateway then does not take the lease. */
    static final Duration LEAVE = Duration.ofMinutes(5);

    private @Nullable Long downSince;
    private @Nullable Long leavesUntil;

    /** @param down whether this gateway holds the feed for others, and nothing of it is up */
    void look(boolean down, long nanos) {
        Long until = leavesUntil;
        if (until != null && nanos - until >= 0) {
            leavesUntil = null;
        }
        Long since = downSince;
        if (!down) {
            downSince = null;
        } else if (since == null) {
            downSince = nanos;
        } else if (nanos - since > DOWN.toNanos()) {
            downSince = null;
            leavesUntil = nanos + LEAVE.toNanos();
        }
    }

    /** Whether the lease is left to others. */
    boolean leavesToOthers() {
        return leavesUntil != null;
    }
}
