package io.marketbrain.api;

import io.marketbrain.api.http.Header;
import io.marketbrain.model.CallId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** What every reply gets before it leaves: 304 where the caller has it already, compression, safety headers, timing. */
final class Manners {
    private static final Header NOT_KEPT = new Header("Cache-Control", "no-store");
    private static final Header NOTHING_ACTIVE =
            new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    private static final Header AS_DECLARED = new Header("X-Content-Type-Options", "nosniff");
    private static final Header UNFRAMED = new Header("X-Frame-Options", "DENY");
    private static final Header UNTRACKED = new Header("Referrer-Policy", "no-referrer");

    /** Caches replace what they stored by what a 304 says, the policy of a page included. */
    private static final List<String> KEPT_WHEN_UNCHANGED = List.of(
            "ETag",
            "Cache-Control",
            "Cache-Status",
            "Age",
            "Vary",
            "Link",
            "Content-Security-Policy",
            "Access-Control-Allow-Origin",
            "Access-Control-Expose-Headers",
            "RateLimit-Policy",
            "RateLimit");

    private final int gzipFrom;

    /** @param gzipFrom the length in bytes from which a body is worth compressing */
    Manners(int gzipFrom) {
        this.gzipFrom = gzipFrom;
    }

    Reply dress(Incoming request, Reply plain, CallId callId, long tookNanos) {
        Reply reply = notModified(request, plain) ? unchanged(plain) : compressed(request, plain);
        reply.headers()
                .put("X-Request-Id", callId.value())
                .put("Server-Timing", "total;dur=" + Fixed.of(tookNanos / 1000, 3))
                .putIfAbsent(NOT_KEPT)
                .put(AS_DECLARED)
                .put(UNFRAMED)
                .put(UNTRACKED)
                .putIfAbsent(NOTHING_ACTIVE);
        return reply;
    }

    /** Keeps the answer to a caller with a key out of shared caches. */
    static void keepPrivate(Reply reply) {
        reply.headers().change("Cache-Control", value -> value.contains("no-store") ? value : "private, " + value);
        reply.adding("Vary", "Authorization");
        reply.adding("Vary", "X-API-Key");
    }

    private static boolean notModified(Incoming request, Reply reply) {
        boolean safe = request.method().equals("GET") || request.isHead();
        if (!safe || reply.status() != 200) {
            return false;
        }
        Optional<String> known = request.findHeader("If-None-Match");
        return known.isPresent()
                && reply.headers()
                        .get("ETag")
                        .filter(etag -> Etag.matches(known.get(), etag.value()))
                        .isPresent();
    }

    private static Reply unchanged(Reply reply) {
        Reply empty = Reply.empty(304);
        for (String name : KEPT_WHEN_UNCHANGED) {
            reply.headers().get(name).ifPresent(empty::with);
        }
        return empty.adding("Vary", "Accept-Encoding");
    }

    private Reply compressed(Incoming request, Reply reply) {
        if (reply.bytes().length < gzipFrom || reply.headers().has("Content-Encoding")) {
            return reply;
        }
        reply.adding("Vary", "Accept-Encoding");
        if (!acceptsGzip(request.headers())) {
            return reply;
        }
        var out = new ByteArrayOutputStream(reply.bytes().length / 2);
        try (var gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(reply.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var packed = new Reply(reply.status(), reply.headers(), out.toByteArray());
        packed.with("Content-Encoding", "gzip");
        packed.headers().change("ETag", etag -> Etag.encoded(etag, "gzip"));
        return packed;
    }

    /** Whether {@code Accept-Encoding} (RFC 9110, 12.5.3) names gzip, or everything, with a weight above zero. */
    static boolean acceptsGzip(Function<String, Optional<String>> headers) {
        String accept = headers.apply("Accept-Encoding").orElse("").toLowerCase(Locale.ROOT);
        boolean any = false;
        for (int from = 0; from < accept.length(); ) {
            int comma = accept.indexOf(',', from);
            int to = comma < 0 ? accept.length() : comma;
            String item = accept.substring(from, to).strip();
            int semicolon = item.indexOf(';');
            String coding = semicolon < 0 ? item : item.substring(0, semicolon).strip();
            boolean wanted = semicolon < 0 || weightAboveZero(item.substring(semicolon + 1));
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return wanted;
            }
            any |= coding.equals("*") && wanted;
            from = to + 1;
        }
        return any;
    }

    private static boolean weightAboveZero(String parameter) {
        int equals = parameter.indexOf('=');
        for (int i = equals + 1; i < parameter.length(); i++) {
            char c = parameter.charAt(i);
            if (c >= '1' && c <= '9') {
                return true;
            }
        }
        return equals < 0;
    }
}
