package io.marketbrain.http.websocket;

import io.marketbrain.http.message.UpgradedConnection;
import io.marketbrain.http.message.UpgradedProtocol;
import java.io.IOException;

/** Runs a handler on a session. */
final class WebSocketProtocol implements UpgradedProtocol {
    private final WebSocketSession session;
    private final UpgradedConnection connection;
    private final WebSocketHandler handler;

    WebSocketProtocol(WebSocketConfig config, UpgradedConnection connection, WebSocketHandler handler) {
        this.session = new WebSocketSession(config, connection);
        this.connection = connection;
        this.handler = handler;
    }

    @Override
    public void run() {
        int code = CloseStatus.NORMAL;
        try {
            handler.serve(session);
        } catch (Throwable failure) {
            code = CloseStatus.INTERNAL_ERROR;
            if (session.open() || !(failure instanceof IOException)) {
                connection.recordFailure(failure);
            }
        }
        session.finish(code, code == CloseStatus.NORMAL ? "" : "an internal error occurred");
    }

    @Override
    public void checkTimeLimits() {
        session.checkTimeLimits();
    }

    @Override
    public void stop() {
        session.close(CloseStatus.GOING_AWAY, "the server is stopping");
    }
}
