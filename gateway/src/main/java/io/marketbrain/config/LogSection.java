package io.marketbrain.config;

import io.marketbrain.telemetry.log.LogConfig;
import io.marketbrain.telemetry.log.LogLevel;
import java.time.Duration;
import java.util.Locale;

/** The settings of the log. */
final class LogSection {
    private final SettingsReader in;

    LogSection(SettingsReader in) {
        this.in = in;
    }

    LogConfig read() {
        return in.section(
                LogConfig.defaults(),
                d -> new LogConfig(
                        in.read("log.level", level(), d.level(), "The mildest lines that are logged."),
                        in.choice(
                                "log.terminal",
                                LogConfig.Terminal.class,
                                terminal -> terminal.name().toLowerCase(Locale.ROOT),
                                d.terminal(),
                                "The stream that lines of every level go to."),
                        in.integer(
                                "log.queue_lines",
                                d.queueLines(),
                                1,
                                100_000,
                                "How many lines may wait for the terminal, and how many for the file; more are dropped."),
                        in.bytes(
                                "log.queue_bytes",
                                d.queueBytes(),
                                2048,
                                256 << 20,
                                "How many bytes of lines may wait; at least four times log.line_length."),
                        in.integer(
                                "log.line_length",
                                d.lineLength(),
                                512,
                                65_536,
                                "How many characters a line has at the most, its stack trace included."),
                        in.integer(
                                "log.stack_frames",
                                d.stackFrames(),
                                0,
                                1000,
                                "How many frames of a stack trace are shown."),
                        in.path(
                                "log.file",
                                d.file(),
                                "The file for errors, created with the first one; a relative path begins beside the"
                                        + " brain command."),
                        in.bytes(
                                "log.file_bytes",
                                d.fileBytes(),
                                2048,
                                1 << 30,
                                "The size at which the file is rotated; at least four times log.line_length."),
                        in.integer(
                                "log.files_kept", d.filesKept(), 0, 99, "How many rotated files are kept beside it."),
                        in.duration(
                                "log.drain_time",
                                d.drainTime(),
                                Duration.ZERO,
                                Duration.ofSeconds(10),
                                "How long the end of the process waits for lines that are still queued.")));
    }

    private static Kind<LogLevel> level() {
        return Kind.of("one of " + LogLevel.NAMES, LogLevel::of, LogLevel::name);
    }
}
