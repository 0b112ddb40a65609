package io.marketbrain.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads the body of one request, with a {@code Content-Length} or in chunks (RFC 9112, 6 and 7.1). */
final class BodyReader {
    private static final int MAX_DIGITS = 8;
    private static final int MAX_EXTENSION_LENGTH = 256;

    private final Inbox inbox;
    private final HttpLimits limits;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private BodyReader(Inbox inbox, HttpLimits limits) {
        this.inbox = inbox;
        this.limits = limits;
    }

    static byte[] read(RequestHead head, Inbox inbox, HttpLimits limits) throws IOException, Refusal {
        var reader = new BodyReader(inbox, limits);
        if (head.length() == RequestHead.CHUNKED) {
            reader.chunks();
        } else {
            reader.append(head.length());
        }
        return reader.body.toByteArray();
    }

    private void append(long length) throws IOException, Refusal {
        if (body.size() + length > limits.maxBody()) {
            throw new Refusal(413, "the body is longer than " + limits.maxBody() + " bytes");
        }
        for (long rest = length; rest > 0; ) {
            rest -= inbox.moveTo(body, (int) rest);
        }
    }

    private void chunks() throws IOException, Refusal {
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            append(size);
            if (inbox.next() != '\r') {
                throw new Refusal(400, "a chunk is longer than its size says");
            }
            lineFeed();
        }
        skipTrailers();
    }

    /** Reads the size line of a chunk; extensions are checked and ignored. */
    private long chunkSize() throws IOException, Refusal {
        long size = 0;
        int digits = 0;
        int c = inbox.next();
        for (int digit = Grammar.hex(c); digit >= 0 && digits < MAX_DIGITS; digit = Grammar.hex(c)) {
            size = size << 4 | digit;
            digits++;
            c = inbox.next();
        }
        if (digits == 0 || (c != '\r' && c != ';' && c != ' ' && c != '\t')) {
            throw new Refusal(400, "a chunk does not start with its size");
        }
        for (int length = 0; c != '\r'; length++) {
            if (length > MAX_EXTENSION_LENGTH || !Grammar.isValue(c)) {
                throw new Refusal(400, "a chunk extension is too long or has a control character");
            }
            c = inbox.next();
        }
        lineFeed();
        return size;
    }

    /** Skips the trailers, which are not used, and the empty line after them. */
    private void skipTrailers() throws IOException, Refusal {
        int line = 0;
        for (int read = 0; ; read++) {
            int c = inbox.next();
            if (c == '\r') {
                lineFeed();
                if (line == 0) {
                    return;
                }
                line = 0;
            } else if (!Grammar.isValue(c) || read > limits.maxHead()) {
                throw new Refusal(400, "a trailer is too long or has a control character");
            } else {
                line++;
            }
        }
    }

    private void lineFeed() throws IOException, Refusal {
        if (inbox.next() != '\n') {
            throw new Refusal(400, "a carriage return is not followed by a line feed");
        }
    }
}
