package io.marketbrain.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** What a body is after its {@code Content-Encoding} is undone. Pure. */
final class ContentEncoding {
    /** What the gateway says it can read. */
    static final String ACCEPTED = "gzip";

    private ContentEncoding() {}

    /** The body as its sender meant it, {@code max} bytes at the most. */
    static byte[] decode(byte[] body, String encoding, int max) throws MalformedPayload {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> body.length == 0 ? body : gunzip(body, max);
            default -> throw new MalformedPayload("the body is in an encoding that was not asked for");
        };
    }

    private static byte[] gunzip(byte[] body, int max) throws MalformedPayload {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
            byte[] plain = in.readNBytes(max);
            if (in.read() >= 0) {
                throw new MalformedPayload("the body is more than " + max + " bytes when decompressed");
            }
            return plain;
        } catch (IOException e) {
            throw new MalformedPayload("the compressed body is damaged or cut short");
        }
    }
}
