package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard shows of a budget: not set, partly spent, and spent. */
class DashboardBudgetTest {
    private static final String PROVIDERS = "#/providers?s=mock:EUR/USD&w=Mine~mock:EUR/USD&on=binance";

    private final PlaybackServer upstream = PlaybackServer.start();

    @TempDir
    Path folder;

    private DashboardFixture browser;

    @BeforeEach
    void start() {
        long hour = Instant.now().truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        upstream.on(
                "/api/v3/klines",
                PlaybackServer.json("[[%d,\"100\",\"102\",\"99\",\"101\",\"5\",%d,\"500\",3,\"1\",\"1\",\"0\"]]"
                        .formatted(hour - 3_600_000, hour - 1)));
        browser = new DashboardFixture();
    }

    @AfterEach
    void stop() {
        browser.close();
        upstream.close();
    }

    private TestGateway gateway(String... budget) {
        String[] settings = new String[4 + budget.length];
        settings[0] = "BINANCE_MODE";
        settings[1] = "live";
        settings[2] = "BINANCE_BASE_URL";
        settings[3] = upstream.url().toString();
        System.arraycopy(budget, 0, settings, 4, budget.length);
        return TestGateway.with(folder, settings);
    }

    @Test
    void a_budget_is_a_bar_of_what_is_spent_and_says_when_it_is_used_up() {
        try (TestGateway gateway = gateway("budgets.month.limit", "6", "costs.binance", "1")) {
            request(gateway, "1h");
            int used = used(gateway);
            assertThat(used).isBetween(1, 3);
            Page page = browser.open(gateway.port(), PROVIDERS);
            Locator month = page.locator(".card .usage");
            assertThat(month).containsText("month (everything)");
            assertThat(month).containsText(6 - used + " of 6 left");
            assertThat(month).not().containsText("nearly used up");
            assertThat(month.locator(".meter")).hasAttribute("aria-valuenow", String.valueOf(used));
            assertThat(month.locator(".meter")).hasAttribute("aria-valuemax", "6");
            Number share = (Number) page.evaluate("""
                    (() => {
                      const [bar, part] = document.querySelectorAll('.card .meter, .card .meter span');
                      return part.getBoundingClientRect().width / bar.getBoundingClientRect().width;
                    })()
                    """);
            assertThat(share.doubleValue()).isCloseTo(used / 6.0, within(0.01));
            assertThat(page.locator(".detail .usage").filter(new Locator.FilterOptions().setHasText("budget month")))
                    .containsText(6 - used + " of 6 left");
            assertThat(page.locator(".detail")).containsText("None: no failed call");
            DashboardFixture.picture(page, "dashboard-budget.png");

            for (String interval : List.of("1m", "5m", "15m", "4h", "1d", "1w")) {
                gateway.get("/api/v1/candles/binance/BTCUSDT?limit=1&interval=" + interval);
            }
            assertThat(month).containsText("nearly used up");
            assertThat(browser.seriousFindings(page)).isEmpty();
            DashboardFixture.picture(page, "dashboard-budget-spent.png");
        }
    }

    @Test
    void a_chart_that_no_budget_pays_for_says_so() {
        try (TestGateway gateway = gateway("budgets.month.limit", "1", "costs.binance", "1")) {
            request(gateway, "1d");
            Page page = browser.open(gateway.port(), "#/market?s=binance:BTC/USDT&w=Mine~binance:BTC/USDT");
            assertThat(page.locator(".plot-message")).containsText("Budget exhausted");
            assertThat(page.locator(".plot-message")).containsText("month");
            DashboardFixture.picture(page, "dashboard-market-budget-spent.png");
        }
    }

    @Test
    void without_a_budget_there_is_no_bar_for_one() {
        try (TestGateway gateway = gateway()) {
            Page page = browser.blank(gateway.port());
            page.waitForResponse(
                            response -> response.url().endsWith("/api/v1/budget"),
                            () -> page.navigate("http://127.0.0.1:" + gateway.port() + "/" + PROVIDERS))
                    .finished();
            assertThat(page.locator(".detail .usage").first()).containsText("per");
            assertThat(page.locator(".card")).hasCount(0);
            assertThat(page.locator(".usage").filter(new Locator.FilterOptions().setHasText("budget")))
                    .hasCount(0);
        }
    }

    private static int used(TestGateway gateway) {
        return Integer.parseInt(
                gateway.get("/api/v1/budget").json().at("/budgets/0/used").asString());
    }

    private static void request(TestGateway gateway, String interval) {
        assertThat(gateway.get("/api/v1/candles/binance/BTCUSDT?limit=1&interval=" + interval)
                        .status())
                .isEqualTo(200);
    }
}
