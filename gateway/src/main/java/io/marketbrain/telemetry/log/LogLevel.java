package io.marketbrain.telemetry.log;

import java.util.Locale;

/** The severity of a log line, lowest first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** The names that {@link #of} accepts, for messages to users. */
    public static final String NAMES = "TRACE, DEBUG, INFO, WARNING (or WARN), ERROR, CRITICAL";

    /**
     * The level a setting names, in any case. {@code WARNING} is {@link #WARN}; {@code CRITICAL} is {@link #ERROR}, the
     * highest level.
     *
     * @throws IllegalArgumentException when the name is none of these; the message lists what is allowed
     */
    public static LogLevel of(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "TRACE" -> TRACE;
            case "DEBUG" -> DEBUG;
            case "INFO" -> INFO;
            case "WARN", "WARNING" -> WARN;
            case "ERROR", "CRITICAL" -> ERROR;
            default -> throw new IllegalArgumentException("log level '" + name + "' is not one of " + NAMES);
        };
    }
}
