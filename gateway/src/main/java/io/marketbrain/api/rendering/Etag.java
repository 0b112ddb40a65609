package io.marketbrain.api.rendering;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Entity tags (RFC 9110, 8.8.3): the first 128 bits of a SHA-256, so that different payloads do not share a tag. */
public final class Etag {
    private static final int BYTES = 16;

    private Etag() {}

    /** A range of bytes, {@code from} inclusive to {@code to} exclusive. */
    record Span(int from, int to) {}

    /** The strong tag of {@code bytes} without the spans in {@code except}, which must be in ascending order. */
    static String of(byte[] bytes, List<Span> except) {
        MessageDigest digest = sha256();
        int from = 0;
        for (Span span : except) {
            digest.update(bytes, from, span.from() - from);
            from = span.to();
        }
        digest.update(bytes, from, bytes.length - from);
        byte[] hash = new byte[BYTES];
        System.arraycopy(digest.digest(), 0, hash, 0, BYTES);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
    }

    /** The tag of the same payload in another content coding. */
    public static String encoded(String etag, String coding) {
        return etag.substring(0, etag.length() - 1) + "-" + coding + '"';
    }

    /**
     * Whether an {@code If-None-Match} header contains {@code etag}, in any content coding; compared weakly, as RFC
     * 9110 requires.
     */
    public static boolean matches(String ifNoneMatch, String etag) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        String opaque = etag.substring(0, etag.length() - 1);
        int from = 0;
        while (from < ifNoneMatch.length()) {
            int open = ifNoneMatch.indexOf('"', from);
            int close = open < 0 ? -1 : ifNoneMatch.indexOf('"', open + 1);
            if (close < 0) {
                return false;
            }
            String candidate = ifNoneMatch.substring(open, close);
            if (candidate.equals(opaque) || candidate.equals(opaque + "-gzip")) {
                return true;
            }
            from = close + 1;
        }
        return false;
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
