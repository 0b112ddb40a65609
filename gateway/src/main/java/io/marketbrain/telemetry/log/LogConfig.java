package io.marketbrain.telemetry.log;

import io.marketbrain.model.SettingRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of the log, each within its range.
 *
 * @param level the lowest level that is logged
 * @param terminal the stream for the terminal's lines
 * @param queueLines maximum number of lines waiting for one sink (1 to 100 000)
 * @param queueBytes maximum number of bytes waiting for one sink (four times {@code lineLength} to 256 MiB)
 * @param lineLength maximum number of characters of a line, its stack trace included; longer lines are cut and marked
 *     (512 to 65 536)
 * @param stackFrames maximum number of stack frames of a line (0 to 1000)
 * @param file the file for errors; neither it nor its folder exists before the first error
 * @param fileBytes size at which the file is rotated (four times {@code lineLength} to 1 GiB)
 * @param filesKept how many rotated files are kept beside it (0 to 99)
 * @param drainTime longest time that {@link GatewayLog#close()} waits for the sinks (0 to 10 s)
 */
@RecordBuilder
public record LogConfig(
        LogLevel level,
        Terminal terminal,
        int queueLines,
        long queueBytes,
        int lineLength,
        int stackFrames,
        Path file,
        long fileBytes,
        int filesKept,
        Duration drainTime)
        implements LogConfigBuilder.With {
    public static final SettingRange<Integer> QUEUE_LINES = SettingRange.of("log.queue_lines", 1, 100_000);
    public static final SettingRange<Long> QUEUE_BYTES =
            SettingRange.of("log.queue_bytes", 2048L, 256L << 20).and("at least four times log.line_length");
    public static final SettingRange<Integer> LINE_LENGTH = SettingRange.of("log.line_length", 512, 65_536)
            .and("at most a quarter of log.queue_bytes and of log.file_bytes");
    public static final SettingRange<Integer> STACK_FRAMES = SettingRange.of("log.stack_frames", 0, 1000);
    public static final SettingRange<Long> FILE_BYTES =
            SettingRange.of("log.file_bytes", 2048L, 1L << 30).and("at least four times log.line_length");
    public static final SettingRange<Integer> FILES_KEPT = SettingRange.of("log.files_kept", 0, 99);
    public static final SettingRange<Duration> DRAIN_TIME =
            SettingRange.of("log.drain_time", Duration.ZERO, Duration.ofSeconds(10));

    /** The stream that carries the terminal's lines. */
    public enum Terminal {
        STDOUT,
        STDERR
    }

    private static final int UTF8_ROOM = 4;
    private static final long MIB = 1024 * 1024;

    public LogConfig {
        QUEUE_LINES.check(queueLines);
        LINE_LENGTH.check(lineLength);
        QUEUE_BYTES.check(queueBytes, queueBytes >= (long) UTF8_ROOM * lineLength);
        STACK_FRAMES.check(stackFrames);
        FILE_BYTES.check(fileBytes, fileBytes >= (long) UTF8_ROOM * lineLength);
        FILES_KEPT.check(filesKept);
        DRAIN_TIME.check(drainTime);
        if (file.getFileName() == null) {
            throw new IllegalArgumentException("log.file is '" + file + "', but must name a file");
        }
    }

    /**
     * INFO and above on standard output, errors in {@code logs/critical_errors.log}, 1000 lines per queue, 2 s to
     * drain.
     */
    public static LogConfig defaults() {
        return new LogConfig(
                LogLevel.INFO,
                Terminal.STDOUT,
                1000,
                MIB,
                8192,
                50,
                Path.of("logs", "critical_errors.log"),
                5 * MIB,
                3,
                Duration.ofSeconds(2));
    }

    /** The same settings with the terminal's lines on another stream. */
    public LogConfig with(Terminal stream) {
        return withTerminal(stream);
    }
}
