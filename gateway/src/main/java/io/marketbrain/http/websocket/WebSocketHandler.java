package io.marketbrain.http.websocket;

import java.io.IOException;

/** Handles WebSocket connections. Thread-safe. */
@FunctionalInterface
public interface WebSocketHandler {
    /**
     * Serves one connection; called on its virtual thread and may block. Usually a loop over {@link
     * WebSocketSession#receive} that ends when that returns empty, while another thread sends. When this method returns,
     * the connection is closed with 1000 unless it is closed already; when it throws anything but an {@link IOException},
     * with 1011, and the failure is logged.
     *
     * @throws IOException from {@link WebSocketSession#send}: the session has ended
     */
    void serve(WebSocketSession session) throws IOException;
}
