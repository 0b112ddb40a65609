package io.marketbrain.config;

/** How values are shown to people: no secret, no password inside an address. */
final class Masking {
    static final String MASK = "********";

    private Masking() {}

    static String shown(Setting setting, String text) {
        if (setting.secret()) {
            return MASK;
        }
        int at = setting.key().endsWith("url") && !text.contains("://") ? text.lastIndexOf('@') : -1;
        return at >= 0 ? MASK + text.substring(at) : withoutPasswords(text);
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

    /** A password may hold a slash or a comma when nobody escaped it: the last {@code @} of the address counts. */
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
