package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.NpmPackages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** lightweight-charts in a real browser, drawing what the data feed answers. */
@Timeout(240)
class UdfChartBrowserTest {
    @Test
    void lightweight_charts_draws_the_candles_of_the_feed(@TempDir Path folder) throws Exception {
        Path library = NpmPackages.install("lightweight-charts@5.2.1")
                .file("lightweight-charts/dist/lightweight-charts.standalone.production.js");
        String html;
        try (var in = UdfChartBrowserTest.class.getResourceAsStream("/clients/udf-chart.html")) {
            html = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        try (TestGateway gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z");
                var browser = new TestBrowser()) {
            String address = "http://127.0.0.1:" + gateway.port();
            Page page = browser.browser().newPage();
            page.route(
                    address + "/chart.html",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody(html)));
            page.route(
                    address + "/lightweight-charts.js",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/javascript")
                            .setPath(library)));
            page.navigate(address + "/chart.html");
            assertThat(page.evaluate(
                            "draw('/udf/history?symbol=binance:BTCUSDT&resolution=60&countback=48&to=1708506000')"))
                    .isEqualTo("48 true true true");
            assertThat(page.evaluate("draw('/udf/history?symbol=yahoo:AAPL&resolution=1D&countback=30&to=1708506000')"))
                    .isEqualTo("30 true true true");
        }
    }
}
