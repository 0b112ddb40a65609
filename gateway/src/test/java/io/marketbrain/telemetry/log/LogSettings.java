package io.marketbrain.telemetry.log;

import java.nio.file.Path;
import java.time.Duration;

/** A builder of {@link LogConfig}; values are checked only by {@link #config()}. */
final class LogSettings {

    private LogLevel level = LogLevel.INFO;
    private LogConfig.Terminal terminal = LogConfig.Terminal.STDOUT;
    private int queueLines = 1000;
    private long queueBytes = 1024 * 1024;
    private int lineLength = 8192;
    private int stackFrames = 50;
    private Path file = Path.of("logs", "critical_errors.log");
    private long fileBytes = 5 * 1024 * 1024;
    private int filesKept = 3;
    private Duration drainTime = Duration.ofSeconds(2);

    static LogSettings defaults() {
        return new LogSettings();
    }

    LogConfig config() {
        return new LogConfig(
                level,
                terminal,
                queueLines,
                queueBytes,
                lineLength,
                stackFrames,
                file,
                fileBytes,
                filesKept,
                drainTime);
    }

    LogSettings level(LogLevel value) {
        level = value;
        return this;
    }

    LogSettings terminal(LogConfig.Terminal value) {
        terminal = value;
        return this;
    }

    LogSettings queueLines(int value) {
        queueLines = value;
        return this;
    }

    LogSettings queueBytes(long value) {
        queueBytes = value;
        return this;
    }

    LogSettings lineLength(int value) {
        lineLength = value;
        return this;
    }

    LogSettings stackFrames(int value) {
        stackFrames = value;
        return this;
    }

    LogSettings file(Path value) {
        file = value;
        return this;
    }

    LogSettings fileBytes(long value) {
        fileBytes = value;
        return this;
    }

    LogSettings filesKept(int value) {
        filesKept = value;
        return this;
    }

    LogSettings drainTime(Duration value) {
        drainTime = value;
        return this;
    }
}
