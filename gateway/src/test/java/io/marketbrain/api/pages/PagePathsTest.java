package io.marketbrain.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.api.ApiFixture;
import io.marketbrain.http.RawClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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

    /** A proxy may publish the gateway below a path, so a reference must not begin with a slash. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pages/index.html",
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
    void the_dashboard_is_served_to_browsers_unless_it_is_disabled() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            var page = fixture.client.get("/", "Accept", "text/html");
            assertThat(page.text()).contains("dashboard/app.js");
            assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "connect-src 'self'");
            var module = fixture.client.get("/dashboard/app.js", "Accept-Encoding", "gzip");
            assertThat(module.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
            assertThat(module.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(fixture.client.get("/dashboard/no-such.js").status()).isEqualTo(404);
        }
        try (var gateway = TestGateway.with(folder, "dashboard.enabled", "false")) {
            assertThat(gateway.get("/", "Accept", "text/html").header("Content-Type"))
                    .isEqualTo("application/json");
            assertThat(gateway.get("/dashboard/app.js").status()).isEqualTo(404);
        }
    }

    /** Each further file delays the first paint and the first price by several milliseconds. */
    @Test
    void the_first_prices_need_one_script_and_one_style_sheet() throws Exception {
        Matcher files =
                Pattern.compile("(?:src|href)=\"([\\w/-]+\\.(?:js|css))\"").matcher(resource("pages/index.html"));
        Set<String> named = new TreeSet<>();
        while (files.find()) {
            named.add(files.group(1));
        }
        assertThat(named).containsExactly("dashboard/app.js", "dashboard/dashboard.css");
        assertThat(bundle("app.js")).doesNotContainPattern("(?m)^import ").contains("import('./more.js')");
        assertThat(bundle("more.js")).containsPattern("^import \\{[$\\w, ]+} from './app.js';");
        assertThat(bundle("dashboard.css")).doesNotContain("@import").contains("--accent:");
    }

    @Test
    void the_whole_dashboard_is_less_than_200_kilobytes_compressed() throws Exception {
        int bytes = compressed("pages/index.html");
        for (String file : List.of(
                "dashboard/app.js.gz",
                "dashboard/more.js.gz",
                "dashboard/dashboard.css.gz",
                "assets/uplot.js.gz",
                "assets/uplot.css.gz")) {
            bytes += bytes(file).length;
        }
        assertThat(bytes).isBetween(50_000, 200_000);
    }

    private static String bundle(String name) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes("dashboard/" + name + ".gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int compressed(String file) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(resource(file).getBytes(StandardCharsets.UTF_8));
        }
        return out.size();
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
