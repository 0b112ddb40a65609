package io.marketbrain.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What a client has sent and nobody has read yet. Used by one thread at a time.
 *
 * <p>A request is read whole, head and body, before anybody works on it, so a client that sends slowly holds a small
 * buffer, what it has sent so far, and nothing else.
 */
final class Inbox {
    private static final int SMALL = 1024;

    private final InputStream in;
    private final HttpLimits limits;
    private final HeldBytes heldBytes;
    private byte[] bytes = new byte[SMALL];
    private int start;
    private int end;
    private long held;

    Inbox(InputStream in, HttpLimits limits, HeldBytes heldBytes) {
        this.in = in;
        this.limits = limits;
        this.heldBytes = heldBytes;
    }

    /** Waits for the first byte of a request; false if the client says goodbye instead. */
    boolean awaitRequest() throws IOException {
        forget();
        return start < end || fill();
    }

    /** Whether something of the next request is here, so that reading it would not wait. */
    boolean hasMore() throws IOException {
        return start < end || in.available() > 0;
    }

    /** Reads something of the next request while nobody else does; false where there is nothing but the end. */
    boolean readAhead() {
        try {
            return start < end || fill();
        } catch (IOException gone) {
            return false;
        }
    }

    /** The next request's head, read to its end. */
    RequestHead head() throws IOException, Refusal {
        skipEmptyLine();
        boolean inRequestLine = true;
        byte previous = 0;
        for (int length = 0; length < limits.maxHead(); length++) {
            if (start + length == end) {
                fillOrRefuse();
            }
            byte b = bytes[start + length];
            if (b == '\n' != (previous == '\r')) {
                throw new Refusal(400, "a line does not end with carriage return and line feed");
            }
            if (b == '\n') {
                if (!inRequestLine && bytes[start + length - 2] == '\n') {
                    return parse(length + 1);
                }
                inRequestLine = false;
            } else if (inRequestLine && length >= limits.maxTarget()) {
                throw new Refusal(414, "the request line is longer than " + limits.maxTarget() + " bytes");
            } else if (length == 0 && !Grammar.isToken(b)) {
                throw new Refusal(400, "this is not an HTTP request");
            }
            previous = b;
        }
        throw new Refusal(431, "the headers are longer than " + limits.maxHead() + " bytes");
    }

    private RequestHead parse(int length) throws Refusal {
        int from = start;
        start += length;
        return new HeadParser(bytes, from, limits.maxHeaders()).parse();
    }

    /** RFC 9112, 2.2: one empty line before a request is ignored. */
    private void skipEmptyLine() throws IOException, Refusal {
        if (bytes[start] == '\r') {
            next();
            if (next() != '\n') {
                throw new Refusal(400, "a carriage return stands alone");
            }
        }
    }

    /** The next byte, from 0 to 255. */
    int next() throws IOException, Refusal {
        if (start == end) {
            fillOrRefuse();
        }
        return bytes[start++] & 0xff;
    }

    /** Moves what is here to a body, at least one byte, and returns how many. */
    int moveTo(ByteArrayOutputStream body, int most) throws IOException, Refusal {
        if (start == end) {
            fillOrRefuse();
        }
        int length = Math.min(most, end - start);
        long needed = 2L * length; // the body grows, and is copied in the end
        if (!heldBytes.tryHold(needed)) {
            throw new Refusal(503, "too many request bodies and large answers are on their way, try again");
        }
        held += needed;
        body.write(bytes, start, length);
        start += length;
        return length;
    }

    private void fillOrRefuse() throws IOException, Refusal {
        if (!fill()) {
            throw new Refusal(400, "the request ends too early");
        }
    }

    /** Reads what is there, at least one byte; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end == bytes.length && start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        } else if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(2 * bytes.length, limits.maxHead()));
        }
        int read = in.read(bytes, end, bytes.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }

    /** Hears the client out and forgets what it says. */
    void drain() throws IOException {
        start = 0;
        end = 0;
        while (in.read(bytes) > 0) {
            // until it stops, or is stopped
        }
    }

    /** Lets go of what the last request needed. */
    void forget() {
        heldBytes.release(held);
        held = 0;
        if (bytes.length > SMALL && end - start <= SMALL) {
            byte[] small = new byte[SMALL];
            System.arraycopy(bytes, start, small, 0, end - start);
            end -= start;
            start = 0;
            bytes = small;
        }
    }
}
