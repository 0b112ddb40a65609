package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.marketbrain.Gateway;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.security.KeyRing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in a real browser, served by a complete gateway: they load and work without access to any other host.
 * Screenshots are saved in {@code target/screenshots}.
 */
class PagesBrowserTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir
    static Path state;

    private static String key;
    private static Gateway gateway;
    private static TestBrowser browser;

    private final List<String> foreign = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(PICTURES);
        setDefaultAssertionTimeout(60_000);
        key = new KeyRing(state.resolve("keys")).create("reader", false, Instant.EPOCH, new SecureRandom());
        gateway = new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withState(state));
        browser = new TestBrowser();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        gateway.close();
    }

    @BeforeEach
    void open() {
        open(ColorScheme.LIGHT);
    }

    private void open(ColorScheme scheme) {
        context = browser.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1200, 900)
                        .setColorScheme(scheme));
        context.setDefaultTimeout(60_000);
        context.onRequest(request -> {
            URI uri = URI.create(request.url().replaceAll("[^\\x21-\\x7e]|[|{}\"]", "_"));
            boolean inside = List.of("data", "blob", "about").contains(uri.getScheme());
            boolean here = "127.0.0.1".equals(uri.getHost()) && uri.getPort() == gateway.port();
            if (!inside && !here) {
                foreign.add(request.url());
            }
        });
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        page = context.newPage();
    }

    /**
     * A content security policy that blocks a request logs an error in the console, so an empty console means that
     * nothing was attempted.
     */
    @AfterEach
    void no_request_went_to_another_host_and_none_was_blocked() {
        context.close();
        assertThat(foreign).isEmpty();
        assertThat(complaints).isEmpty();
    }

    private void go(String path) {
        page.navigate("http://127.0.0.1:" + gateway.port() + path);
    }

    private void picture(String name, boolean whole) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)).setFullPage(whole));
    }

    @Test
    void the_first_page_shows_a_quote_that_says_it_is_mock() {
        go("/");
        assertThat(page.locator(".row .badge.mock").first()).hasText("mock");
        assertThat(page.locator(".row .price").first()).hasText(java.util.regex.Pattern.compile("[0-9,]+\\.[0-9]+"));
        assertThat(page.locator(".gateway")).containsText("healthy");
        page.locator("nav a", new Page.LocatorOptions().setHasText("Providers")).click();
        assertThat(page.locator(".provider").first()).containsText("mock");
        picture("providers.png", true);
    }

    @Test
    void the_first_page_follows_the_dark_color_scheme() {
        context.close();
        open(ColorScheme.DARK);
        go("/");
        assertThat(page.locator(".row .badge.mock").first()).hasText("mock");
        Object ground = page.evaluate("getComputedStyle(document.body).backgroundColor");
        assertThat(ground).isEqualTo("rgb(13, 18, 23)");
    }

    @Test
    void trying_out_an_operation_shows_a_quote() {
        go("/docs");
        picture("docs.png", false);
        tryOut("data-quote");
        page.locator("#operations-data-quote .btn.execute").click();
        var response = page.locator("#operations-data-quote .live-responses-table");
        assertThat(response.locator("tbody .response-col_status").first()).containsText("200");
        assertThat(response.locator("tbody .response-col_description")).containsText("\"success\": true");
        assertThat(response.locator("tbody .response-col_description")).containsText("\"mock\": true");
        response.scrollIntoViewIfNeeded();
        picture("docs-tried.png", false);
    }

    @Test
    void a_key_is_entered_once_and_sent_with_every_request() {
        go("/docs");
        page.locator(".btn.authorize").first().click();
        var dialog = page.locator(".dialog-ux .modal-ux");
        assertThat(dialog).containsText("X-API-Key");
        assertThat(dialog).containsText("bearer");
        dialog.locator("input").first().fill(key);
        dialog.locator(".btn.authorize").first().click();
        assertThat(dialog.locator("input")).hasCount(1);
        picture("docs-authorize.png", false);
        dialog.locator(".btn-done").first().click();
        tryOut("data-quote");
        var request = page.waitForRequest(
                "**/api/v1/data/**",
                () -> page.locator("#operations-data-quote .btn.execute").click());
        assertThat(request.headerValue("X-API-Key")).isEqualTo(key);
        assertThat(request.response().status()).isEqualTo(200);
        assertThat(request.response().headerValue("RateLimit")).startsWith("\"caller\"");
    }

    private void tryOut(String operation) {
        page.locator("#operations-" + operation + " .opblock-summary-control").click();
        page.locator("#operations-" + operation)
                .getByRole(
                        AriaRole.BUTTON, new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Try it out"))
                .click();
    }

    /** The operations with parameters; the others have nothing to fill in. */
    @Test
    void the_viewer_prefills_the_documented_values_and_they_succeed() {
        go("/docs");
        List<String> failed = new ArrayList<>();
        for (PrefilledRequest request : PrefilledRequest.all(new ContractDocument())) {
            if (request.isBare()) {
                continue;
            }
            String operation = request.description().at("/tags/0").asString() + "-"
                    + request.description().get("operationId").asString();
            URI expected = URI.create(request.target());
            tryOut(operation);
            var sent = page.waitForResponse(
                    response -> URI.create(response.url()).getPath().equals(expected.getPath())
                            && response.request().method().equals(request.method()),
                    () -> page.locator("#operations-" + operation + " .btn.execute")
                            .click());
            if (sent.status() / 100 != 2
                    || !Objects.equals(URI.create(sent.url()).getQuery(), expected.getQuery())) {
                failed.add(sent.status() + " " + sent.url() + ", not " + expected);
            }
            page.locator("#operations-" + operation + " .opblock-summary-control")
                    .click();
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void the_description_can_be_read() {
        go("/redoc");
        assertThat(page.locator("h1").first()).containsText("Market Intel Brain");
        assertThat(page.locator("[data-section-id='tag/data/operation/candles']")
                        .first())
                .isVisible();
        picture("redoc.png", false);
        page.locator("[data-section-id='tag/data/operation/candles']").first().scrollIntoViewIfNeeded();
        picture("redoc-candles.png", false);
    }

    @Test
    void a_path_that_does_not_exist_has_a_page_that_follows_the_color_scheme() {
        context.close();
        open(ColorScheme.DARK);
        go("/no/such/page");
        assertThat(page.locator("h1")).isVisible();
        picture("not-found-dark.png", false);
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo("rgb(255, 255, 255)");
        complaints.removeIf(complaint -> complaint.contains("404"));
        go("/problems");
        assertThat(page.locator("h1")).isVisible();
        picture("problems-dark.png", false);
    }

    @Test
    void a_page_may_not_send_requests_to_another_host() {
        go("/docs");
        Object outcome = page.evaluate("fetch('http://127.0.0.1:1/').then(() => 'asked', fault => fault.message)");
        assertThat(outcome).isEqualTo("Failed to fetch");
        assertThat(complaints).anyMatch(complaint -> complaint.contains("Content Security Policy"));
        complaints.clear();
        foreign.clear();
    }
}
