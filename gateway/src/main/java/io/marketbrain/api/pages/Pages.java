package io.marketbrain.api.pages;

import io.marketbrain.api.filters.Compression;
import io.marketbrain.api.rendering.Etag;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The HTML pages and their assets, all served from the jar: no page needs another host, and its content security policy
 * forbids requests to one. References in pages are relative, so that they work below any path. Large assets are stored
 * compressed in the jar and sent as stored. Thread-safe.
 */
public final class Pages {
    private static final String FROM_HERE = "default-src 'none'; script-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    /** Both OpenAPI viewers set style attributes; one runs its search in a worker created from a blob. */
    private static final String VIEWER =
            FROM_HERE + "style-src 'self' 'unsafe-inline'; font-src 'self' data:; worker-src 'self' blob:";

    private static final String PLAIN = FROM_HERE + "style-src 'self'";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** The pages that users also request with a slash at the end. */
    private static final Set<String> PAGES = Set.of("/docs", "/redoc", "/problems");

    private final PathPrefix prefix;

    public Pages(PathPrefix prefix) {
        this.prefix = prefix;
    }

    /** A redirect to the page that a path without a route was meant to be. */
    public Optional<Response> findRedirect(String path) {
        if (prefix.is(path)) {
            return Optional.of(redirect(prefix.before("/")));
        }
        boolean page = path.endsWith("/") && PAGES.contains(path.substring(0, path.length() - 1));
        return page ? Optional.of(redirect(".." + path.substring(0, path.length() - 1))) : Optional.empty();
    }

    private static Response redirect(String location) {
        return Response.empty(308).with("Location", location).with("Cache-Control", "no-cache");
    }

    /** The icon that browsers request from documents without a link to one, such as JSON. */
    public Response icon(Request request) {
        return Response.tagged(MEDIA_TYPES.getOrDefault("svg", ""), resource("/api/assets/mark.svg"))
                .with("Cache-Control", "max-age=3600");
    }

    Response front() {
        return page("index.html", PLAIN);
    }

    public Response swagger(Request request) {
        return page("docs.html", VIEWER);
    }

    public Response redoc(Request request) {
        return page("redoc.html", VIEWER);
    }

    public Response openApi(Request request) {
        return Response.tagged(Response.JSON, description()).with("Cache-Control", "no-cache");
    }

    /** The OpenAPI document, with the problem types as they are sent. */
    private byte[] description() {
        byte[] document = resource("/api/openapi.json");
        return prefix.isEmpty()
                ? document
                : new String(document, StandardCharsets.UTF_8)
                        .replaceAll("\"/problems/(?!\\{)", "\"" + prefix.before("/problems/"))
                        .getBytes(StandardCharsets.UTF_8);
    }

    public Response asset(Request request) {
        String file = request.variable("file");
        String type = MEDIA_TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        if (type == null || !isName(file)) {
            return ProblemResponses.noSuchPath(request.path(), request.callId());
        }
        byte[] packed = find("/api/assets/" + file + ".gz");
        if (packed != null) {
            Response reply = Response.tagged(type, packed)
                    .with("Content-Encoding", "gzip")
                    .with("Cache-Control", "max-age=3600")
                    .with("Vary", "Accept-Encoding");
            return Compression.acceptsGzip(request.headers()) ? packed(reply) : unpacked(reply);
        }
        byte[] plain = find("/api/assets/" + file);
        return plain == null
                ? ProblemResponses.noSuchPath(request.path(), request.callId())
                : Response.tagged(type, plain).with("Cache-Control", "max-age=3600");
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

    /** A page that consists only of text and links. */
    static Response plain(String html) {
        return page(html.getBytes(StandardCharsets.UTF_8), PLAIN);
    }

    private static Response page(String name, String policy) {
        return page(resource("/api/pages/" + name), policy);
    }

    private static Response page(byte[] html, String policy) {
        return Response.tagged("text/html; charset=utf-8", html)
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy", policy);
    }

    private static byte[] resource(String path) {
        byte[] bytes = find(path);
        if (bytes == null) {
            throw new IllegalStateException(path + " is missing from the jar");
        }
        return bytes;
    }

    private static byte @Nullable [] find(String path) {
        try (InputStream in = Pages.class.getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
