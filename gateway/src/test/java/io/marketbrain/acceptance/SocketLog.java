package io.marketbrain.acceptance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Everything that a WebSocket gets until it is closed, a line a message, and the code that it is closed with. */
final class SocketLog implements WebSocket.Listener {
    private static final long MOST_SECONDS = 60;

    private final StringBuilder log = new StringBuilder();
    private final CompletableFuture<String> whole = new CompletableFuture<>();
    private final WebSocket socket;

    private SocketLog(HttpClient client, TestGateway gateway, String path) {
        this.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + path), this)
                .join();
    }

    /** Opens a WebSocket to which something is said at once: that all subscriptions have been made, or what the messages are answered. */
    static SocketLog open(HttpClient client, TestGateway gateway, String path, String... messages)
            throws InterruptedException {
        var opened = new SocketLog(client, gateway, path);
        for (String message : messages) {
            opened.socket.sendText(message, true).join();
        }
        opened.await("\n");
        return opened;
    }

    /** Sends a message and waits until something has come that contains a text. */
    void say(String message, String answer) throws InterruptedException {
        socket.sendText(message, true).join();
        await(answer);
    }

    private synchronized void await(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (log.indexOf(text) < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no '" + text + "' within " + MOST_SECONDS + " s: " + log);
            }
            wait(left);
        }
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        log.append(data).append(last ? "\n" : "");
        notifyAll();
        from.request(1);
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        whole.complete(log + "closed with " + code + ": " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        whole.completeExceptionally(error);
    }

    /** All of it, once the WebSocket is closed. */
    String whole() throws Exception {
        return whole.get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** The messages but for those that contain a text. */
    List<String> without(String text) throws Exception {
        return whole().lines().filter(line -> !line.contains(text)).toList();
    }
}
