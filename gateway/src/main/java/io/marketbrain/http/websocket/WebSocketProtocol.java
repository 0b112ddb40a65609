package io.marketbrain.http.websocket;

import io.marketbrain.http.message.PushedProtocol;
import io.marketbrain.http.message.UpgradedConnection;
import io.marketbrain.http.message.UpgradedProtocol;
import java.io.IOException;
import java.util.Optional;

/** Runs a handler on a session. */
final class WebSocketProtocol implements UpgradedProtocol {
    static final String FAILED = "an internal error occurred";

    private final WebSocketSession session;
    private final UpgradedConnection connection;
    private final WebSocketHandler handler;
    private final Optional<WebSocketPush.Opening> pushed;

    /** @param pushed serves the client without a thread, in place of the handler */
    WebSocketProtocol(
            WebSocketConfig config,
            UpgradedConnection connection,
            WebSocketHandler handler,
            Optional<WebSocketPush.Opening> pushed) {
        this.session = new WebSocketSession(config, connection);
        this.connection = connection;
        this.handler = handler;
        this.pushed = pushed;
    }

    @Override
    public Optional<PushedProtocol> findPushed() {
        return pushed.map(opening -> new PushedWebSocket(session, connection, opening));
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
        session.finish(code, code == CloseStatus.NORMAL ? "" : FAILED);
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
