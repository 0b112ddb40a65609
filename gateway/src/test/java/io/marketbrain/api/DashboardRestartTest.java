package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.marketbrain.Gateway;
import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard while its gateway restarts or is degraded, and behind a proxy without WebSockets. */
class DashboardRestartTest {
    private static final Pattern PRICE = Pattern.compile("[0-9,]+\\.[0-9]+");

    /** Of the loopback address, without a listener. */
    private static final int CLOSED_PORT = 1;

    @TempDir
    Path state;

    private Gateway gateway(int port) {
        return new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", port))
                .withState(state));
    }

    @Test
    void the_page_says_why_the_gateway_is_degraded_and_goes_on_with_its_prices() {
        try (var gateway = TestGateway.with(state, "REDIS_URL", "redis://127.0.0.1:1");
                var browser = new DashboardFixture()) {
            Page page = browser.open(gateway.port(), "");
            assertThat(page.locator(".notice.degraded")).containsText("redis is down");
            assertThat(page.locator(".row .price").first()).hasText(PRICE);
            assertThat(page.locator(".gateway .dot")).hasText("degraded");
        }
    }

    @Test
    void the_page_says_that_the_gateway_is_gone_and_resumes_when_it_is_back() {
        Gateway first = gateway(0);
        int port = first.port();
        try (var browser = new DashboardFixture()) {
            Page page = browser.open(port, "");
            var price = page.locator(".row .price").first();
            assertThat(price).hasText(PRICE);
            assertThat(page.locator(".legend .when")).isVisible();
            assertThat(page.locator(".trades tbody .price").first()).hasText(Pattern.compile("[0-9]"));
            DashboardFixture.documented(page, "dashboard.jpg");
            first.close();
            assertThat(page.locator(".notice.lost")).containsText("cannot be reached");
            assertThat(page.locator(".gateway .dot")).hasText("unreachable");
            assertThat(page).hasTitle("Market Intel Brain");
            String last = price.textContent();
            DashboardFixture.picture(page, "dashboard-lost.png");
            try (var _ = gateway(port)) {
                assertThat(page.locator(".notice.lost")).hasCount(0);
                assertThat(price).not().hasText(last);
                assertThat(page.locator(".gateway .dot")).hasText("healthy");
                assertThat(page).hasTitle(Pattern.compile("^[0-9,.]+ BTC/USDT"));
            }
        } finally {
            first.close();
        }
    }

    @Test
    void server_sent_events_take_the_place_of_a_websocket_that_is_blocked() throws IOException {
        try (Gateway gateway = gateway(0);
                var blocking = new WebSocketTunnel("", CLOSED_PORT, gateway.port());
                var browser = new DashboardFixture()) {
            Page page = browser.open(
                    blocking.port(),
                    "#/market?s=kraken:XBTUSD&w=Mine~binance:BTC/USDT~kraken:XBTUSD~yahoo:AAPL~binance:FOO?");
            var price = page.locator(".row[data-symbol='binance:BTC/USDT'] .price");
            assertThat(price).hasText(PRICE);
            assertThat(page.locator(".row[data-symbol='kraken:XBTUSD'] .price")).hasText(PRICE);
            assertThat(page.locator(".row[data-symbol='binance:FOO?'] .badge.unknown"))
                    .isVisible();
            assertThat(page.locator(".row .badge.mock")).hasCount(3);
            assertThat(page.locator(".spread td")).containsText("spread");
            assertThat(page.locator(".trades tbody .price").first()).hasText(PRICE);
            assertThat(price).not().hasText(price.textContent());
            page.locator(".row[data-symbol='yahoo:AAPL'] .pick").click();
            assertThat(page.locator(".last .price")).hasText(PRICE);
            assertThat(page.locator(".notice.lost")).hasCount(0);
        }
    }
}
