package io.marketbrain.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * One header of an answer: checked when it is made, and from then on the line that goes over the wire. What never
 * changes is best made once. Immutable.
 */
public final class Header {
    private final String name;
    private final String value;
    private final byte[] line;

    /**
     * A header to be sent.
     *
     * @param value a letter of it that ISO 8859-1 does not have is sent as a question mark
     * @throws IllegalArgumentException if a control character would end the header, or the name is none
     */
    public Header(String name, String value) {
        this.name = name;
        this.value = value;
        this.line = new byte[name.length() + value.length() + 4];
        int at = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Grammar.isToken(c)) {
                throw new IllegalArgumentException("no name of a header: " + name);
            }
            line[at++] = (byte) c;
        }
        line[at++] = ':';
        line[at++] = ' ';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Grammar.isValue(c)) {
                throw new IllegalArgumentException("a control character in the header " + name);
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

    /** The length of its line in bytes. */
    int length() {
        return line.length;
    }

    /** Writes its line and returns where it ends. */
    int put(byte[] out, int at) {
        System.arraycopy(line, 0, out, at, line.length);
        return at + line.length;
    }

    @Override
    public String toString() {
        return new String(line, 0, line.length - 2, ISO_8859_1);
    }
}
