package io.marketbrain.config;

import io.marketbrain.telemetry.log.LogConfig;
import io.marketbrain.telemetry.log.LogLevel;
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
                        in.read("log.level", level(), d.level(), "The lowest level that is logged."),
                        in.choice(
                                "log.terminal",
                                LogConfig.Terminal.class,
                                terminal -> terminal.name().toLowerCase(Locale.ROOT),
                                d.terminal(),
                                "The stream that log lines of every level are written to."),
                        in.integer(
                                LogConfig.QUEUE_LINES,
                                d.queueLines(),
                                "How many lines may wait to be written to the terminal, and how many to the file; further lines are dropped."),
                        in.bytes(
                                LogConfig.QUEUE_BYTES,
                                d.queueBytes(),
                                "How many bytes of lines may wait to be written."),
                        in.integer(
                                LogConfig.LINE_LENGTH,
                                d.lineLength(),
                                "The longest line, in characters, including its stack trace."),
                        in.integer(
                                LogConfig.STACK_FRAMES,
                                d.stackFrames(),
                                "How many frames of a stack trace are logged."),
                        in.path(
                                "log.file",
                                d.file(),
                                "The file for errors, created with the first error. A relative path starts at the folder of the brain command."),
                        in.bytes(LogConfig.FILE_BYTES, d.fileBytes(), "The size at which the file is rotated."),
                        in.integer(LogConfig.FILES_KEPT, d.filesKept(), "How many rotated files are kept."),
                        in.duration(
                                LogConfig.DRAIN_TIME,
                                d.drainTime(),
                                "How long the process waits at its end for queued lines to be written.")));
    }

    private static SettingType<LogLevel> level() {
        return SettingType.of("one of " + LogLevel.NAMES, LogLevel::of, LogLevel::name);
    }
}
