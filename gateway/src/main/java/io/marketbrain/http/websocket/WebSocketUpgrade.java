package io.marketbrain.http.websocket;

import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.UpgradedConnection;
import io.marketbrain.http.message.UpgradedProtocol;
import java.util.Optional;

/**
 * The body of a response 101 that opens a WebSocket. A handler that limits its clients should do so before it responds
 * with 101, but count them in {@link WebSocketHandler#serve}, because a client may disconnect before that is called.
 */
public record WebSocketUpgrade(WebSocketConfig config, WebSocketHandler handler) implements Body.Upgrade {
    @Override
    public UpgradedProtocol open(UpgradedConnection connection) {
        return new WebSocketProtocol(config, connection, handler, Optional.empty());
    }
}
