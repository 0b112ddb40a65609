package io.marketbrain.telemetry.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.marketbrain.model.CallId;
import io.marketbrain.telemetry.CurrentCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Renders an event as one line of UTF-8, followed by its stack trace in indented lines. Thread-safe.
 *
 * <pre>2026-11-22T17:32:13.123Z WARN  BinanceSource [c-81f3] slow response, waited=812ms</pre>
 *
 * <p>The time is in UTC, the logger has its short name, and the call id is {@code -} outside a call. No date formatter
 * is used: loading one would take longer than the rest of the log's start.
 */
final class LineFormat {

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_CALL_ID = 64;
    private static final int LONGEST_HEAD = 40 + LONGEST_NAME + LONGEST_CALL_ID;
    private static final int CUT_MARK_ROOM = 40;

    private final SafeText text;
    private final StackTraceFormat trace;
    private final int lineLength;

    LineFormat(Redactor redactor, int lineLength, int stackFrames) {
        this.text = new SafeText(redactor);
        this.trace = new StackTraceFormat(text, stackFrames);
        this.lineLength = lineLength;
    }

    /** The line of an event. The message may take the whole length, or half of it if there is a stack trace. */
    byte[] render(ILoggingEvent event, LogLevel level) {
        IThrowableProxy thrown = event.getThrowableProxy();
        StringBuilder out = new StringBuilder(160);
        head(out, event.getInstant(), level, event.getLoggerName(), callId(event));
        int room = lineLength - LONGEST_HEAD - CUT_MARK_ROOM;
        text.append(out, message(event), thrown == null ? room : room / 2);
        if (thrown != null) {
            trace.append(out, thrown, lineLength);
        }
        return finished(out);
    }

    /** A line that the log itself emits. */
    byte[] render(Instant time, LogLevel level, String message) {
        StringBuilder out = new StringBuilder(160);
        head(out, time, level, "Log", "-");
        text.append(out, message, lineLength - LONGEST_HEAD - CUT_MARK_ROOM);
        return finished(out);
    }

    private void head(StringBuilder out, Instant time, LogLevel level, String logger, String call) {
        appendTime(out, time);
        out.append(' ').append(level);
        out.append(level.name().length() < 5 ? "  " : " ");
        String name = logger.substring(logger.lastIndexOf('.') + 1);
        out.append(name, 0, Math.min(name.length(), LONGEST_NAME));
        out.append(" [");
        text.append(out, call, LONGEST_CALL_ID);
        out.append("] ");
    }

    private static void appendTime(StringBuilder out, Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        out.append(utc.toLocalDate());
        appendPadded(out.append('T'), utc.getHour(), 2);
        appendPadded(out.append(':'), utc.getMinute(), 2);
        appendPadded(out.append(':'), utc.getSecond(), 2);
        appendPadded(out.append('.'), time.getNano() / 1_000_000, 3);
        out.append('Z');
    }

    private static void appendPadded(StringBuilder out, int number, int width) {
        for (int bound = 10, digits = 1; digits < width; bound *= 10, digits++) {
            if (number < bound) {
                out.append('0');
            }
        }
        out.append(number);
    }

    private static String callId(ILoggingEvent event) {
        for (KeyValuePair pair : pairs(event)) {
            if (pair.key.equals(GatewayLog.CALL_ID) && pair.value != null) {
                return String.valueOf(pair.value);
            }
        }
        return CurrentCall.find().map(CallId::value).orElse("-");
    }

    private static String message(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        List<KeyValuePair> pairs = pairs(event);
        if (pairs.isEmpty()) {
            return message;
        }
        StringBuilder all = new StringBuilder(message);
        for (KeyValuePair pair : pairs) {
            if (!pair.key.equals(GatewayLog.CALL_ID)) {
                all.append(' ').append(pair.key).append('=').append(pair.value);
            }
        }
        return all.toString();
    }

    @SuppressWarnings("NullAway") // the library returns null for an event without pairs
    private static List<KeyValuePair> pairs(ILoggingEvent event) {
        @Nullable List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    private static byte[] finished(StringBuilder out) {
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
