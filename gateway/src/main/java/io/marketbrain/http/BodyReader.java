package io.marketbrain.http;

import io.marketbrain.http.message.ChunkExtensions;
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

    /** Reads the first line of a chunk; extensions must be well formed and are ignored. */
    private long chunkSize() throws IOException, HttpRejection {
        long size = 0;
        int digits = 0;
        int c = inbox.next();
        for (int digit = HttpGrammar.hex(c); digit >= 0 && digits < MAX_DIGITS; digit = HttpGrammar.hex(c)) {
            size = size << 4 | digit;
            digits++;
            c = inbox.next();
        }
        if (digits == 0) {
            throw new HttpRejection(400, "a chunk does not start with its size");
        }
        if (c != '\r' && !ChunkExtensions.areWellFormed(restOfLine(c))) {
            throw new HttpRejection(400, "a chunk size is followed by something other than extensions");
        }
        lineFeed();
        return size;
    }

    /** The text from {@code first} to the carriage return, which is consumed. */
    private String restOfLine(int first) throws IOException, HttpRejection {
        var text = new StringBuilder();
        for (int c = first; c != '\r'; c = inbox.next()) {
            if (text.length() >= MAX_EXTENSION_LENGTH || !HttpGrammar.isValue(c)) {
                throw new HttpRejection(400, "a chunk extension is too long or has a control character");
            }
            text.append((char) c);
        }
        return text.toString();
    }

    /** Skips the trailers, which must be well formed but are not used, and the empty line after them. */
    private void skipTrailers() throws IOException, HttpRejection {
        int nameLength = 0;
        boolean named = false;
        for (int read = 0; ; read++) {
            int c = inbox.next();
            if (c == '\r' && (named || nameLength == 0)) {
                lineFeed();
                if (!named) {
                    return;
                }
                nameLength = 0;
                named = false;
            } else if (!named && c == ':' && nameLength > 0) {
                named = true;
            } else if (!named && !HttpGrammar.isToken(c)) {
                throw new HttpRejection(400, "a trailer line is not name, colon and value");
            } else if (!HttpGrammar.isValue(c) || read > limits.maxHead()) {
                throw new HttpRejection(400, "a trailer is too long or has a control character");
            } else if (!named) {
                nameLength++;
            }
        }
    }

    private void lineFeed() throws IOException, HttpRejection {
        if (inbox.next() != '\n') {
            throw new HttpRejection(400, "a carriage return is not followed by a line feed");
        }
    }
}
