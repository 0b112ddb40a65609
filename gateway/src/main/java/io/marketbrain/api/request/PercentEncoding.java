package io.marketbrain.api.request;

import io.marketbrain.api.rendering.EchoedText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Strict percent-encoding (RFC 3986): an invalid escape or bytes that are not UTF-8 are rejected with 400. */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** The request target is not valid percent-encoded UTF-8. */
    public static final class BadEncoding extends Exception {
        private static final long serialVersionUID = 1L;

        private final String detail;

        private BadEncoding(String detail) {
            super(detail, null, false, false);
            this.detail = detail;
        }

        public String detail() {
            return detail;
        }
    }

    /** The text of one path segment. */
    public static String decodeSegment(String raw) throws BadEncoding {
        return raw.indexOf('%') < 0 ? raw : decode(raw, false);
    }

    /** Query parameters by name, in order; a parameter without a value has an empty one. */
    public static Map<String, List<String>> decodeQuery(String raw) throws BadEncoding {
        if (raw.isEmpty()) {
            return Map.of();
        }
        var query = new LinkedHashMap<String, List<String>>();
        int start = 0;
        while (start <= raw.length()) {
            int end = raw.indexOf('&', start);
            if (end < 0) {
                end = raw.length();
            }
            if (end > start) {
                int equals = raw.indexOf('=', start);
                boolean bare = equals < 0 || equals > end;
                String name = decode(raw.substring(start, bare ? end : equals), true);
                String value = bare ? "" : decode(raw.substring(equals + 1, end), true);
                query.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            }
            start = end + 1;
        }
        return query;
    }

    private static String decode(String raw, boolean plusIsSpace) throws BadEncoding {
        boolean plain = true;
        for (int i = 0; i < raw.length() && plain; i++) {
            char c = raw.charAt(i);
            plain = c != '%' && c != '+' && c < 128;
        }
        if (plain) {
            return raw;
        }
        var bytes = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw broken(raw);
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else if (c < 128) {
                bytes.put((byte) c);
            } else {
                throw broken(raw);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw broken(raw);
        }
    }

    private static BadEncoding broken(String raw) {
        return new BadEncoding("'" + EchoedText.of(raw) + "' is not percent-encoded UTF-8");
    }

    /** Encodes {@code text} for use in a path segment or a query value. */
    public static String encode(String text) {
        var out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return out.toString();
    }
}
