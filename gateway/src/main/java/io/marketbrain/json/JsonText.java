package io.marketbrain.json;

import java.nio.charset.StandardCharsets;

/** Texts as they stand in a document: UTF-8 with escapes, up to the closing quote. Pure. */
final class JsonText {
    /** What may follow a backslash, but for the u of a code unit. */
    private static final String SHORT_ESCAPES = "\"\\/bfnrt";

    private JsonText() {}

    /**
     * The length of the escape that begins with the backslash at {@code at}, both halves of a surrogate pair counted; 0
     * if it is not valid.
     */
    static int escapeLength(byte[] body, int at) {
        if (at + 1 >= body.length) {
            return 0;
        }
        if (body[at + 1] != 'u') {
            return SHORT_ESCAPES.indexOf(body[at + 1]) >= 0 ? 2 : 0;
        }
        int unit = codeUnit(body, at);
        if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) {
            return 0;
        }
        if (unit < 0xD800 || unit > 0xDBFF) {
            return 6;
        }
        int low = at + 7 < body.length && body[at + 6] == '\\' && body[at + 7] == 'u' ? codeUnit(body, at + 6) : -1;
        return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
    }

    /** What {@code \}{@code uXXXX} at {@code at} stands for; -1 if it is cut short or not hexadecimal. */
    private static int codeUnit(byte[] body, int at) {
        if (at + 6 > body.length) {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int b = body[i];
            int digit = b >= '0' && b <= '9'
                    ? b - '0'
                    : (b | 0x20) >= 'a' && (b | 0x20) <= 'f' ? (b | 0x20) - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    /**
     * The length of the UTF-8 sequence of two bytes or more at {@code at}; 0 if it is not valid: cut short, overlong, a
     * surrogate, or beyond U+10FFFF.
     */
    static int sequenceLength(byte[] body, int at) {
        int first = body[at] & 0xFF;
        int length = first >= 0xC2 && first < 0xE0
                ? 2
                : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > body.length) {
            return 0;
        }
        int second = body[at + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((body[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The index of the quote that ends the text that begins at {@code from}. The text is known to be valid. */
    static int end(byte[] body, int from) {
        int at = from;
        while (body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    /** The valid text that begins at {@code from}. */
    static String decode(byte[] body, int from, boolean escaped) {
        int end = end(body, from);
        if (!escaped) {
            return new String(body, from, end - from, StandardCharsets.UTF_8);
        }
        var text = new StringBuilder(end - from);
        int plain = from;
        for (int at = from; at < end; ) {
            if (body[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(body, plain, at - plain, StandardCharsets.UTF_8));
            if (body[at + 1] == 'u') {
                text.append((char) codeUnit(body, at));
                at += 6;
            } else {
                text.append(unescaped(body[at + 1]));
                at += 2;
            }
            plain = at;
        }
        return text.append(new String(body, plain, end - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private static char unescaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) letter;
        };
    }
}
