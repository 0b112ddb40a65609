package io.marketbrain.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.api.ApiFixture;
import io.marketbrain.http.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of the pages as users and browsers request them. */
class PagePathsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/docs/", "/redoc/", "/problems/"})
    void a_page_with_a_slash_at_the_end_is_redirected_to_the_page(String path) throws Exception {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES);
                var wire = new RawClient(fixture.client.port())) {
            RawClient.Answer answer = wire.get(path).answer();
            assertThat(answer.status()).isEqualTo(308);
            String target = URI.create("http://host/brain" + path)
                    .resolve(answer.headers().get("location"))
                    .toString();
            assertThat(target).isEqualTo("http://host/brain" + path.substring(0, path.length() - 1));
        }
    }

    @Test
    void the_icon_is_served_where_browsers_look_for_it() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            var icon = fixture.client.get("/favicon.ico");
            assertThat(icon.status()).isEqualTo(200);
            assertThat(icon.header("Content-Type")).isEqualTo("image/svg+xml");
        }
    }

    /** The dashboard has it in its style sheet, so that it is painted first. */
    @Test
    void the_mark_in_the_style_sheet_of_the_dashboard_is_the_icon() throws IOException {
        Path resources = Path.of("src", "main", "resources", "api");
        String style = Files.readString(resources.resolve("dashboard/dashboard.css"));
        String mark = Files.readString(resources.resolve("assets/mark.svg"));
        String begin = "url(\"data:image/svg+xml,";
        int from = style.indexOf(begin) + begin.length();
        String written = style.substring(from, style.indexOf("\")", from));
        assertThat(URLDecoder.decode(written, StandardCharsets.UTF_8)
                        .replace('\'', '"')
                        .replace(" />", "/>"))
                .isEqualTo(mark.strip().replaceAll(">\\s+<", "><"));
    }

    /** A proxy may publish the gateway below a path, so a reference must not begin with a slash. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dashboard/index.html",
                "pages/docs.html",
                "pages/redoc.html",
                "assets/docs.js",
                "dashboard/feed.js",
                "dashboard/api.js",
                "dashboard/panes.js",
                "dashboard/dashboard.css"
            })
    void every_reference_in_a_page_is_relative(String file) throws Exception {
        assertThat(resource(file)).doesNotContain("href=\"/", "src=\"/", "'/", "`/", "url(/");
    }

    @Test
    void the_dashboard_is_served_to_browsers_unless_it_is_disabled() throws Exception {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            var page = fixture.client.get("/", "Accept", "text/html");
            assertThat(page.text()).contains("<script>", "<style>", "Watch list");
            assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "connect-src 'self'", "script-src 'self' 'sha256-")
                    .doesNotContain("unsafe");
            assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
            String path = "/" + script("app");
            assertThat(page.text()).contains("import('./" + path.substring(1) + "')");
            var module = fixture.client.get(path, "Accept-Encoding", "gzip");
            assertThat(module.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
            assertThat(module.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            for (String hidden : List.of("app.js", "index.html", "policy.txt")) {
                assertThat(fixture.client.get("/dashboard/" + hidden).status()).isEqualTo(404);
            }
            assertThat(fixture.client.get("/dashboard/no-such.js").status()).isEqualTo(404);
        }
        try (var gateway = TestGateway.with(folder, "dashboard.enabled", "false")) {
            assertThat(gateway.get("/", "Accept", "text/html").header("Content-Type"))
                    .isEqualTo("application/json");
            assertThat(gateway.get("/" + script("app")).status()).isEqualTo(404);
        }
    }

    @Test
    void a_second_visit_transfers_no_page() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            var first = fixture.client.get("/", "Accept", "text/html", "Accept-Encoding", "gzip");
            assertThat(first.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(first.header("Vary")).contains("Accept-Encoding");
            var second = fixture.client.get(
                    "/", "Accept", "text/html", "Accept-Encoding", "gzip", "If-None-Match", first.header("ETag"));
            assertThat(second.status()).isEqualTo(304);
        }
    }

    /** Each further file delays the first paint and the first price by several milliseconds. */
    @Test
    void the_first_paint_and_the_first_prices_need_the_page_only() throws Exception {
        String page = new String(bytes("dashboard/index.html"), StandardCharsets.UTF_8);
        assertThat(page)
                .doesNotContain("rel=\"stylesheet\"", "<script src", "<img", "@import")
                .contains("--accent:");
        assertThat(page).contains("import('./" + script("app") + "')");
        assertThat(unpacked(script("app")))
                .doesNotContainPattern("(?m)^import ")
                .contains("import('./" + script("more").replace("dashboard/", "") + "')");
        assertThat(unpacked(script("more")))
                .containsPattern(
                        "^import \\{[$\\w, ]+} from './" + script("app").replace("dashboard/", "") + "';");
    }

    /** What a connection transfers before it waits for the browser: ten segments of 1,460 bytes (RFC 6928). */
    @Test
    void the_page_arrives_in_few_round_trips() throws Exception {
        assertThat(packedPage()).isLessThan(2 * 14_600);
    }

    /** The bytes of the page as it is transferred. */
    private static int packedPage() throws IOException {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES);
                var wire = new RawClient(fixture.client.port())) {
            wire.send("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n");
            return wire.answer().body().length();
        }
    }

    @Test
    void the_whole_dashboard_is_less_than_200_kilobytes_compressed() throws Exception {
        int bytes = packedPage();
        for (String file : List.of(script("app"), script("more"), "assets/uplot.js", "assets/uplot.css")) {
            bytes += bytes(file + ".gz").length;
        }
        assertThat(bytes).isBetween(50_000, 200_000);
    }

    /** The path of a script of the dashboard, with its version. */
    private static String script(String name) throws Exception {
        try (Stream<Path> files = Files.list(Path.of(PagePathsTest.class
                        .getResource("/api/dashboard/policy.txt")
                        .toURI())
                .getParent())) {
            return "dashboard/"
                    + files.map(file -> file.getFileName().toString())
                            .filter(file -> file.startsWith(name + "-"))
                            .findFirst()
                            .orElseThrow()
                            .replace(".gz", "");
        }
    }

    private static String unpacked(String file) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes(file + ".gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String resource(String file) throws IOException {
        return file.startsWith("dashboard/")
                ? Files.readString(Path.of("src/main/resources/api", file))
                : new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = PagePathsTest.class.getResourceAsStream("/api/" + file)) {
            return in.readAllBytes();
        }
    }
}
