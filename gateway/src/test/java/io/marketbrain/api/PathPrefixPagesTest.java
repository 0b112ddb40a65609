package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.marketbrain.acceptance.TestGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser behind a reverse proxy that publishes the gateway below {@code /brain}. */
class PathPrefixPagesTest {
    @TempDir
    static Path folder;

    private static TestBrowser browser;

    @BeforeAll
    static void start() {
        setDefaultAssertionTimeout(60_000);
        browser = new TestBrowser();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/brain"})
    void every_page_loads_all_it_needs_below_the_prefix_whether_it_is_configured_or_not(String configured)
            throws Exception {
        try (var gateway = configured.isEmpty()
                        ? TestGateway.with(folder.resolve("plain"))
                        : TestGateway.with(folder.resolve("prefixed"), "API_PATH_PREFIX", configured);
                var proxy = new PrefixProxy("/brain", gateway.port(), true);
                BrowserContext context = browser.browser().newContext()) {
            List<String> failed = new CopyOnWriteArrayList<>();
            context.setDefaultTimeout(60_000);
            context.onResponse(response -> {
                if (response.status() >= 400) {
                    failed.add(response.status() + " " + response.url());
                }
            });
            context.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    failed.add(message.text());
                }
            });
            Page page = context.newPage();

            page.navigate(proxy.origin() + "/brain/");
            assertThat(page.locator(".row .badge.mock").first()).hasText("mock");
            assertThat(page.locator(".row .price").first()).hasText(Pattern.compile("[0-9,]+\\.[0-9]+"));
            assertThat(page.locator(".legend").first()).containsText("SMA");
            Object links = page.evaluate(
                    "[...document.querySelectorAll('a')].map(a => a.href).filter(href => href.startsWith(origin))");
            for (Object link : (List<?>) links) {
                page.navigate(link.toString());
            }

            page.navigate(proxy.origin() + "/brain/docs/");
            page.locator("#operations-data-quote .opblock-summary-control").click();
            page.locator("#operations-data-quote .try-out__btn").click();
            var sent = page.waitForResponse(
                    response -> response.url().contains("/api/v1/data/"),
                    () -> page.locator("#operations-data-quote .btn.execute").click());
            assertThat(sent.url()).startsWith(proxy.origin() + "/brain/api/v1/data/binance/");
            assertThat(sent.status()).isEqualTo(200);

            page.navigate(proxy.origin() + "/brain/redoc/");
            assertThat(page.locator("h1").first()).containsText("Market Intel Brain");
            page.navigate(proxy.origin() + "/brain/problems/");
            page.locator("a[href*='rate-limited']").click();
            assertThat(page.locator("h1")).hasText("Too many requests");
            page.locator("a", new Page.LocatorOptions().setHasText("The API")).click();
            assertThat(page.locator("#operations-data-quote")).isVisible();

            assertThat(failed).isEmpty();
            assertThat(proxy.outside).isEmpty();
        }
    }
}
