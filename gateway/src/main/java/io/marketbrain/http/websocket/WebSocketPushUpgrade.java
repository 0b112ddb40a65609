package io.marketbrain.http.websocket;

import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.UpgradedConnection;
import io.marketbrain.http.message.UpgradedProtocol;
import java.util.Optional;

/** Like {@link WebSocketUpgrade}, for clients that need no thread of their own. */
public record WebSocketPushUpgrade(WebSocketConfig config, WebSocketPush.Opening opening) implements Body.Upgrade {
    @Override
    public UpgradedProtocol open(UpgradedConnection connection) {
        return new WebSocketProtocol(config, connection, new ThreadedPush(opening), Optional.of(opening));
    }

    @Override
    public boolean isPushed() {
        return true;
    }
}
