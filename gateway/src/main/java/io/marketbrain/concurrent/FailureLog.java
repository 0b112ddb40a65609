package io.marketbrain.concurrent;

import io.marketbrain.model.NanoClock;
import java.time.Duration;

/**
 * Logs failures of one kind at a bounded rate: the first at once with its stack trace, then at most one per {@link
 * #INTERVAL}, with the number of those not logged. Never throws. Thread-safe.
 */
public final class FailureLog {
    /** The least time between two lines about the same kind of failure. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    private final System.Logger log;
    private final String message;
    private final NanoClock nanoClock;
    private long suppressed;
    private long lastNanos;
    private boolean any;

    /** @param message what failed, as the start of the line */
    public FailureLog(System.Logger log, String message, NanoClock nanoClock) {
        this.log = log;
        this.message = message;
        this.nanoClock = nanoClock;
    }

    /** Logs a failure as an error, or counts it as suppressed. */
    public void record(Throwable cause) {
        try {
            long skipped = trySkipped();
            if (skipped >= 0) {
                log.log(
                        System.Logger.Level.ERROR,
                        skipped == 0 ? message : message + " (" + skipped + " more failures were not logged)",
                        cause);
            }
        } catch (Throwable unloggable) {
            // The failure is counted elsewhere; a log that fails, for instance for lack of stack, must not end the
            // work.
        }
    }

    /** Logs {@code line} as a warning without a stack trace, at the same bounded rate, or counts it as suppressed. */
    public void warn(String line) {
        long skipped = trySkipped();
        if (skipped >= 0) {
            log.log(
                    System.Logger.Level.WARNING,
                    skipped == 0 ? line : line + " (" + skipped + " more were not logged)");
        }
    }

    /** The number of failures not logged since the last line, if one may be logged now; otherwise -1. */
    private synchronized long trySkipped() {
        long now = nanoClock.nanos();
        if (any && now - lastNanos < INTERVAL.toNanos()) {
            suppressed++;
            return -1;
        }
        any = true;
        lastNanos = now;
        long skipped = suppressed;
        suppressed = 0;
        return skipped;
    }
}
