package io.marketbrain.security;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The credentials of this process, used to mask them in any text: in plain and URL-encoded form and, for an address,
 * the password in it. Immutable.
 */
public final class KnownSecrets {
    private static final String MASK = "********";

    /** Shorter values are not masked: they would match ordinary words and protect nothing. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_KEY = 20;

    private final List<String> longestFirst;

    public KnownSecrets(Collection<Secret> secrets) {
        this.longestFirst = secrets.stream()
                .map(Secret::reveal)
                .flatMap(value -> value.contains("://") ? passwords(value) : Stream.of(value))
                .flatMap(value -> Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8), decoded(value)))
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                .toList();
    }

    /** The text with every known secret masked; the same text if it contains none. */
    public String redact(String text) {
        return redact(text, MASK);
    }

    /** The text with every known secret replaced by {@code mask}; the same text if it contains none. */
    public String redact(String text, String mask) {
        String redacted = text;
        for (String secret : longestFirst) {
            redacted = redacted.replace(secret, mask);
        }
        return redacted.contains(KeyRing.PREFIX) ? withoutKeys(redacted, mask) : redacted;
    }

    /** Whether the text contains a known secret or something that looks like a caller's API key. */
    public boolean standIn(String text) {
        for (String secret : longestFirst) {
            if (text.contains(secret)) {
                return true;
            }
        }
        return text.contains(KeyRing.PREFIX);
    }

    /** Masks what looks like a caller's API key: the keys themselves are unknown here, only their hashes are stored. */
    private static String withoutKeys(String text, String mask) {
        var masked = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf(KeyRing.PREFIX); at >= 0; at = text.indexOf(KeyRing.PREFIX, from)) {
            int end = at + KeyRing.PREFIX.length();
            while (end < text.length() && isOfKey(text.charAt(end))) {
                end++;
            }
            boolean key = end - at >= SHORTEST_KEY;
            masked.append(text, from, at).append(key ? mask : text.substring(at, end));
            from = end;
        }
        return masked.append(text, from, text.length()).toString();
    }

    private static boolean isOfKey(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** The passwords in one or several addresses: the text between the user (or its place) and the last {@code @}. */
    private static Stream<String> passwords(String addresses) {
        return Arrays.stream(addresses.split("://", -1))
                .skip(1)
                .filter(address -> address.contains("@"))
                .map(address -> address.substring(0, address.lastIndexOf('@')))
                .map(user -> user.substring(user.indexOf(':') + 1));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    @Override
    public String toString() {
        return "KnownSecrets[" + longestFirst.size() + " forms]";
    }
}
