package io.marketbrain.http.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * One response header, validated and encoded on construction; constant headers should be constructed once. Immutable.
 */
public final class Header {
    private final String name;
    private final String value;
    private final byte[] line;

    /**
     * Creates a header.
     *
     * @param value a character outside ISO 8859-1 is sent as a question mark
     * @throws IllegalArgumentException if the value contains a control character or the name is not a token
     */
    public Header(String name, String value) {
        this.name = name;
        this.value = value;
        this.line = new byte[name.length() + value.length() + 4];
        int at = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!HttpGrammar.isToken(c)) {
                throw new IllegalArgumentException("not a valid header name: " + name);
            }
            line[at++] = (byte) c;
        }
        line[at++] = ':';
        line[at++] = ' ';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!HttpGrammar.isValue(c)) {
                throw new IllegalArgumentException("control character in the header " + name);
            }
            line[at++] = (byte) (c <= 0xff ? c : '?');
        }
        line[at++] = '\r';
        line[at] = '\n';
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    /** The length of the header line in bytes. */
    public int length() {
        return line.length;
    }

    /** Writes the header line and returns its end. */
    public int put(byte[] out, int at) {
        System.arraycopy(line, 0, out, at, line.length);
        return at + line.length;
    }

    @Override
    public String toString() {
        return new String(line, 0, line.length - 2, ISO_8859_1);
    }
}
