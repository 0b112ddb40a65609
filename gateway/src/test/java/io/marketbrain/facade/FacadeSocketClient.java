package io.marketbrain.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of a façade's WebSocket that reads one message after another. */
public final class FacadeSocketClient implements AutoCloseable, WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    public FacadeSocketClient(int port, String path) {
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
                .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    public FacadeSocketClient say(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** The next message. */
    public String next() {
        try {
            String message = received.poll(30, TimeUnit.SECONDS);
            assertThat(message).as("a message within 30 s").isNotNull();
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next message that a condition holds for; those before it are left out. */
    public JsonValue next(Predicate<String> condition) throws MalformedPayload {
        String message = next();
        while (!condition.test(message)) {
            message = next();
        }
        return JsonValue.parse(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        http.close();
    }
}
