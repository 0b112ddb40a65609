package io.marketbrain.http.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Set;

/**
 * Parses one request head (RFC 9112, 3 and 5). The caller has checked that all lines end with CR LF and that the last
 * line is empty. Obsolete line folding is rejected.
 */
public final class RequestHeadParser {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final byte[] bytes;
    private final int maxHeaders;
    private int at;

    public RequestHeadParser(byte[] bytes, int start, int maxHeaders) {
        this.bytes = bytes;
        this.at = start;
        this.maxHeaders = maxHeaders;
    }

    public RequestHead parse() throws HttpRejection {
        String method = method();
        String target = target();
        String version = version(); // checked first: an HTTP/2 preface is a matter of the version, not of its method
        if (!METHODS.contains(method)) {
            throw new HttpRejection(501, "the request method is not supported");
        }
        return RequestHead.of(method, RequestTarget.parse(target), version, headers());
    }

    private String method() throws HttpRejection {
        int start = at;
        while (HttpGrammar.isToken(bytes[at])) {
            at++;
        }
        if (at == start || bytes[at] != ' ') {
            throw new HttpRejection(400, "the request line does not start with a method");
        }
        return text(start, at++);
    }

    private String target() throws HttpRejection {
        int start = at;
        while (bytes[at] != ' ') {
            if (bytes[at] == '\r') {
                throw new HttpRejection(400, "the request line is not method, target and version");
            }
            at++;
        }
        return text(start, at++);
    }

    private String version() throws HttpRejection {
        String version = line(at);
        if (version.equals("HTTP/1.1") || version.equals("HTTP/1.0")) {
            return version;
        }
        boolean other = version.length() == 8 && version.startsWith("HTTP/") && version.charAt(6) == '.';
        throw other
                ? new HttpRejection(505, "only HTTP/1.1 and HTTP/1.0 are supported")
                : new HttpRejection(400, "the request line does not end with a version");
    }

    private RequestHeaders headers() throws HttpRejection {
        var headers = new RequestHeaders();
        for (int count = 0; bytes[at] != '\r'; count++) {
            if (count == maxHeaders) {
                throw new HttpRejection(431, "more than " + maxHeaders + " headers");
            }
            headers.add(name(), value());
        }
        return headers;
    }

    private String name() throws HttpRejection {
        int start = at;
        while (HttpGrammar.isToken(bytes[at])) {
            at++;
        }
        if (at == start || bytes[at] != ':') {
            throw new HttpRejection(400, "a header line is not name, colon and value");
        }
        return text(start, at++);
    }

    private String value() throws HttpRejection {
        while (isBlank(bytes[at])) {
            at++;
        }
        String value = line(at);
        int end = value.length();
        for (int i = 0; i < end; i++) {
            if (!HttpGrammar.isValue(value.charAt(i))) {
                throw new HttpRejection(400, "a header value has a control character");
            }
        }
        while (end > 0 && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(0, end);
    }

    /** Returns the rest of the line and moves to the next one. */
    private String line(int start) {
        while (bytes[at] != '\r') {
            at++;
        }
        String line = text(start, at);
        at += 2;
        return line;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, ISO_8859_1);
    }
}
