package io.marketbrain.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ApiFixture;
import io.marketbrain.http.RawClient;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of the pages as users and browsers request them. */
class PagePathsTest {
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
            strings = {"pages/index.html", "pages/docs.html", "pages/redoc.html", "assets/page.js", "assets/docs.js"})
    void every_reference_in_a_page_is_relative(String file) throws Exception {
        try (InputStream in = PagePathsTest.class.getResourceAsStream("/api/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).doesNotContain("href=\"/", "src=\"/", "'/", "`/", "url(/");
        }
    }
}
