package io.marketbrain.http;

import io.marketbrain.http.message.HttpGrammar;
import io.marketbrain.http.message.HttpRejection;
import io.marketbrain.http.message.RequestHead;
import io.marketbrain.http.message.RequestHeadParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The bytes that a client has sent and that have not been parsed yet. Used by one thread at a time.
 *
 * <p>A request is read completely, head and body, before it is handled, so a slow client holds only a small buffer with
 * what it has sent so far.
 */
final class RequestBuffer {
    private static final int SMALL = 1024;
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final HttpLimits limits;
    private final BufferBudget bufferBudget;
    private byte[] bytes = new byte[SMALL];
    private int start;
    private int end;
    private long held;

    RequestBuffer(InputStream in, HttpLimits limits, BufferBudget bufferBudget) {
        this.in = in;
        this.limits = limits;
        this.bufferBudget = bufferBudget;
    }

    /** Waits for the first byte of a request; false if the client closes the connection instead. */
    boolean awaitRequest() throws IOException {
        release();
        return start < end || fill();
    }

    /** Whether part of the next request has arrived, so that reading it would not block. */
    boolean hasMore() throws IOException {
        return start < end || in.available() > 0;
    }

    /**
     * Reads part of the next request while no other thread reads; false at the end of the stream.
     *
     * @param wanted asked whenever a read has timed out
     */
    boolean readAhead(BooleanSupplier wanted) {
        while (start == end) {
            try {
                return fill();
            } catch (SocketTimeoutException silent) {
                if (!wanted.getAsBoolean()) {
                    return true;
                }
            } catch (IOException gone) {
                return false;
            }
        }
        return true;
    }

    /** Reads the complete head of the next request. */
    RequestHead head() throws IOException, HttpRejection {
        skipEmptyLine();
        boolean inRequestLine = true;
        byte previous = 0;
        for (int length = 0; length < limits.maxHead(); length++) {
            if (start + length == end) {
                fillOrRefuse();
            }
            byte b = bytes[start + length];
            if (b == '\n' != (previous == '\r')) {
                throw new HttpRejection(400, "a line does not end with carriage return and line feed");
            }
            if (b == '\n') {
                if (!inRequestLine && bytes[start + length - 2] == '\n') {
                    return parse(length + 1);
                }
                inRequestLine = false;
            } else if (inRequestLine && length >= limits.maxTarget()) {
                throw new HttpRejection(414, "the request line is longer than " + limits.maxTarget() + " bytes");
            } else if (length == 0 && !HttpGrammar.isToken(b)) {
                throw new HttpRejection(400, "the data is not an HTTP request");
            }
            previous = b;
        }
        throw new HttpRejection(431, "the headers are longer than " + limits.maxHead() + " bytes");
    }

    private RequestHead parse(int length) throws HttpRejection {
        int from = start;
        start += length;
        return new RequestHeadParser(bytes, from, limits.maxHeaders()).parse();
    }

    /** Skips one empty line before a request (RFC 9112, 2.2). */
    private void skipEmptyLine() throws IOException, HttpRejection {
        if (bytes[start] == '\r') {
            next();
            if (next() != '\n') {
                throw new HttpRejection(400, "a carriage return is not followed by a line feed");
            }
        }
    }

    /** The next byte, from 0 to 255. */
    int next() throws IOException, HttpRejection {
        if (start == end) {
            fillOrRefuse();
        }
        return bytes[start++] & 0xff;
    }

    /** Reads up to {@code length} bytes, at least one; -1 at the end of the stream. */
    int read(byte[] to, int from, int length) throws IOException {
        if (start == end && !fill()) {
            return -1;
        }
        int some = Math.min(length, end - start);
        System.arraycopy(bytes, start, to, from, some);
        start += some;
        return some;
    }

    /** Moves buffered bytes, at least one, to {@code body} and returns their number. */
    int moveTo(ByteArrayOutputStream body, int most) throws IOException, HttpRejection {
        if (start == end) {
            fillOrRefuse();
        }
        int length = Math.min(most, end - start);
        long needed = 2L * length; // the buffer of the body grows and is copied at the end
        if (!bufferBudget.tryReserve(needed)) {
            throw new HttpRejection(503, "the buffers for request bodies and large responses are full, try again");
        }
        held += needed;
        body.write(bytes, start, length);
        start += length;
        return length;
    }

    private void fillOrRefuse() throws IOException, HttpRejection {
        if (!fill()) {
            throw new HttpRejection(400, "the request ends too early");
        }
    }

    /** Takes what has been read but not parsed, and gives back the memory until more is read. */
    byte[] takeAll() {
        byte[] all = Arrays.copyOfRange(bytes, start, end);
        bytes = NOTHING;
        start = 0;
        end = 0;
        return all;
    }

    /** Adds bytes that were read elsewhere to those that are to be parsed. */
    void add(ByteBuffer more) {
        byte[] both = Arrays.copyOf(Arrays.copyOfRange(bytes, start, end), end - start + more.remaining());
        more.get(both, end - start, more.remaining());
        bytes = both;
        start = 0;
        end = both.length;
    }

    /** Reads the available bytes, at least one; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (bytes.length == 0) {
            bytes = new byte[SMALL];
        }
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

    /** Reads and discards everything until the client stops sending. */
    void drain() throws IOException {
        start = 0;
        end = 0;
        byte[] discarded = bytes.length == 0 ? new byte[SMALL] : bytes;
        while (in.read(discarded) > 0) {
            // until the client stops or the watchdog closes the connection
        }
    }

    /** Releases the memory of the last request. */
    void release() {
        bufferBudget.release(held);
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
