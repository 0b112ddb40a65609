package io.marketbrain.provider.transport;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses a gzip body (RFC 1952) as it is read. {@code GZIPInputStream} calls itself
 * for each member, so that a body of many empty ones overflows the stack; here they are counted. For one thread.
 */
final class GzipSource implements ByteSource, AutoCloseable {
    /** No provider sends more than one; concatenated files have a few. */
    private static final int MOST_MEMBERS = 16;

    private static final int MAGIC = 0x1F8B;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final ByteSource in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private int members;
    private boolean inMember;

    GzipSource(ByteSource in) {
        this.in = in;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException, InterruptedException {
        try {
            while (true) {
                if (!inMember && !begin()) {
                    return -1;
                }
                int count = inflater.inflate(into, from, length);
                if (count > 0) {
                    checksum.update(into, from, count);
                    return count;
                }
                if (inflater.finished()) {
                    at = end - inflater.getRemaining();
                    trailer();
                } else if (inflater.needsInput()) {
                    if (!fill()) {
                        throw PayloadRejected.damaged();
                    }
                    inflater.setInput(buffer, at, end - at);
                } else {
                    throw PayloadRejected.damaged();
                }
            }
        } catch (DataFormatException | EOFException e) {
            throw PayloadRejected.damaged();
        }
    }

    /** Begins the next member; false where there is none. An empty body is accepted as empty, because some servers send one. */
    private boolean begin() throws IOException, InterruptedException {
        if (at == end && !fill()) {
            return false;
        }
        if (++members > MOST_MEMBERS || ((octet() << 8) | octet()) != MAGIC || octet() != DEFLATE) {
            throw PayloadRejected.damaged();
        }
        int flags = octet();
        if ((flags & RESERVED) != 0) {
            throw PayloadRejected.damaged();
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(octet() | (octet() << 8));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        inflater.setInput(buffer, at, end - at);
        inMember = true;
        return true;
    }

    private void trailer() throws IOException, InterruptedException {
        if (word() != checksum.getValue() || word() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw PayloadRejected.damaged();
        }
        inMember = false;
    }

    private long word() throws IOException, InterruptedException {
        return octet() | (octet() << 8) | (octet() << 16) | ((long) octet() << 24);
    }

    private void skip(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private void skipText() throws IOException, InterruptedException {
        while (octet() != 0) {
            // up to its end
        }
    }

    private int octet() throws IOException, InterruptedException {
        if (at == end && !fill()) {
            throw new EOFException();
        }
        return buffer[at++] & 0xFF;
    }

    private boolean fill() throws IOException, InterruptedException {
        int count = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(0, count);
        return count > 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
