package io.marketbrain.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.InstantSource;
import java.util.Map;

/** Writes the heads of answers (RFC 9112, 4 to 6), with the time of day in them. Thread-safe. */
final class AnswerHeads {
    /** The interim answer to a client that asks before it sends a body. */
    static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

    /** The statuses that this gateway answers with; the reason of any other is left empty, which HTTP allows. */
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private static final String VERSION = "HTTP/1.1 ";
    private static final String LENGTH = "Content-Length";
    private static final String CONNECTION = "Connection";
    private static final String END = "\r\n";

    /** A second of the clock and how it is written. */
    private record Second(long epoch, String text) {}

    private final InstantSource clock;
    private volatile Second second = new Second(-1, "");

    AnswerHeads(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The status line and all headers, up to and with the empty line, with room behind them: one array for all of a small
     * answer.
     *
     * @param connection the value of the Connection header; empty for none
     */
    byte[] head(HttpAnswer answer, String connection, int room) {
        String status = Integer.toString(answer.status());
        String reason = REASONS.getOrDefault(answer.status(), "");
        String date = date();
        String length = answer.hasBody() ? Integer.toString(answer.body().length) : "";
        int size = VERSION.length() + status.length() + 1 + reason.length() + 2 + size("Date", date) + 2;
        for (var header : answer.headers().entrySet()) {
            size += size(header.getKey(), header.getValue());
        }
        size += length.isEmpty() ? 0 : size(LENGTH, length);
        size += connection.isEmpty() ? 0 : size(CONNECTION, connection);

        var out = new byte[size + room];
        int at = put(out, put(out, put(out, put(out, 0, VERSION), status), " "), reason);
        at = put(out, put(out, at, END), "Date", date);
        for (var header : answer.headers().entrySet()) {
            at = put(out, at, header.getKey(), header.getValue());
        }
        at = length.isEmpty() ? at : put(out, at, LENGTH, length);
        at = connection.isEmpty() ? at : put(out, at, CONNECTION, connection);
        put(out, at, END);
        return out;
    }

    private static int size(String name, String value) {
        return name.length() + value.length() + 4;
    }

    private static int put(byte[] out, int at, String name, String value) {
        return put(out, put(out, put(out, put(out, at, name), ": "), value), END);
    }

    /** Writes a text in ISO 8859-1 and returns where it ends; a letter that is none of its letters is a question mark. */
    private static int put(byte[] out, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out[at + i] = (byte) (c <= 0xff ? c : '?');
        }
        return at + text.length();
    }

    private String date() {
        long epoch = Math.floorDiv(clock.millis(), 1000L);
        Second known = second;
        if (known.epoch != epoch) {
            known = new Second(epoch, HttpDate.of(epoch));
            second = known;
        }
        return known.text;
    }
}
