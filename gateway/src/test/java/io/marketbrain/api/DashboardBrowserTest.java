package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.marketbrain.acceptance.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard in a real browser, of a gateway with mock providers and one live provider that cannot be reached. */
class DashboardBrowserTest {
    private static final Pattern PRICE = Pattern.compile("[0-9,]+\\.[0-9]+");
    private static final String BTC = ".row[data-symbol='binance:BTC/USDT'] ";

    @TempDir
    static Path folder;

    private static TestGateway gateway;
    private static DashboardFixture browser;

    private Page page;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(Path.of("target", "screenshots"));
        gateway = TestGateway.with(folder, "GEMINI_MODE", "live", "GEMINI_BASE_URL", "http://127.0.0.1:1");
        browser = new DashboardFixture();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        gateway.close();
    }

    @AfterEach
    void no_request_left_the_machine_and_nothing_was_complained_about() {
        page.context().close();
        List<String> foreign = List.copyOf(browser.foreign);
        List<String> complaints = List.copyOf(browser.complaints);
        browser.foreign.clear();
        browser.complaints.clear();
        assertThat(foreign).isEmpty();
        assertThat(complaints).isEmpty();
    }

    private void go(String fragment) {
        page = browser.open(gateway.port(), fragment);
    }

    @Test
    void prices_are_shown_with_their_label_and_change_while_the_page_is_open() {
        go("");
        Locator price = page.locator(BTC + ".price");
        assertThat(price).hasText(PRICE);
        assertThat(page.locator(BTC + ".badge")).hasText("mock");
        assertThat(page.locator(".spread td")).containsText("spread");
        assertThat(page.locator(".trades tbody .price").first()).hasText(PRICE);
        String before = price.textContent();
        assertThat(price).not().hasText(before);
        assertThat(page.locator(BTC + ".age")).hasText(Pattern.compile("[0-9]s"));
        assertThat(page).hasTitle(Pattern.compile("^[0-9,]+\\.[0-9]+ BTC/USDT \\(mock\\) \u00b7 Market Intel Brain$"));
        assertThat(page.locator(".row .price")
                        .filter(new Locator.FilterOptions().setHasNotText(Pattern.compile("[0-9]"))))
                .hasCount(0);
        assertThat(page.evaluate(
                        "[...document.querySelectorAll('.row')].every(row => row.querySelector('.badge.mock'))"))
                .isEqualTo(true);
        assertThat(page.evaluate("[...document.querySelectorAll('.symbol-head, .book, .trades, .chart-head')]"
                        + ".every(part => part.querySelector('.badge.mock'))"))
                .isEqualTo(true);
        DashboardFixture.picture(page, "dashboard.png");
    }

    @Test
    void what_is_painted_before_the_components_stays_where_it_is_and_the_first_key_counts() {
        page = browser.blank(gateway.port());
        List<Route> held = new ArrayList<>();
        page.route(Pattern.compile("/dashboard/app-"), held::add);
        page.navigate("http://127.0.0.1:" + gateway.port() + "/");
        assertThat(page.locator(BTC + ".price")).hasText(PRICE);
        assertThat(page.locator(BTC + ".badge")).hasText("mock");
        assertThat(page.locator(".last .price")).hasText(PRICE);
        page.evaluate("""
            () => {
              const places = '.row, .row .name, .row .price, .symbol-head h1, .watch, .main, .top a, .top button, .panel-head button';
              window.elements = [...document.querySelectorAll(places)];
              window.before = elements.map(one => JSON.stringify(one.getBoundingClientRect()));
            }
            """);
        assertThat(page.locator(".chart-tools")).hasCount(0);
        page.keyboard().press("/");
        held.forEach(Route::resume);
        assertThat(page.locator("dialog.search")).isVisible();
        assertThat((int) page.evaluate("elements.length")).isGreaterThan(40);
        assertThat((List<?>) page.evaluate("""
                elements.map((one, i) => [one.outerHTML.slice(0, 120), one.isConnected, before[i], JSON.stringify(one.getBoundingClientRect())])
                    .filter(([, there, old, now]) => !there || old !== now)
                """)).isEmpty();
    }

    @Test
    void the_page_has_prices_before_it_is_connected() {
        page = browser.blank(gateway.port());
        page.routeWebSocket(Pattern.compile("/ws"), _ -> {});
        page.navigate("http://127.0.0.1:" + gateway.port() + "/");
        assertThat(page.locator(".chart-tools")).isVisible();
        assertThat(page.locator(".last .price")).hasText(PRICE);
        assertThat(page.locator(".row .price").filter(new Locator.FilterOptions().setHasText(PRICE)))
                .hasCount(10);
        assertThat(page.locator(".row .badge.mock")).hasCount(10);
    }

    @Test
    void a_part_that_the_gateway_does_not_have_any_more_asks_for_the_page_to_be_loaded_again() {
        page = browser.blank(gateway.port());
        var more = Pattern.compile("/dashboard/more-");
        page.route(more, route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        page.navigate("http://127.0.0.1:" + gateway.port() + "/#/providers");
        Locator again = page.locator("button", new Page.LocatorOptions().setHasText("Load the page again"))
                .first();
        assertThat(again).isVisible();
        page.unroute(more);
        again.click();
        assertThat(page.locator("main")).containsText("binance");
        browser.complaints.removeIf(
                complaint -> complaint.contains("404") || complaint.contains("dynamically imported"));
    }

    @Test
    void the_chart_is_drawn_with_candles_in_both_colors_and_the_watermark_of_mock_data() {
        go("#/market?ind=");
        assertThat(page.locator(".legend")).containsText("UTC");
        assertThat(DashboardFixture.pixels(page, "--up")).isGreaterThan(200);
        assertThat(DashboardFixture.pixels(page, "--down")).isGreaterThan(200);
        assertThat(DashboardFixture.watermarkPixels(page)).isGreaterThan(5_000);
        page.locator(".choices button", new Page.LocatorOptions().setHasText("1d"))
                .first()
                .click();
        assertThat(page).hasURL(Pattern.compile("i=1d"));
        assertThat(page.locator(".legend .when")).hasText(Pattern.compile("\\d{4}-\\d{2}-\\d{2}"));
        page.locator(".choices button", new Page.LocatorOptions().setHasText("1Y"))
                .click();
        assertThat(page.locator(".plot"))
                .hasAttribute("aria-label", Pattern.compile("^Mock data.*3[0-9]{2} bars of 1d"));
        page.locator("button", new Page.LocatorOptions().setHasText("Log")).click();
        assertThat(page).hasURL(Pattern.compile("log=1"));
        assertThat(DashboardFixture.pixels(page, "--up")).isGreaterThan(200);
        browser.complaints.removeIf(complaint -> complaint.contains("getImageData")); // of this test
    }

    @Test
    void a_link_leads_to_the_same_symbol_interval_indicators_and_watch_list() {
        go(
                "#/market?s=kraken:ETH/USD&i=4h&ind=boll:20:2,vwap,rsi:14,macd:12:26:9&c=kraken:BTC/USD&w=Mine~kraken:ETH/USD~yahoo:AAPL");
        assertThat(page.locator(".symbol-head h1")).hasText("ETH/USD");
        assertThat(page.locator(".legend .study")).hasCount(9);
        assertThat(page.locator(".plot .uplot")).hasCount(3);
        assertThat(page.locator(".row")).hasCount(2);
        assertThat(page.locator(".notice:not(.degraded)")).containsText("watch list of a link");
        page.locator("button", new Page.LocatorOptions().setHasText("Show mine"))
                .click();
        assertThat(page.locator(".row")).hasCount(10);
        DashboardFixture.picture(page, "dashboard-indicators.png");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(page.locator(".plot .uplot")).hasCount(3);
        DashboardFixture.documented(page, "dashboard-dark.jpg");
    }

    @Test
    void a_provider_that_is_down_is_named_and_does_not_disturb_the_others() {
        go("#/market?s=gemini:BTC/USD&w=Mine~gemini:BTC/USD~binance:BTC/USDT");
        assertThat(page.locator(".row[data-symbol='gemini:BTC/USD'] .badge.down"))
                .isVisible();
        assertThat(page.locator(".row[data-symbol='gemini:BTC/USD'] .badge.mock"))
                .hasCount(0);
        assertThat(page.locator(".plot-message")).hasText(Pattern.compile("cannot be reached|Circuit open.*gemini"));
        assertThat(page.locator(".symbol-head .problem, .plot-message").allTextContents())
                .doesNotHaveDuplicates();
        assertThat(page.locator(BTC + ".price")).hasText(PRICE);
        DashboardFixture.picture(page, "dashboard-down.png");
        browser.complaints.removeIf(complaint -> complaint.contains("502") || complaint.contains("503"));
    }

    @Test
    void old_data_is_labelled_and_dimmed() {
        page = browser.blank(gateway.port());
        page.routeWebSocket(
                Pattern.compile("/ws"),
                socket -> socket.connectToServer()
                        .onMessage(frame -> socket.send(
                                frame.text().replace("\"freshness\":\"fresh\"", "\"freshness\":\"stale\""))));
        page.navigate("http://127.0.0.1:" + gateway.port() + "/");
        assertThat(page.locator(BTC + ".badge.stale")).isVisible();
        assertThat(page.locator(".row.old[data-symbol='binance:BTC/USDT']")).isVisible();
        assertThat(page.locator(".legend .when")).isVisible();
        DashboardFixture.picture(page, "dashboard-stale.png");
    }

    @Test
    void nothing_moves_by_itself_for_those_who_prefer_that() {
        go("#/layers");
        assertThat(page.locator(".layer").first()).isVisible();
        String animation = """
                () => {
                  const flow = document.body.appendChild(document.createElement('div'));
                  flow.className = 'flow busy';
                  flow.style.setProperty('--pace', '1s');
                  return getComputedStyle(flow).animationName;
                }
                """;
        assertThat(page.evaluate(animation)).isEqualTo("none");
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
        assertThat(page.evaluate(animation)).isEqualTo("flow");
    }

    @Test
    void everything_can_be_done_with_the_keyboard() {
        go("");
        assertThat(page.locator(".chart-tools")).isVisible();
        assertThat(page.locator(BTC + ".price")).hasText(PRICE);
        page.keyboard().press("/");
        page.keyboard().type("kraken:XBTUSD");
        assertThat(page.locator("#found [aria-selected=true]")).containsText("kraken");
        DashboardFixture.picture(page, "dashboard-search.png");
        page.keyboard().press("Enter");
        assertThat(page.locator(".symbol-head h1")).hasText("XBTUSD");
        assertThat(page.locator(".last .price")).hasText(PRICE);
        Locator first = page.locator(".row .pick").first();
        first.focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Alt+ArrowUp");
        assertThat(page.locator(".row").first()).hasAttribute("data-symbol", "binance:ETH/USDT");
        assertThat(page.locator(".row").first().locator(".pick")).isFocused();
        page.keyboard().press("e");
        assertThat(page.locator("dialog .waterfall")).containsText("provider");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        page.keyboard().press("Delete");
        assertThat(page.locator(".row[data-symbol='binance:ETH/USDT']")).hasCount(0);
        Locator plot = page.locator(".plot");
        plot.focus();
        String last = page.locator(".legend .when").textContent();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator(".legend .when")).not().hasText(last);
        String pointed = page.locator(".legend .when").textContent();
        assertThat(page.locator(".time-at")).hasText(pointed.replace(" UTC", ""));
        assertThat(page.locator(".price-at").first()).hasText(Pattern.compile("[0-9,]+(\\.[0-9]+)?"));
        page.keyboard().press("4");
        assertThat(page.locator("h1")).hasText("Layers");
        page.reload();
        assertThat(page.locator(".layer").first()).isVisible();
        page.keyboard().press("1");
        assertThat(page.locator(".row").first()).hasAttribute("data-symbol", "binance:BTC/USDT");
    }

    @Test
    void the_price_at_the_cross_hair_is_of_its_pane_and_the_time_is_never_cut() {
        go("#/market?ind=rsi:14");
        assertThat(page.locator(".plot .uplot")).hasCount(2);
        Locator price = page.locator(".price-at:visible");
        Locator panes = page.locator(".plot .u-over");
        panes.first().hover();
        assertThat(price).hasCount(1);
        assertThat(price).hasText(Pattern.compile("[0-9,]{5,}(\\.[0-9]+)?"));
        panes.last().hover();
        assertThat(price).hasCount(1);
        assertThat(price).hasText(Pattern.compile("[0-9]{1,2}(\\.[0-9]+)?"));
        panes.last().hover(new Locator.HoverOptions().setPosition(2, 20));
        assertThat(page.locator(".time-at")).isVisible();
        assertThat(page.locator(".time-at").boundingBox().x)
                .isGreaterThan(page.locator(".plot").boundingBox().x - 0.5);
    }

    @Test
    void a_logarithmic_scale_ends_with_older_prices_below_zero_and_the_page_says_so() {
        page = browser.blank(gateway.port());
        page.route(Pattern.compile("/api/v1/candles/.*[?&]to="), route -> {
            APIResponse response = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(response)
                    .setBody(response.text().replaceFirst("\"low\":\"[^\"]*\"", "\"low\":\"-1\"")));
        });
        page.navigate("http://127.0.0.1:" + gateway.port() + "/#/market?log=1");
        Locator log = page.locator(".choices button", new Page.LocatorOptions().setHasText("Log"));
        Locator note = page.locator(".chart-tools .note");
        assertThat(page.locator(".legend .when")).isVisible();
        assertThat(log).hasAttribute("aria-pressed", "true");
        assertThat(note).hasCount(0);
        page.locator(".choices button", new Page.LocatorOptions().setHasText("All"))
                .click();
        assertThat(note).hasText("Linear: not all prices are above zero");
        assertThat(log).hasAttribute("aria-pressed", "false");
        assertThat(log).hasAttribute("title", "A logarithmic scale needs prices above zero");
    }

    @Test
    void an_order_book_without_orders_is_not_called_one_sided() {
        page = browser.blank(gateway.port());
        page.routeWebSocket(
                Pattern.compile("/ws"),
                socket -> socket.connectToServer()
                        .onMessage(frame -> socket.send(
                                frame.text().replaceAll("\"(bids|asks)\":\\[(\\[[^]]*],?)*]", "\"$1\":[]"))));
        page.navigate("http://127.0.0.1:" + gateway.port() + "/");
        assertThat(page.locator(".trades tbody .price").first()).hasText(PRICE);
        assertThat(page.locator(".book .late")).isVisible();
        assertThat(page.locator(".spread td")).hasText("\u2013");
    }

    @Test
    void symbols_are_ordered_by_dragging_them_also_into_another_group() {
        go("");
        assertThat(page.locator(".chart-tools")).isVisible();
        String kraken = ".row[data-symbol='kraken:BTC/USD']";
        page.dragAndDrop(kraken, BTC);
        assertThat(page.locator(".row").first()).hasAttribute("data-symbol", "kraken:BTC/USD");
        page.dragAndDrop(kraken, ".row[data-symbol='yahoo:AAPL']");
        assertThat(page.locator(".group").nth(1).locator(".row").first()).hasAttribute("data-symbol", "kraken:BTC/USD");
        page.reload();
        assertThat(page.locator(".group").nth(1).locator(".row").first()).hasAttribute("data-symbol", "kraken:BTC/USD");
    }

    @Test
    void a_page_that_is_not_seen_for_a_while_disconnects_and_continues_when_it_is_seen_again() {
        page = browser.blank(gateway.port());
        page.clock().install();
        List<String> ended = new ArrayList<>();
        page.onWebSocket(socket -> socket.onClose(one -> ended.add(one.url())));
        page.navigate("http://127.0.0.1:" + gateway.port() + "/");
        assertThat(page.locator(".trades tbody .price").first()).hasText(PRICE);
        hide(true);
        page.clock().runFor(50_000);
        assertThat(ended).isEmpty();
        page.clock().runFor(15_000);
        page.waitForCondition(() -> ended.size() == 1);
        assertThat(page).hasTitle("Market Intel Brain");
        String price = page.locator(BTC + ".price").textContent();
        hide(false);
        assertThat(page.locator(BTC + ".price")).not().hasText(price);
        assertThat(page.locator(".notice:not(.degraded)")).hasCount(0);
    }

    /** Tells the page that it became hidden or visible, as a browser does when another tab is chosen. */
    private void hide(boolean hidden) {
        page.evaluate("""
            hidden => {
              Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """, hidden);
    }

    @Test
    void an_alert_is_created_for_the_selected_symbol_and_its_firing_is_shown_on_every_page() {
        go("");
        assertThat(page.locator(BTC + ".price")).hasText(PRICE);
        page.keyboard().press("5");
        assertThat(page.locator(".alert-form input[name=subject]")).hasValue("binance:BTC/USDT");
        page.locator(".alert-form select[name=type]").selectOption("moves");
        page.locator(".alert-form input[name=percent]").fill("0.0000001");
        page.locator(".alert-form input[name=note]").fill("look at this");
        page.locator(".alert-form input[name=note]").press("Enter");
        assertThat(page.locator(".toast")).containsText("binance:BTC/USDT moved");
        assertThat(page.locator(".toast .badge.mock")).isVisible();
        assertThat(page).hasTitle(Pattern.compile("^\\(1\\) "));
        assertThat(page.locator("table.alerts").first()).containsText("done");
        assertThat(page.locator("table.log")).containsText("moved");
        DashboardFixture.picture(page, "dashboard-alerts.png");
        DashboardFixture.documented(page, "dashboard-alerts.jpg");
        assertThat(browser.seriousFindings(page)).isEmpty();
        page.setViewportSize(390, 780);
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        DashboardFixture.picture(page, "phone-alerts.png");
        page.setViewportSize(1400, 860);
        page.locator(".actions button", new Page.LocatorOptions().setHasText("Arm"))
                .click();
        assertThat(page.locator(".toast")).hasCount(2);
        page.keyboard().press("1");
        assertThat(page.locator(".toast")).hasCount(2);
        page.locator("button", new Page.LocatorOptions().setHasText("Dismiss all"))
                .click();
        assertThat(page.locator(".toast")).hasCount(0);
        page.keyboard().press("5");
        page.locator(".actions button", new Page.LocatorOptions().setHasText("Delete"))
                .click();
        assertThat(page.locator(".empty")).containsText("There are no alerts yet.");
        page.locator(".alert-form select[name=type]").selectOption("crosses");
        page.locator(".alert-form input[name=price]").fill("much");
        page.locator(".alert-form input[name=price]").press("Enter");
        assertThat(page.locator(".alert-form .problem")).containsText("condition.price");
        browser.complaints.removeIf(complaint -> complaint.contains("422")); // of this test
    }

    @Test
    void an_empty_watch_list_says_how_to_fill_it_and_a_symbol_without_data_why() {
        go("#/market?s=binance:FOO?&w=Mine");
        assertThat(page.locator(".watch .empty")).containsText("Press / to find a symbol");
        assertThat(page.locator(".symbol-head .badge")).hasText("unknown");
        assertThat(page.locator(".unknown [role=status]")).containsText("binance has no instrument 'FOO?'");
        assertThat(page.locator(".problem, .plot-message")).hasCount(0);
        DashboardFixture.picture(page, "dashboard-empty.png");
        browser.complaints.removeIf(complaint -> complaint.contains("404") || complaint.contains("400"));
    }

    @Test
    void an_ambiguous_symbol_is_replaced_by_the_one_that_was_meant() {
        go(
                "#/market?s=binance:BTC&c=kraken:ETH/USD&w=Mine~binance:BTC~kraken:ETH/USD!Other~binance:BTC/USDT~kraken:BTC/USD");
        assertThat(page.locator(".row[data-symbol='binance:BTC'] .badge")).hasText("ambiguous");
        Locator meant = page.locator(".meant button");
        assertThat(meant.first()).hasText("BTC/USDT");
        assertThat(browser.seriousFindings(page)).isEmpty();
        DashboardFixture.picture(page, "dashboard-ambiguous.png");
        meant.first().click();
        assertThat(page.locator(".symbol-head h1")).hasText("BTC/USDT");
        assertThat(page.locator(".symbol-head h1")).isFocused();
        assertThat(page.locator(".row").first()).hasAttribute("data-symbol", "binance:BTC/USDT");
        assertThat(page.locator(".row")).hasCount(3);
        assertThat(page).not().hasURL(Pattern.compile("[#&?]c="));
        assertThat(page.locator(".last .price")).hasText(PRICE);
        assertThat(page.locator(".legend .when")).isVisible();
        browser.complaints.removeIf(complaint -> complaint.contains("409"));
    }

    @Test
    void the_layers_of_a_request_lead_to_a_branch_for_each_provider_that_was_asked() {
        go("");
        assertThat(page.locator(".legend .when")).isVisible();
        page.keyboard().press("4");
        assertThat(page.locator(".branch h2").filter(new Locator.FilterOptions().setHasText("binance")))
                .isVisible();
        assertThat((List<?>) page.evaluate("""
                () => {
                  const box = (element) => element.getBoundingClientRect();
                  const trunk = box(document.querySelector('.stack.request .flow')).left;
                  return [...document.querySelectorAll('.branch')].filter((branch) => {
                    const line = box(branch.querySelector('.flow'));
                    return Math.abs(line.left - trunk) > 2 || Math.abs(line.right - box(branch.querySelector('h2')).left) > 2;
                  }).map((branch) => branch.textContent);
                }
                """)).isEmpty();
    }

    @Test
    void any_number_says_where_it_comes_from() {
        go("");
        assertThat(page.locator(".bid .price span").first()).hasText(PRICE);
        page.keyboard().press("x");
        page.locator(".bid .price span").first().click();
        assertThat(page.locator("dialog .command")).containsText("GET /api/v1/book/binance/BTC/USDT");
        assertThat(page.locator("dialog .waterfall")).containsText("orchestration");
        assertThat(page.locator("dialog .badge.mock")).isVisible();
        assertThat(browser.seriousFindings(page)).isEmpty();
        DashboardFixture.picture(page, "explain.png");
    }

    @ParameterizedTest
    @CsvSource({
        "#/market, .legend .when",
        "#/providers?on=gemini, .detail",
        "#/layers, .layer .rate",
        "'#/news?on=mock', .stories li",
        "'#/news?on=series/fred&q=GDP', .series-plot canvas",
        "#/alerts, .alert-form input[name=price]"
    })
    void every_page_is_accessible_in_both_color_schemes(String fragment, String drawn) {
        page = browser.open(gateway.port(), fragment, 1400, 860, ColorScheme.DARK);
        assertThat(page.locator(drawn).first()).isVisible();
        assertThat(page.locator(".gateway .dot")).isVisible();
        String name = fragment.replaceAll("[^a-z]+", "-");
        DashboardFixture.picture(page, "dashboard" + name + "dark.png");
        assertThat(browser.seriousFindings(page)).isEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(browser.contrastFindings(page)).isEmpty();
        DashboardFixture.picture(page, "dashboard" + name + "light.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/market",
                "#/market?p=watch",
                "#/market?p=depth",
                "#/providers?on=binance",
                "#/layers",
                "#/news",
                "#/alerts"
            })
    void a_phone_shows_one_part_at_a_time_and_nothing_beyond_its_width(String fragment) {
        page = browser.open(gateway.port(), fragment, 390, 780, ColorScheme.DARK);
        assertThat(page.locator(".price:visible, .layer:visible, .provider:visible, .stories:visible,"
                                + " .alert-form:visible")
                        .first())
                .isVisible();
        if (fragment.equals("#/market")) {
            assertThat(page.locator(".legend .when")).isVisible();
        }
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        assertThat(browser.seriousFindings(page)).isEmpty();
        DashboardFixture.picture(page, "phone" + fragment.replaceAll("[^a-z]+", "-") + ".png");
    }
}
