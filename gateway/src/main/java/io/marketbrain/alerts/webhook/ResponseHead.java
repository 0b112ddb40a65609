package io.marketbrain.alerts.webhook;

import io.marketbrain.alerts.WebhookResult;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of the response to a webhook, as far as it matters. Immutable.
 *
 * @param retryAfter the header {@code Retry-After} as it was sent; null if there is none
 */
record ResponseHead(int status, @Nullable String retryAfter) {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_INTERIM = 5;
    private static final String RETRY_AFTER = "retry-after:";

    /** Called before each read, to give it what is left of the time. */
    @FunctionalInterface
    interface BeforeRead {
        void run() throws IOException;
    }

    /** Reads the head of the final response; interim ones are skipped. */
    static ResponseHead read(InputStream in, BeforeRead before) throws IOException {
        for (int i = 0; i < MAX_INTERIM; i++) {
            ResponseHead head = parse(text(in, before));
            if (head.status() >= 200) {
                return head;
            }
        }
        throw new IOException("the response has no final status");
    }

    private static String text(InputStream in, BeforeRead before) throws IOException {
        var text = new StringBuilder();
        while (text.length() < MAX_BYTES) {
            before.run();
            int next = in.read();
            if (next < 0) {
                throw new EOFException("it was closed before the response");
            }
            text.append((char) next);
            if (next == '\n' && (endsWith(text, "\n\r\n") || endsWith(text, "\n\n"))) {
                return text.toString();
            }
        }
        throw new IOException("the head of the response is too large");
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.length() >= end.length()
                && text.substring(text.length() - end.length()).equals(end);
    }

    private static ResponseHead parse(String text) throws IOException {
        String[] lines = text.split("\r?\n", -1);
        String[] words = lines[0].split(" ", 3);
        if (!words[0].startsWith("HTTP/1.") || words.length < 2 || !words[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("the response is not HTTP/1.1");
        }
        String retryAfter = null;
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith(RETRY_AFTER)) {
                retryAfter = line.substring(RETRY_AFTER.length()).strip();
            }
        }
        return new ResponseHead(Integer.parseInt(words[1]), retryAfter);
    }

    WebhookResult result(Instant now) {
        return new WebhookResult.Answered(status, pause(now));
    }

    private @Nullable Duration pause(Instant now) {
        String text = retryAfter;
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
