package io.marketbrain.http.message;

import static io.marketbrain.http.message.HttpGrammar.hex;
import static io.marketbrain.http.message.HttpGrammar.isPath;
import static io.marketbrain.http.message.HttpGrammar.isQuery;
import static io.marketbrain.http.message.HttpGrammar.isUnreserved;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A normalized request target, so that no later code can interpret it differently.
 *
 * <p>Only the origin form ({@code /path?query}) is accepted. Unreserved characters are decoded (RFC 3986, 6.2.2.2); all
 * other percent-encodings are kept and must encode UTF-8 without control characters. A path has no empty, {@code .} or
 * {@code ..} segment and no backslash, encoded or not; only the last segment may be empty. An encoded slash is part of
 * its segment: {@code BTC%2FUSDT} is one segment.
 *
 * @param path still percent-encoded, starts with a slash
 * @param query still percent-encoded, without the question mark; empty if there is none
 */
public record RequestTarget(String path, String query) {
    static RequestTarget parse(String raw) throws HttpRejection {
        if (!raw.startsWith("/")) {
            throw new HttpRejection(400, "the request target does not start with a slash");
        }
        int mark = raw.indexOf('?');
        String path = canonical(mark < 0 ? raw : raw.substring(0, mark), false);
        checkSegments(path);
        return new RequestTarget(path, mark < 0 ? "" : canonical(raw.substring(mark + 1), true));
    }

    private static String canonical(String raw, boolean query) throws HttpRejection {
        int plain = 0;
        while (plain < raw.length() && isPlain(raw.charAt(plain), query)) {
            plain++;
        }
        return plain == raw.length() ? raw : decodeUnreserved(raw, query);
    }

    private static boolean isPlain(char c, boolean query) {
        return query ? isQuery(c) : isPath(c);
    }

    private static String decodeUnreserved(String raw, boolean query) throws HttpRejection {
        var canonical = new StringBuilder(raw.length());
        var decoded = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (isPlain(c, query)) {
                canonical.append(c);
                decoded.put((byte) c);
            } else {
                int octet = c == '%' ? octet(raw, i + 1) : -1;
                if (octet < 0) {
                    throw new HttpRejection(400, "the request target has invalid percent-encoding");
                }
                if (octet < ' ' || octet == 0x7f || (octet == '\\' && !query)) {
                    throw new HttpRejection(400, "the request target has an encoded control character or backslash");
                }
                canonical.append(isUnreserved(octet) ? String.valueOf((char) octet) : raw.substring(i, i + 3));
                decoded.put((byte) octet);
                i += 2;
            }
        }
        checkUtf8(decoded.flip());
        return canonical.toString();
    }

    /** The octet that two hexadecimal digits encode, or −1. */
    private static int octet(String raw, int at) {
        if (at + 2 > raw.length()) {
            return -1;
        }
        int high = hex(raw.charAt(at));
        int low = hex(raw.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static void checkUtf8(ByteBuffer decoded) throws HttpRejection {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(decoded);
        } catch (CharacterCodingException e) {
            throw new HttpRejection(400, "the request target is not UTF-8");
        }
    }

    private static void checkSegments(String path) throws HttpRejection {
        int start = 1;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            if (end == start || isDots(path, start, end)) {
                throw new HttpRejection(400, "the path has an empty, '.' or '..' segment");
            }
            start = end + 1;
        }
        if (isDots(path, start, path.length())) {
            throw new HttpRejection(400, "the path has a '.' or '..' segment");
        }
    }

    private static boolean isDots(String path, int start, int end) {
        int length = end - start;
        return (length == 1 || length == 2) && path.charAt(start) == '.' && path.charAt(end - 1) == '.';
    }
}
