package io.marketbrain.cli.candles;

import io.marketbrain.model.Interval;
import java.io.PrintStream;

/** While a range is written: says where to resume if the process is told to stop, by Ctrl-C or SIGTERM. */
public final class ResumeNotice implements AutoCloseable {
    private final Thread hook;

    public ResumeNotice(CandleLines lines, Interval interval, PrintStream err) {
        hook = new Thread(() -> announce(lines, interval, err), "resume-notice");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static void announce(CandleLines lines, Interval interval, PrintStream err) {
        try {
            RangePosition position = lines.stop().orElse(lines.position());
            String resumption = position.resumption(interval);
            err.println("brain: interrupted after " + position.rows() + " candles"
                    + (resumption.isEmpty() ? "" : "; " + resumption));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // the process is already stopping, so the hook runs
        }
    }
}
