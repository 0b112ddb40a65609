package io.marketbrain.provider.feed;

import io.marketbrain.json.MalformedPayload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The text of a binary message that is compressed with gzip (RFC 1952). Strict: one member without optional header fields, and
 * its checksum and length must be right. Pure.
 */
public final class GzipText {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int MAGIC = 0x1F8B;
    private static final int DEFLATE = 8;

    private GzipText() {}

    /**
     * The text of a message.
     *
     * @param most the most bytes that the text may have
     */
    public static String of(byte[] message, int most) throws MalformedPayload {
        var in = ByteBuffer.wrap(message);
        if (message.length < HEADER + TRAILER
                || (in.getShort() & 0xFFFF) != MAGIC
                || in.get() != DEFLATE
                || in.get() != 0) {
            throw new MalformedPayload("a binary message that is not gzip");
        }
        var inflater = new Inflater(true);
        try {
            inflater.setInput(message, HEADER, message.length - HEADER);
            byte[] text = inflated(inflater, most);
            if (inflater.getRemaining() != TRAILER) {
                throw damaged();
            }
            var trailer = in.order(ByteOrder.LITTLE_ENDIAN).position(message.length - TRAILER);
            var checksum = new CRC32();
            checksum.update(text);
            if (trailer.getInt() != (int) checksum.getValue() || trailer.getInt() != text.length) {
                throw damaged();
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw damaged();
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflated(Inflater inflater, int most) throws MalformedPayload, DataFormatException {
        var text = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        while (!inflater.finished()) {
            int count = inflater.inflate(part);
            if (count == 0 && !inflater.finished()) {
                throw damaged(); // it needs more input, or a dictionary
            }
            if (count > most - text.size()) {
                throw new MalformedPayload("a gzip message of more than " + most + " bytes");
            }
            text.write(part, 0, count);
        }
        return text.toByteArray();
    }

    private static MalformedPayload damaged() {
        return new MalformedPayload("a damaged gzip message");
    }
}
