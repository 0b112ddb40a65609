package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.http.message.Headers;
import io.marketbrain.http.message.ServerRequest;
import io.marketbrain.http.message.ServerResponse;
import io.marketbrain.http.websocket.WebSocketConfig;
import io.marketbrain.http.websocket.WebSocketHandshake;
import io.marketbrain.http.websocket.WebSocketPush;
import io.marketbrain.http.websocket.WebSocketPushUpgrade;
import io.marketbrain.http.websocket.WebSocketSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket without a thread of its own that sends back what it gets, and what a test pushes to it. */
final class PushEcho implements WebSocketPush {
    static final String PATH = "/push";

    final WebSocketSession session;
    final AtomicInteger polled = new AtomicInteger();
    private final Runnable wake;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private int closed;

    PushEcho(WebSocketSession session, Runnable wake) {
        this.session = session;
        this.wake = wake;
    }

    static boolean answers(ServerRequest request) {
        return request.path().equals(PATH);
    }

    static ServerResponse answer(ServerRequest request) {
        return answer(request, PushEcho::new);
    }

    static ServerResponse answer(ServerRequest request, WebSocketPush.Opening opening) {
        return switch (WebSocketHandshake.check(request.method(), request.headers()::find)) {
            case WebSocketHandshake.Rejected(int status, String detail, Headers headers) ->
                new ServerResponse(status, headers, detail.getBytes(UTF_8));
            case WebSocketHandshake.Accepted accepted ->
                new ServerResponse(
                        101,
                        accepted.headers(Optional.empty()),
                        new WebSocketPushUpgrade(WebSocketConfig.defaults(), opening));
        };
    }

    /** Sends texts, in order. */
    void push(List<String> texts) {
        synchronized (waiting) {
            waiting.addAll(texts);
        }
        wake.run();
    }

    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    int closed() {
        synchronized (waiting) {
            return closed;
        }
    }

    @Override
    public List<byte[]> receive(String text) {
        if (text.equals("fail")) {
            throw new IllegalStateException("a bug of the test");
        }
        return List.of(text.getBytes(UTF_8));
    }

    @Override
    public List<byte[]> poll(int most) {
        polled.incrementAndGet();
        List<byte[]> taken = new ArrayList<>();
        synchronized (waiting) {
            while (taken.size() < most && !waiting.isEmpty()) {
                taken.add(waiting.removeFirst().getBytes(UTF_8));
            }
        }
        return taken;
    }

    @Override
    public Duration untilPoll() {
        return waiting() == 0 ? Duration.ofHours(1) : Duration.ZERO;
    }

    @Override
    public void close() {
        synchronized (waiting) {
            closed++;
        }
    }
}
