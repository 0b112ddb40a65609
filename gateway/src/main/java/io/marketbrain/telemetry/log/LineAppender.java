package io.marketbrain.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;

/**
 * The end of the logging library and the start of our own queues: renders an event on the thread that logs, once for both
 * outlets and only where one of them has a place, and never waits. The message is rendered here, and not by a drainer,
 * because its arguments may change or be large, and because queues of finished lines are bounded in bytes.
 */
final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final LineFormat format;
    private final Outlet terminal;
    private final Outlet file;

    LineAppender(LineFormat format, Outlet terminal, Outlet file) {
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

    private static void deliver(Outlet outlet, boolean admitted, LogLevel level, byte @Nullable [] line) {
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
