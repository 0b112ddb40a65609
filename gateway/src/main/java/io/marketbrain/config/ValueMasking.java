package io.marketbrain.config;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Masks values for display: secrets, and passwords or keys inside addresses. */
final class ValueMasking {
    static final String MASK = "********";

    /** Path segments of at least this length may be keys; version numbers and names of services are shorter. */
    private static final int SHORTEST_KEY = 12;

    private static final Pattern ADDRESS =
            Pattern.compile("(?<place>://[^/?#,\\s]*)(?<path>[^?#,\\s]*)(?<query>[?#][^\\s]*)?");

    private ValueMasking() {}

    static String shown(Setting setting, String text) {
        if (setting.secret()) {
            return MASK;
        }
        return setting.key().endsWith("url") ? address(text) : withoutKeys(withoutPasswords(text));
    }

    /** An address, also one that is not well-formed and is shown because it is refused. */
    private static String address(String text) {
        int at = text.lastIndexOf('@');
        boolean scheme = text.contains("://");
        String shown = scheme ? withoutPasswords(text) : at < 0 ? text : MASK + text.substring(at);
        int end = 0;
        while (end < shown.length() && !endsPath(shown.charAt(end))) {
            end++;
        }
        String place = shown.substring(0, end);
        String masked = scheme
                ? withoutKeys(place)
                : at < 0 ? path(place) : MASK + "@" + path(place.substring(MASK.length() + 1));
        return end == shown.length() ? masked : masked + shown.charAt(end) + MASK;
    }

    /** What follows such a character is not shown: in an address it begins a query, a fragment or an error. */
    private static boolean endsPath(char c) {
        return c <= ' ' || c == '?' || c == '#' || c == '\\' || c > '~';
    }

    /**
     * The text with every query masked, and every part of a path that may be a key: {@code https://h/v1/********?********}.
     */
    static String withoutKeys(String text) {
        return ADDRESS.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group("place")
                        + path(found.group("path"))
                        + (found.group("query") == null
                                ? ""
                                : found.group("query").charAt(0) + MASK)));
    }

    private static String path(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> mayBeKey(part) ? MASK : part)
                .collect(Collectors.joining("/"));
    }

    /** Whether a part of an address's path may be a key: it is as long as one, or names a value. */
    static boolean mayBeKey(String part) {
        return part.length() >= SHORTEST_KEY || part.indexOf('=') >= 0;
    }

    /** The text with everything between {@code ://} and {@code @} masked, in each address that it holds. */
    static String withoutPasswords(String text) {
        var shown = new StringBuilder();
        int from = 0;
        while (true) {
            int scheme = text.indexOf("://", from);
            if (scheme < 0) {
                return shown.append(text, from, text.length()).toString();
            }
            int start = scheme + 3;
            int end = endOfAddress(text, start);
            int at = text.lastIndexOf('@', end - 1);
            shown.append(text, from, start);
            if (at >= start) {
                shown.append(MASK);
                start = at;
            }
            shown.append(text, start, end);
            from = end;
        }
    }

    /** A password may contain an unescaped slash or comma, so the last {@code @} of the address counts. */
    private static int endOfAddress(String text, int start) {
        int next = text.indexOf("://", start);
        int limit = next < 0 ? text.length() : next;
        int at = text.lastIndexOf('@', limit - 1);
        int from = Math.max(start, at);
        for (int i = from; i < limit; i++) {
            if (text.charAt(i) == ',' || Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return limit;
    }
}
