package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.marketbrain.acceptance.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of Swagger UI and ReDoc have the colors of the dashboard in both schemes, and texts that can be read. */
class ViewerColorsBrowserTest {
    @TempDir
    static Path folder;

    private static TestGateway gateway;
    private static DashboardFixture browser;

    @BeforeAll
    static void start() {
        gateway = TestGateway.with(folder);
        browser = new DashboardFixture();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        gateway.close();
    }

    private static Page open(String viewer, ColorScheme scheme) {
        Page page = browser.open(gateway.port(), viewer, 1200, 900, scheme);
        assertThat(page.locator("h1, h2").first()).containsText("Market Intel Brain");
        return page;
    }

    private static void expectColors(Page page, ColorScheme scheme, String... parts) {
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(scheme == ColorScheme.DARK ? "rgb(20, 26, 33)" : "rgb(255, 255, 255)");
        for (String part : parts) {
            assertThat(page.locator(part).first()).isVisible();
        }
        assertThat(browser.contrastFindings(page, parts)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void an_operation_that_is_tried_out_can_be_read(ColorScheme scheme) {
        Page page = open("docs", scheme);
        String quote = "#operations-data-quote ";
        page.locator(quote + ".opblock-summary-control").click();
        page.locator(quote + ".try-out__btn").click();
        page.locator(quote + ".btn.execute").click();
        assertThat(page.locator(quote + ".live-responses-table")).containsText("200");
        page.locator("#operations-alerts-createAlert .opblock-summary-control")
                .first()
                .click();
        DashboardFixture.picture(page, "docs-" + scheme + ".png");
        page.locator(quote).scrollIntoViewIfNeeded();
        DashboardFixture.picture(page, "docs-tried-" + scheme + ".png");
        expectColors(
                page,
                scheme,
                ".top",
                ".info",
                ".scheme-container",
                "#operations-data-quote",
                "#operations-alerts-createAlert");
        page.locator(".btn.authorize").first().click();
        assertThat(page.locator(".dialog-ux .modal-ux")).isVisible();
        DashboardFixture.picture(page, "docs-authorize-" + scheme + ".png");
        assertThat(browser.contrastFindings(page, ".dialog-ux")).isEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme(scheme == ColorScheme.DARK ? ColorScheme.LIGHT : ColorScheme.DARK));
        assertThat(page.locator("html.dark-mode")).hasCount(scheme == ColorScheme.DARK ? 0 : 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void the_reference_can_be_read(ColorScheme scheme) {
        Page page = open("redoc", scheme);
        assertThat(page.locator("[data-section-id='tag/data/operation/candles']")
                        .first())
                .isVisible();
        DashboardFixture.picture(page, "redoc-" + scheme + ".png");
        page.locator("[data-section-id='tag/data/operation/quote']").first().scrollIntoViewIfNeeded();
        DashboardFixture.picture(page, "redoc-quote-" + scheme + ".png");
        expectColors(
                page,
                scheme,
                ".top",
                ".menu-content",
                ".api-info",
                "[id='tag/data/operation/quote']",
                "[id='tag/alerts/operation/createAlert']");
    }
}
