package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.marketbrain.http.WebSocketEchoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSockets in a real browser. */
@Timeout(240)
final class WebSocketBrowserTest {
    private static final String ECHO = """
            port => new Promise((resolve, reject) => {
              const log = [];
              const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['a', 'b']);
              const texts = ['', 'κόσμε😀', 'x'.repeat(126), 'x'.repeat(16384)];
              socket.onopen = () => { log.push('open ' + socket.protocol + socket.extensions); socket.send(texts[0]); };
              socket.onmessage = event => {
                log.push(event.data === texts.shift() ? 'same' : 'different');
                if (texts.length > 0) socket.send(texts[0]); else socket.close(4321, 'enough');
              };
              socket.onclose = event => { log.push(`${event.wasClean} ${event.code}`); resolve(log.join(', ')); };
            })""";

    /** Longer than allowed, and short enough for Chromium to take it at once: a page's unsent rest makes any end unclean. */
    private static final String TOO_LONG = """
            port => new Promise(resolve => {
              const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
              socket.onopen = () => socket.send('x'.repeat(100000));
              socket.onclose = event => resolve(`${event.wasClean} ${event.code}`);
            })""";

    @Test
    void chromium_gets_its_texts_back_and_sees_why_a_connection_ends() throws Exception {
        try (var server = new WebSocketEchoServer();
                var browser = new TestBrowser()) {
            Page page = browser.browser().newPage();
            page.navigate("http://127.0.0.1:" + server.port() + "/page");
            assertThat(page.evaluate(ECHO, server.port())).isEqualTo("open b, same, same, same, same, true 4321");
            assertThat(page.evaluate(TOO_LONG, server.port())).isEqualTo("true 1009");
        }
    }
}
