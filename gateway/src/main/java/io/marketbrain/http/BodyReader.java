package io.marketbrain.http;

import io.marketbrain.http.message.HttpGrammar;
import io.marketbrain.http.message.HttpRejection;
import io.marketbrain.http.message.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads the body of one request, with a {@code Content-Length} or in chunks (RFC 9112, 6 and 7.1). */
final class BodyReader {
    private static final int MAX_DIGITS = 8;
    private static final int MAX_EXTENSION_LENGTH = 256;

    private final RequestBuffer inbox;
    private final HttpLimits limits;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private BodyReader(RequestBuffer inbox, HttpLimits limits) {
        this.inbox = inbox;
        this.limits = limits;
    }

    static byte[] read(RequestHead head, RequestBuffer inbox, HttpLimits limits) throws IOException, HttpRejection {
        var reader = new BodyReader(inbox, limits);
        if (head.length() == RequestHead.CHUNKED) {
            reader.chunks();
        } else {
            reader.append(head.length());
        }
        return reader.body.toByteArray();
    }

    private void append(long length) throws IOException, HttpRejection {
        if (body.size() + length > limits.maxBody()) {
            throw new HttpRejection(413, "the body is longer than " + limits.maxBody() + " bytes");
        }
        for (long rest = length; rest > 0; ) {
            rest -= inbox.moveTo(body, (int) rest);
        }
    }

    private void chunks() throws IOException, HttpRejection {
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            append(size);
            if (inbox.next() != '\r') {
                throw new HttpRejection(400, "a chunk is longer than its size says");
            }
            lineFeed();
        }
        skipTrailers();
    }

    /** Reads the size line of a chunk; extensions are checked and ignored. */
    private long chunkSize() throws IOException, HttpRejection {
        long size = 0;
        int digits = 0;
        int c = inbox.next();
        for (int digit = HttpGrammar.hex(c); digit >= 0 && digits < MAX_DIGITS; digit = HttpGrammar.hex(c)) {
            size = size << 4 | digit;
            digits++;
            c = inbox.next();
        }
        if (digits == 0 || (c != '\r' && c != ';' && c != ' ' && c != '\t')) {
            throw new HttpRejection(400, "a chunk does not start with its size");
        }
        for (int length = 0; c != '\r'; length++) {
            if (length > MAX_EXTENSION_LENGTH || !HttpGrammar.isValue(c)) {
                throw new HttpRejection(400, "a chunk extension is too long or has a control character");
            }
            c = inbox.next();
        }
        lineFeed();
        return size;
    }

    /** Skips the trailers, which are not used, and the empty line after them. */
    private void skipTrailers() throws IOException, HttpRejection {
        int line = 0;
        for (int read = 0; ; read++) {
            int c = inbox.next();
            if (c == '\r') {
                lineFeed();
                if (line == 0) {
                    return;
                }
                line = 0;
            } else if (!HttpGrammar.isValue(c) || read > limits.maxHead()) {
                throw new HttpRejection(400, "a trailer is too long or has a control character");
            } else {
                line++;
            }
        }
    }

    private void lineFeed() throws IOException, HttpRejection {
        if (inbox.next() != '\n') {
            throw new HttpRejection(400, "a carriage return is not followed by a line feed");
        }
    }
}
