package io.marketbrain.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a small file of the gateway whole. Only regular files are opened, never more than the limit is read, and text
 * must be UTF-8, or UTF-16 where a byte order mark says so.
 */
public final class SmallFile {
    private static final int KIBI = 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SmallFile() {}

    /**
     * The limits of one kind of file.
     *
     * @param line characters of the longest line
     */
    public record Limits(int bytes, int line) {
        public static Limits ofKibibytes(int kibibytes, int line) {
            return new Limits(kibibytes * KIBI, line);
        }

        private String size() {
            return bytes % (KIBI * KIBI) == 0 ? bytes / KIBI / KIBI + " MiB" : bytes / KIBI + " KiB";
        }
    }

    /** The content; throws {@link UnreadableFile} with the reason if it cannot be read. */
    public static byte[] readBytes(Path file, Limits limits) throws UnreadableFile {
        if (FileKind.requireRegular(file).size() > limits.bytes()) {
            throw tooLarge(limits);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limits.bytes() + 1);
            if (bytes.length > limits.bytes()) {
                throw tooLarge(limits);
            }
            return bytes;
        } catch (IOException e) {
            throw FileKind.unreadable(e);
        }
    }

    /** The text without byte order mark; throws {@link UnreadableFile} with the reason if it cannot be read. */
    public static String readText(Path file, Limits limits) throws UnreadableFile {
        String text = decode(readBytes(file, limits));
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new UnreadableFile("contains a NUL character (line " + line(text, nul) + ")");
        }
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.length() > limits.line()) {
                throw new UnreadableFile("line " + number + " is longer than " + limits.line() + " characters");
            }
        }
        return text;
    }

    private static UnreadableFile tooLarge(Limits limits) {
        return new UnreadableFile("is larger than " + limits.size());
    }

    private static String decode(byte[] bytes) throws UnreadableFile {
        boolean utf16 = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                        || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
        Charset charset = utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw new UnreadableFile("is not text in UTF-8 (line " + line(text.toString(), text.length()) + ")");
        }
        String decoded = text.toString();
        return !decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK ? decoded.substring(1) : decoded;
    }

    private static long line(String text, int at) {
        return 1 + text.chars().limit(at).filter(c -> c == '\n').count();
    }
}
