package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.marketbrain.Gateway;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.security.AccessConfig;
import io.marketbrain.security.KeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first page of a gateway that requires keys, in a real browser. */
class KeyedPagesBrowserTest {
    @TempDir
    Path state;

    @Test
    void the_first_page_asks_for_a_key_and_shows_the_providers_with_it() {
        String key = new KeyRing(state.resolve("keys")).create("reader", false, Instant.EPOCH, new SecureRandom());
        var config = GatewayConfig.defaults()
                .withServer(new ServerConfig("0.0.0.0", 0))
                .withState(state)
                .withAccess(new AccessConfig(true));
        List<String> faults = new ArrayList<>();
        try (var gateway = new Gateway(config);
                var browser = new TestBrowser()) {
            Page page = browser.browser().newPage();
            page.onPageError(faults::add);
            page.navigate("http://127.0.0.1:" + gateway.port() + "/");
            assertThat(page.locator("#access")).containsText("requires an API key");
            page.locator("#key").fill("no-such-key");
            page.locator("#access button").click();
            assertThat(page.locator("#access .problem")).hasText("unknown API key");
            DashboardFixture.picture(page, "dashboard-key.png");
            page.locator("#key").fill(key);
            page.locator("#access button").click();
            assertThat(page.locator(".row .badge.mock").first()).hasText("mock");
            assertThat(page.locator(".row .price").first()).hasText(Pattern.compile("[0-9,]+\\.[0-9]+"));
            page.locator("nav a", new Page.LocatorOptions().setHasText("Providers"))
                    .click();
            assertThat(page.locator(".provider").first()).containsText("mock");
            assertThat(page.locator("#access")).isHidden();
            assertThat(page.evaluate("sessionStorage.length + ' ' + localStorage.length"))
                    .isEqualTo("1 0");
        }
        assertThat(faults).isEmpty();
    }
}
