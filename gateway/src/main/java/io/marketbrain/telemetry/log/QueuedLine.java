package io.marketbrain.telemetry.log;

import java.util.concurrent.atomic.AtomicBoolean;

/** A rendered line waiting for one sink. Its fate is decided once: by the drainer, or by a close that gives up. */
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

    /** The line in UTF-8 with its line end; shared between sinks, never changed. */
    byte[] bytes() {
        return bytes;
    }

    /** True for the one caller that may count this line. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }
}
