package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.marketbrain.acceptance.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The events of a stream in a real browser, whose connection is cut. */
@Timeout(240)
final class EventSourceBrowserTest {
    private static final String LISTEN = """
            () => {
              window.ids = [];
              window.names = [];
              window.opened = 0;
              const source = new EventSource('/api/v1/stream?symbols=binance:BTCUSDT&kinds=quote,trade');
              source.onopen = () => opened++;
              for (const name of ['status', 'snapshot', 'quote', 'trade', 'gap', 'resync', 'error'])
                source.addEventListener(name, event => {
                  if (event.data === undefined) return; // the browser's own event of a connection that broke
                  names.push(name);
                  ids.push(Number(event.lastEventId.split('.')[1]));
                  JSON.parse(event.data);
                });
            }""";

    @TempDir
    Path folder;

    /** Waits in this process, because the policy of the page forbids what the browser's own wait evaluates. */
    private static void until(Page page, String condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Boolean.TRUE.equals(page.evaluate(condition))) {
            assertThat(System.nanoTime())
                    .as(page.evaluate("() => names.join()") + "")
                    .isLessThan(end);
            page.waitForTimeout(100);
        }
    }

    @Test
    void chromium_continues_by_itself_after_the_last_event_when_its_connection_is_cut() throws Exception {
        try (var gateway = TestGateway.with(folder);
                var tunnel = new WebSocketTunnel("", gateway.port(), gateway.port());
                var browser = new TestBrowser()) {
            Page page = browser.browser().newPage();
            page.navigate("http://127.0.0.1:" + tunnel.port() + "/problems");
            page.evaluate(LISTEN);
            until(page, "() => names.includes('trade') && names.includes('quote')");
            tunnel.cut();
            page.evaluate("() => { window.before = ids.length; }");
            until(page, "() => opened >= 2 && ids.length >= before + 5");
            assertThat((List<?>) page.evaluate("() => names"))
                    .extracting(Object::toString)
                    .contains("snapshot")
                    .doesNotContain("resync", "gap", "error");
            assertThat(page.evaluate("() => ids.every((id, i) => i === 0 || id >= ids[i - 1])"))
                    .isEqualTo(true);
        }
    }
}
