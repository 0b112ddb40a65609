package io.marketbrain.http.message;

/** The character classes of RFC 9110 and RFC 3986 that are allowed in a request. */
public final class HttpGrammar {
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    private static final boolean[] UNRESERVED = table("-._~");
    private static final boolean[] PATH = table("-._~!$&'()*+,;=:@/");
    private static final boolean[] QUERY = table("-._~!$&'()*+,;=:@/?");

    private HttpGrammar() {}

    /** Characters of a method or a header name (RFC 9110, 5.6.2). */
    public static boolean isToken(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    /** Characters that mean the same with or without percent-encoding (RFC 3986, 2.3). */
    static boolean isUnreserved(int c) {
        return c >= 0 && c < 128 && UNRESERVED[c];
    }

    /** Characters of a path, except the percent sign (RFC 3986, 3.3). */
    static boolean isPath(int c) {
        return c >= 0 && c < 128 && PATH[c];
    }

    /** Characters of a query, except the percent sign (RFC 3986, 3.4). */
    static boolean isQuery(int c) {
        return c >= 0 && c < 128 && QUERY[c];
    }

    /** Characters of a header value: visible ones, space, tab and bytes above 127. */
    public static boolean isValue(int c) {
        return (c >= 0x20 && c != 0x7f) || c == '\t';
    }

    /** The value of a hexadecimal digit, or −1. */
    public static int hex(int c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean[] table(String marks) {
        var table = new boolean[128];
        for (char c = '0'; c <= '9'; c++) {
            table[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            table[c] = true;
            table[c - 32] = true;
        }
        for (int i = 0; i < marks.length(); i++) {
            table[marks.charAt(i)] = true;
        }
        return table;
    }
}
