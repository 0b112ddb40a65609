package io.marketbrain.api.pages;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.api.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTML pages and their assets, all served from the jar: no page needs another host, and its content security policy
 * forbids requests to one. References in pages are relative, so that they work below any path. Thread-safe.
 */
public final class Pages {
    private static final String HTML = "text/html; charset=utf-8";

    private static final String FROM_HERE = "default-src 'none'; img-src 'self' data:; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    /** Both OpenAPI viewers set style attributes; one runs its search in a worker created from a blob. */
    private static final String VIEWER = FROM_HERE
            + "script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; worker-src 'self' blob:";

    private static final String PLAIN = FROM_HERE + "script-src 'self'; style-src 'self'";

    /** The pages that users also request with a slash at the end. */
    private static final Set<String> PAGES = Set.of("/docs", "/redoc", "/problems");

    private final AssetFolder assets = new AssetFolder("/api/assets/", AssetFolder.AN_HOUR);

    private final AssetFolder dashboard = new AssetFolder(DashboardPage.FOLDER, AssetFolder.IMMUTABLE);

    private final PathPrefix prefix;

    /** Null until it is requested for the first time. */
    private volatile @Nullable DashboardPage front;

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
        return Response.tagged("image/svg+xml", resource("/api/assets/mark.svg"))
                .with("Cache-Control", AssetFolder.AN_HOUR);
    }

    /**
     * The dashboard. The page holds its style sheet and first script, and the policy allows no others within it.
     *
     * @param quotes gives the events that the page begins with, a JSON array, for the symbols of its watch list
     */
    Response front(Function<List<String>, String> quotes) {
        DashboardPage kept = front;
        if (kept == null) {
            kept = DashboardPage.load();
            front = kept;
        }
        return page(kept.with(quotes.apply(kept.watched())), FROM_HERE + kept.policy());
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
        return assets.file(request);
    }

    /** Scripts of the dashboard. */
    public Response dashboardFile(Request request) {
        return dashboard.file(request);
    }

    /** A page that consists only of text and links. */
    static Response plain(String html) {
        return page(html.getBytes(StandardCharsets.UTF_8), PLAIN);
    }

    private static Response page(String name, String policy) {
        return page(resource("/api/pages/" + name), policy);
    }

    private static Response page(byte[] html, String policy) {
        return Response.tagged(HTML, html)
                .with("Cache-Control", AssetFolder.CHECKED)
                .with("Content-Security-Policy", policy);
    }

    static byte[] resource(String path) {
        return AssetFolder.find(path).orElseThrow(() -> new IllegalStateException(path + " is missing from the jar"));
    }
}
