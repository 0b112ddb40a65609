package io.marketbrain.api.filters;

import io.marketbrain.api.access.Exchange;
import io.marketbrain.api.rendering.Etag;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.http.message.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** Compresses responses for callers that accept gzip: every stream that may be transformed, and whole bodies from a minimum length. */
public final class Compression implements ResponseFilter {
    private static final int BUFFER = 8192;

    private final int gzipFrom;

    /** @param gzipFrom minimum length in bytes of a whole body that is compressed */
    Compression(int gzipFrom) {
        this.gzipFrom = gzipFrom;
    }

    @Override
    public Response apply(Exchange exchange, Response response) {
        boolean done = response.status() == 304 || response.headers().has("Content-Encoding");
        if (done || !worthwhile(response.body()) || mustStay(response)) {
            return response;
        }
        response.adding("Vary", "Accept-Encoding");
        if (!acceptsGzip(exchange.request().headers())) {
            return response;
        }
        Response packed = response.withBody(packed(response.body()));
        packed.with("Content-Encoding", "gzip");
        packed.headers().change("ETag", etag -> Etag.encoded(etag, "gzip"));
        return packed;
    }

    /** Whether the response says that nobody may transform it (RFC 9111, 5.2.2.6), as live streams do. */
    private static boolean mustStay(Response response) {
        return response.headers()
                .get("Cache-Control")
                .filter(header -> header.value().contains("no-transform"))
                .isPresent();
    }

    private boolean worthwhile(Body body) {
        return switch (body) {
            case Body.Bytes(byte[] bytes) -> bytes.length >= gzipFrom;
            case Body.Stream _ -> true;
            case Body.Upgrade _ -> false;
        };
    }

    private static Body packed(Body body) {
        return switch (body) {
            case Body.Bytes(byte[] bytes) -> packed(bytes);
            case Body.Stream stream -> stream.wrappedBy(Compression::pack);
            case Body.Upgrade upgrade -> upgrade;
        };
    }

    private static Body.Bytes packed(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(out, BUFFER)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Body.Bytes(out.toByteArray());
    }

    private static void pack(Body.Stream stream, OutputStream out) throws IOException {
        var gzip = new StreamGzip(out);
        try {
            stream.writeTo(gzip);
            gzip.finish();
        } finally {
            gzip.release();
        }
    }

    /**
     * A gzip stream whose flush sends everything written so far, and whose trailer is written only by {@code finish},
     * so that a stream that fails is seen as incomplete.
     */
    private static final class StreamGzip extends GZIPOutputStream {
        StreamGzip(OutputStream out) throws IOException {
            super(out, BUFFER, true);
        }

        void release() {
            def.end();
        }
    }

    /** Whether {@code Accept-Encoding} (RFC 9110, 12.5.3) names gzip, or everything, with a weight above zero. */
    public static boolean acceptsGzip(Function<String, Optional<String>> headers) {
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
