package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A browser for the tests of the dashboard: it records requests to other hosts and errors in the console, and checks pages with axe.
 * Screenshots are saved in {@code target/screenshots}.
 */
final class DashboardFixture implements AutoCloseable {
    private static final double TIMEOUT_MILLIS = 30_000;
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int JPEG_QUALITY = 72;
    private static final String SERIOUS = """
            ([parts, options]) => axe.run(parts.length ? {include: parts} : document, {resultTypes: ['violations'], ...options}).then(result => result.violations
                .filter(one => one.impact === 'serious' || one.impact === 'critical')
                .flatMap(one => one.nodes.map(node => one.id + ': ' + node.html.slice(0, 160) + ' ' + node.failureSummary)))
            """;

    private final TestBrowser browser = new TestBrowser();
    private final String axe;

    final List<String> foreign = new CopyOnWriteArrayList<>();
    final List<String> complaints = new CopyOnWriteArrayList<>();

    DashboardFixture() {
        setDefaultAssertionTimeout(TIMEOUT_MILLIS);
        try (InputStream in = DashboardFixture.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A new page of a context of its own, at {@code fragment} of the dashboard of the gateway at {@code port}. */
    Page open(int port, String fragment, int width, int height, ColorScheme scheme) {
        Page page = blank(port, width, height, scheme);
        page.navigate("http://127.0.0.1:" + port + "/" + fragment);
        return page;
    }

    /** A new page of usual size in the light scheme that has not been navigated yet. */
    Page blank(int port) {
        return blank(port, 1400, 860, ColorScheme.LIGHT);
    }

    private Page blank(int port, int width, int height, ColorScheme scheme) {
        BrowserContext context = browser.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setColorScheme(scheme));
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        context.onRequest(request -> {
            URI uri = URI.create(request.url().replaceAll("[^\\x21-\\x7e]|[|{}\"]", "_"));
            boolean inside = List.of("data", "blob", "about").contains(uri.getScheme());
            if (!inside && !("127.0.0.1".equals(uri.getHost()) && uri.getPort() == port)) {
                foreign.add(request.url());
            }
        });
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        return context.newPage();
    }

    /** A page of usual size in the light scheme. */
    Page open(int port, String fragment) {
        return open(port, fragment, 1400, 860, ColorScheme.LIGHT);
    }

    /** What axe finds on the page that is serious or critical. */
    List<?> seriousFindings(Page page) {
        page.evaluate(axe);
        return (List<?>) page.evaluate(SERIOUS, List.of(List.of(), Map.of()));
    }

    /** The same for the rule about contrast only, all that a color scheme can change, within parts of the page or everywhere. */
    List<?> contrastFindings(Page page, String... parts) {
        page.evaluate(axe);
        return (List<?>) page.evaluate(SERIOUS, List.of(List.of(parts), Map.of("runOnly", List.of("color-contrast"))));
    }

    /** The pixels of the chart that have a color of the style sheet, at an opacity of about 1 or, if faint, 0.11. */
    private static final String PIXELS = """
            ([name, faint]) => {
              const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
              const [r, g, b] = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
              const canvas = document.querySelector('.plot canvas');
              const {data} = canvas.getContext('2d', {willReadFrequently: true}).getImageData(0, 0, canvas.width, canvas.height);
              const near = (one, other) => Math.abs(one - other) <= (faint ? 10 : 0);
              let count = 0;
              for (let i = 0; i < data.length; i += 4) {
                const opaque = faint ? data[i + 3] > 20 && data[i + 3] < 40 : true;
                count += opaque && near(data[i], r) && near(data[i + 1], g) && near(data[i + 2], b) ? 1 : 0;
              }
              return count;
            }
            """;

    /** How many pixels of the chart have a color of the style sheet. */
    static int pixels(Page page, String color) {
        return (int) page.evaluate(PIXELS, List.of(color, false));
    }

    /** How many pixels of the chart belong to the watermark of mock data. */
    static int watermarkPixels(Page page) {
        return (int) page.evaluate(PIXELS, List.of("--mock", true));
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
    }

    /** Renews a picture of the documentation, if {@code BRAIN_WRITE_EXAMPLES} is set. */
    static void documented(Page page, String name) {
        if (System.getenv("BRAIN_WRITE_EXAMPLES") != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("..", "docs", "images", name))
                    .setType(ScreenshotType.JPEG)
                    .setQuality(JPEG_QUALITY));
        }
    }

    @Override
    public void close() {
        browser.close();
    }
}
