package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.Header;
import io.marketbrain.http.message.HttpDate;
import io.marketbrain.http.message.ServerResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes response heads (RFC 9112, 4 to 6) with their {@code Date}. Thread-safe. */
final class ResponseHeadWriter {
    /** The interim response to a client that waits before it sends a body. */
    static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

    /** The reason phrases of the statuses in use; any other status has none, which HTTP allows. */
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(101, "Switching Protocols"),
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
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private static final Map<Integer, byte[]> STATUS_LINES = statusLines();
    private static final Header CLOSE = new Header("Connection", "close");
    private static final Header KEEP_ALIVE = new Header("Connection", "keep-alive");
    private static final Header CHUNKED = new Header("Transfer-Encoding", "chunked");
    private static final byte[] END = "\r\n".getBytes(ISO_8859_1);

    /** What the response says about the connection. */
    enum Persistence {
        DEFAULT,
        /** Stays open; stated explicitly because the default of HTTP/1.0 is to close. */
        KEEP_ALIVE,
        CLOSE
    }

    /** A second of the clock and its {@code Date} header. */
    private record Second(long epoch, Header date) {}

    private final InstantSource clock;
    private volatile Second second = second(0);

    ResponseHeadWriter(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The status line and all headers up to and including the empty line, followed by {@code room} unused bytes, so
     * that a small response fits into one array.
     */
    byte[] head(ServerResponse answer, Persistence persistence, int room) {
        Header length = answer.hasBody() && answer.body() instanceof Body.Bytes whole
                ? new Header("Content-Length", Integer.toString(whole.bytes().length))
                : null;
        return head(answer, persistence, length, room);
    }

    /** The head of a streamed response. */
    byte[] streamHead(ServerResponse answer, Persistence persistence, boolean chunked) {
        return head(answer, persistence, chunked ? CHUNKED : null, 0);
    }

    private byte[] head(ServerResponse answer, Persistence persistence, @Nullable Header framing, int room) {
        byte[] known = STATUS_LINES.get(answer.status());
        byte[] status = known != null ? known : statusLine(answer.status(), "");
        Header date = date();
        Header connection =
                persistence == Persistence.CLOSE ? CLOSE : persistence == Persistence.KEEP_ALIVE ? KEEP_ALIVE : null;
        int size = status.length + date.length() + answer.headers().length() + END.length;
        size += framing == null ? 0 : framing.length();
        size += connection == null ? 0 : connection.length();

        var out = new byte[size + room];
        int at = date.put(out, put(out, 0, status));
        at = answer.headers().write(out, at);
        at = framing == null ? at : framing.put(out, at);
        at = connection == null ? at : connection.put(out, at);
        put(out, at, END);
        return out;
    }

    private static int put(byte[] out, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }

    private static Map<Integer, byte[]> statusLines() {
        var lines = new HashMap<Integer, byte[]>();
        REASONS.forEach((status, reason) -> lines.put(status, statusLine(status, reason)));
        return lines;
    }

    private static byte[] statusLine(int status, String reason) {
        return ("HTTP/1.1 " + status + " " + reason + "\r\n").getBytes(ISO_8859_1);
    }

    private Header date() {
        long epoch = Math.floorDiv(clock.millis(), 1000L);
        Second known = second;
        if (known.epoch != epoch) {
            known = second(epoch);
            second = known;
        }
        return known.date;
    }

    private static Second second(long epoch) {
        return new Second(epoch, new Header("Date", HttpDate.of(epoch)));
    }
}
