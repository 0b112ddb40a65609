package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.AskedFile;
import io.marketbrain.facade.NpmPackages;
import io.marketbrain.facade.RecordedUpstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
        try (TestGateway gateway = TestGateway.with(folder.resolve("mock"), "MOCK_CLOCK", "2024-02-21T09:00:00Z");
                var upstream = new RecordedUpstream();
                TestGateway live = upstream.gateway(folder.resolve("live"));
                var browser = new TestBrowser()) {
            Set<String> asked = new TreeSet<>();
            Page page = opened(browser, gateway, html, library, asked);
            assertThat(page.evaluate(
                            "draw('/udf/history?symbol=binance:BTCUSDT&resolution=60&countback=48&to=1708506000')"))
                    .isEqualTo("48 true true true");
            assertThat(page.evaluate("draw('/udf/history?symbol=yahoo:AAPL&resolution=1D&countback=30&to=1708506000')"))
                    .isEqualTo("30 true true true");
            Page recorded = opened(browser, live, html, library, asked);
            assertThat(recorded.evaluate(
                            "draw('/udf/history?symbol=binance:ETHBTC&resolution=1D&countback=60&to=1577836800')"))
                    .as("candles that Binance sent")
                    .isEqualTo("60 true true true");
            AskedFile.check("lightweight-charts", List.copyOf(asked));
        }
    }

    /** A page with the chart, at the address of a gateway. */
    private static Page opened(TestBrowser browser, TestGateway gateway, String html, Path library, Set<String> asked) {
        String address = "http://127.0.0.1:" + gateway.port();
        Page page = browser.browser().newPage();
        page.onRequest(request -> {
            if (request.url().startsWith(address + "/udf")) {
                asked.add(request.method() + " " + request.url().substring(address.length()));
            }
        });
        page.route(
                address + "/chart.html",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody(html)));
        page.route(
                address + "/lightweight-charts.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setPath(library)));
        page.navigate(address + "/chart.html");
        return page;
    }
}
