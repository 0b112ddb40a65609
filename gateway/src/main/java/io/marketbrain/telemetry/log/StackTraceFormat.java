package io.marketbrain.telemetry.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Renders a stack trace as indented lines, bounded in frames, causes and characters, with a mark where something was
 * omitted. Every line begins with spaces, so that none can be mistaken for the start of another log entry. Thread-safe.
 */
final class StackTraceFormat {

    private static final int MOST_CAUSES = 8;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int LONGEST_FRAME = 300;
    private static final String CUT = "\n    ... [stack trace cut]";

    private final SafeText text;
    private final int mostFrames;

    StackTraceFormat(SafeText text, int mostFrames) {
        this.text = text;
        this.mostFrames = mostFrames;
    }

    /** Appends the trace to {@code out}, up to the maximum line length. */
    void append(StringBuilder out, IThrowableProxy thrown, int lineLength) {
        int end = lineLength - CUT.length() - 1;
        int frames = mostFrames;
        int causes = 0;
        String title = "";
        for (@Nullable IThrowableProxy at = thrown; at != null; at = at.getCause()) {
            if (causes++ == MOST_CAUSES || !appendTitle(out, title, at, end)) {
                out.append(CUT);
                return;
            }
            int shown = appendFrames(out, at, frames, end);
            frames -= shown;
            int left = at.getStackTraceElementProxyArray().length - at.getCommonFrames() - shown;
            if (left > 0 && !appendLine(out, "        ... " + left + " more", end)) {
                out.append(CUT);
                return;
            }
            title = "caused by ";
        }
    }

    private boolean appendTitle(StringBuilder out, String title, IThrowableProxy thrown, int end) {
        StringBuilder line = new StringBuilder("    ").append(title).append(thrown.getClassName());
        if (thrown.getMessage() != null) {
            text.append(line.append(": "), thrown.getMessage(), LONGEST_MESSAGE);
        }
        return appendLine(out, line, end);
    }

    private static int appendFrames(StringBuilder out, IThrowableProxy thrown, int most, int end) {
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int own = Math.min(most, frames.length - thrown.getCommonFrames());
        int shown = 0;
        while (shown < own) {
            String frame = "        " + frames[shown].getSTEAsString();
            if (!appendLine(out, frame.length() > LONGEST_FRAME ? frame.substring(0, LONGEST_FRAME) : frame, end)) {
                break;
            }
            shown++;
        }
        return shown;
    }

    private static boolean appendLine(StringBuilder out, CharSequence line, int end) {
        if (out.length() + 1 + line.length() > end) {
            return false;
        }
        out.append('\n').append(line);
        return true;
    }
}
