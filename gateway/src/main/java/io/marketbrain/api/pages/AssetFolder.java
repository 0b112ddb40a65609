package io.marketbrain.api.pages;

import io.marketbrain.api.filters.Compression;
import io.marketbrain.api.rendering.Etag;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A folder of static files in the jar. A file may be stored compressed, and is sent as stored then. Thread-safe. */
final class AssetFolder {
    /** Cached by browsers without a check. */
    static final String AN_HOUR = "max-age=3600";

    /** Cached for ever: the name changes with the content. */
    static final String IMMUTABLE = "public, max-age=31536000, immutable";

    /** Cached, but checked by its ETag each time. */
    static final String CHECKED = "no-cache";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final String folder;
    private final String caching;

    /**
     * @param folder its path in the jar, with a slash at the end
     * @param caching the {@code Cache-Control} of its files
     */
    AssetFolder(String folder, String caching) {
        this.folder = folder;
        this.caching = caching;
    }

    /** The file that the path variable {@code file} names. */
    Response file(Request request) {
        String name = request.variable("file");
        String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !isName(name)) {
            return ProblemResponses.noSuchPath(request.path(), request.callId());
        }
        Optional<byte[]> packed = find(folder + name + ".gz");
        if (packed.isPresent()) {
            return packed(request, type, packed.get()).with("Cache-Control", caching);
        }
        return find(folder + name)
                .map(plain -> Response.tagged(type, plain).with("Cache-Control", caching))
                .orElseGet(() -> ProblemResponses.noSuchPath(request.path(), request.callId()));
    }

    /** The response with a compressed content: as it is, or unpacked if the client does not accept that. */
    static Response packed(Request request, String type, byte[] content) {
        Response reply = Response.tagged(type, content)
                .with("Content-Encoding", "gzip")
                .with("Vary", "Accept-Encoding");
        return Compression.acceptsGzip(request.headers()) ? packed(reply) : unpacked(reply);
    }

    private static Response packed(Response reply) {
        reply.headers().change("ETag", etag -> Etag.encoded(etag, "gzip"));
        return reply;
    }

    private static Response unpacked(Response packed) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.bytes()))) {
            return new Response(packed.status(), packed.headers().remove("Content-Encoding"), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a name is a plain file name without path separators or {@code ..}. */
    private static boolean isName(String file) {
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
            if (!plain) {
                return false;
            }
        }
        return !file.contains("..");
    }

    /** The content of a file in the jar. */
    static Optional<byte[]> find(String path) {
        try (InputStream in = AssetFolder.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
