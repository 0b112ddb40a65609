package io.marketbrain.http.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unambiguous request line and headers of one request: anything that two parsers could interpret differently is
 * rejected, not repaired (RFC 9112, 3.2 and 6.3; RFC 9110, 10.1.1).
 *
 * @param length bytes of the body; {@link #CHUNKED} if it is sent in chunks
 * @param keepAlive whether the client keeps the connection open after the response
 * @param awaitsContinue whether the client waits for "100 Continue" before it sends the body
 */
public record RequestHead(
        String method,
        RequestTarget target,
        String version,
        RequestHeaders headers,
        long length,
        boolean keepAlive,
        boolean awaitsContinue) {
    /** The {@link #length} of a chunked body. */
    public static final long CHUNKED = -1;

    /** Headers of which a proxy and the gateway could use different ones if they were repeated. */
    private static final List<String> UNIQUE =
            List.of("Authorization", "X-API-Key", "Sec-WebSocket-Key", "Sec-WebSocket-Version");

    private static final String HTTP_1_0 = "HTTP/1.0";
    private static final int MAX_DIGITS = 18;
    private static final String NOT_IN_HOST = "/@,?#\\";

    static RequestHead of(String method, RequestTarget target, String version, RequestHeaders headers)
            throws HttpRejection {
        boolean old = version.equals(HTTP_1_0);
        for (String unique : UNIQUE) {
            headers.only(unique);
        }
        checkHost(headers.only("Host"), old);
        return new RequestHead(
                method,
                target,
                version,
                headers,
                length(headers.only("Transfer-Encoding"), headers.only("Content-Length"), old),
                old ? headers.has("Connection", "keep-alive") : !headers.has("Connection", "close"),
                awaitsContinue(headers.only("Expect"), old));
    }

    public boolean http10() {
        return version.equals(HTTP_1_0);
    }

    private static void checkHost(@Nullable String host, boolean old) throws HttpRejection {
        if (host == null) {
            if (old) {
                return;
            }
            throw new HttpRejection(400, "the Host header is missing");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c > '~' || NOT_IN_HOST.indexOf(c) >= 0) {
                throw new HttpRejection(400, "the Host header is not a single host");
            }
        }
    }

    private static long length(@Nullable String coding, @Nullable String length, boolean old) throws HttpRejection {
        if (coding == null) {
            return length == null ? 0 : number(length);
        }
        if (length != null || old) {
            throw new HttpRejection(400, "Transfer-Encoding is not allowed with Content-Length or in HTTP/1.0");
        }
        if (!coding.equalsIgnoreCase("chunked")) {
            throw new HttpRejection(501, "the only supported transfer coding is chunked");
        }
        return CHUNKED;
    }

    private static long number(String digits) throws HttpRejection {
        boolean number = !digits.isEmpty();
        for (int i = 0; i < digits.length(); i++) {
            number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!number) {
            throw new HttpRejection(400, "Content-Length is not a single number");
        }
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static boolean awaitsContinue(@Nullable String expectation, boolean old) throws HttpRejection {
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            throw new HttpRejection(417, "the only supported expectation is 100-continue");
        }
        return expectation != null && !old;
    }
}
