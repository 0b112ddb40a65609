package io.marketbrain.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;

/**
 * Passes events from the logging library to the gateway's own queues. Renders an event on the thread that logs, once
 * for both outlets and only if one of them has room, and never waits. The message is rendered here rather than by a
 * {@link SinkWriter} because its arguments may change or be large, and because queues of rendered lines can be bounded in
 * bytes.
 */
final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final LineFormat format;
    private final LogOutlet terminal;
    private final LogOutlet file;

    LineAppender(LineFormat format, LogOutlet terminal, LogOutlet file) {
        this.format = format;
        this.terminal = terminal;
        this.file = file;
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLevel level = levelOf(event.getLevel());
        boolean forTerminal = terminal.admit(level);
        boolean forFile = level == LogLevel.ERROR && file.admit(level);
        if (!forTerminal && !forFile) {
            return;
        }
        byte @Nullable [] line = null;
        try {
            line = format.render(event, level);
        } finally {
            deliver(terminal, forTerminal, level, line);
            deliver(file, forFile, level, line);
        }
    }

    private static void deliver(LogOutlet outlet, boolean admitted, LogLevel level, byte @Nullable [] line) {
        if (!admitted) {
            return;
        }
        if (line == null) {
            outlet.forgo(level);
        } else {
            outlet.put(level, line);
        }
    }

    private static LogLevel levelOf(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> LogLevel.ERROR;
            case Level.WARN_INT -> LogLevel.WARN;
            case Level.INFO_INT -> LogLevel.INFO;
            case Level.DEBUG_INT -> LogLevel.DEBUG;
            default -> LogLevel.TRACE;
        };
    }
}
