package io.marketbrain.telemetry.log;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A rendered line waiting for one sink. It is counted once: as written or dropped by the {@link SinkWriter}, or as dropped
 * when the log is closed.
 */
final class QueuedLine {

    private final LogLevel level;
    private final byte[] bytes;
    private final AtomicBoolean settled = new AtomicBoolean();

    QueuedLine(LogLevel level, byte[] bytes) {
        this.level = level;
        this.bytes = bytes;
    }

    LogLevel level() {
        return level;
    }

    /** The line in UTF-8 with its line end; shared between sinks and never modified. */
    byte[] bytes() {
        return bytes;
    }

    /** True for the first call only, whose caller must count this line. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }
}
