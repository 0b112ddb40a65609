package io.marketbrain.api.streams;

import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.http.websocket.CloseStatus;
import io.marketbrain.http.websocket.WebSocketPush;
import io.marketbrain.http.websocket.WebSocketSession;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamHub;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Serves the clients of WebSockets. Thread-safe. */
final class StreamSockets {
    private final StreamHub hub;
    private final ChannelReader reader;
    private final PathPrefix prefix;

    StreamSockets(StreamHub hub, ChannelReader reader, PathPrefix prefix) {
        this.hub = hub;
        this.reader = reader;
        this.prefix = prefix;
    }

    /** What serves a client that has just opened its WebSocket. */
    WebSocketPush open(WebSocketSession session, Runnable wake, Duration throttle, BooleanSupplier admitted) {
        return switch (hub.open(throttle, admitted)) {
            case Outcome.Failed<StreamClient>(Failure failure) -> {
                session.close(CloseStatus.TRY_AGAIN_LATER, failure.message());
                yield new Refused();
            }
            case Outcome.Success<StreamClient>(StreamClient client) -> {
                client.onWake(wake);
                yield new StreamSocket(session, client, new StreamConversation(client, reader, prefix), hub.config());
            }
        };
    }

    /** A client that was not admitted. */
    private static final class Refused implements WebSocketPush {
        @Override
        public List<byte[]> receive(String text) {
            return List.of();
        }

        @Override
        public List<byte[]> poll(int most) {
            return List.of();
        }

        @Override
        public Duration untilPoll() {
            return Duration.ofMinutes(1);
        }

        @Override
        public void close() {}
    }
}
