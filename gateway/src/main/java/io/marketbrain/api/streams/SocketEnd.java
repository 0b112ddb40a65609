package io.marketbrain.api.streams;

import io.marketbrain.http.websocket.CloseStatus;
import io.marketbrain.http.websocket.WebSocketSession;
import io.marketbrain.stream.ClientEnd;
import io.marketbrain.stream.StreamClient;
import java.util.Optional;

/** How a WebSocket is closed when its client of the streams has ended. */
public final class SocketEnd {
    private SocketEnd() {}

    /** Closes the WebSocket with the reason if the client has ended, unless it left by itself; returns whether it has ended. */
    public static boolean closeIfEnded(WebSocketSession session, StreamClient client) {
        Optional<ClientEnd> end = client.findEnd();
        end.filter(reason -> reason != ClientEnd.LEFT)
                .ifPresent(reason -> session.close(code(reason), reason.reason()));
        return end.isPresent();
    }

    private static int code(ClientEnd reason) {
        return switch (reason) {
            case SLOW -> CloseStatus.TRY_AGAIN_LATER;
            case REVOKED -> CloseStatus.POLICY_VIOLATION;
            case STOPPING, CLOCK_SET_BACK -> CloseStatus.GOING_AWAY;
            case LEFT -> CloseStatus.NORMAL;
        };
    }
}
