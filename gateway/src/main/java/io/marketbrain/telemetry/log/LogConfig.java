package io.marketbrain.telemetry.log;

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
        Duration drainTime) {

    /** The stream that carries the terminal's lines. */
    public enum Terminal {
        STDOUT,
        STDERR
    }

    private static final int UTF8_ROOM = 4;
    private static final long MIB = 1024 * 1024;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);

    public LogConfig {
        check("log queue lines", queueLines, 1, 100_000);
        check("log line length", lineLength, 512, 65_536);
        check("log queue bytes", queueBytes, (long) UTF8_ROOM * lineLength, 256 * MIB);
        check("log stack frames", stackFrames, 0, 1000);
        check("log file bytes", fileBytes, (long) UTF8_ROOM * lineLength, 1024 * MIB);
        check("log files kept", filesKept, 0, 99);
        if (drainTime.isNegative() || drainTime.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException(
                    "log drain time " + drainTime + " is not within PT0S to " + LONGEST_DRAIN);
        }
        if (file.getFileName() == null) {
            throw new IllegalArgumentException("log file '" + file + "' names no file");
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
        return new LogConfig(
                level, stream, queueLines, queueBytes, lineLength, stackFrames, file, fileBytes, filesKept, drainTime);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + least + " to " + most);
        }
    }
}
