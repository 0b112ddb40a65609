package io.marketbrain.api.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.api.request.PathPrefix;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.http.websocket.CloseStatus;
import io.marketbrain.http.websocket.WebSocketSession;
import io.marketbrain.model.Failure;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamHub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Serves the clients of WebSockets: one thread reads what a client says, another writes its events. Thread-safe. */
final class StreamSockets {
    private final StreamHub hub;
    private final ChannelReader reader;
    private final PathPrefix prefix;
    private final TaskRunner writers;

    StreamSockets(StreamHub hub, ChannelReader reader, PathPrefix prefix, NanoClock nanoClock) {
        this.hub = hub;
        this.reader = reader;
        this.prefix = prefix;
        this.writers = new TaskRunner("stream-websocket", nanoClock);
    }

    /** Serves one client until it leaves. */
    void serve(WebSocketSession session, Duration throttle, BooleanSupplier admitted) throws IOException {
        switch (hub.open(throttle, admitted)) {
            case Outcome.Failed<StreamClient>(Failure failure) ->
                session.close(CloseStatus.TRY_AGAIN_LATER, failure.message());
            case Outcome.Success<StreamClient>(StreamClient client) -> {
                try (client) {
                    var conversation = new StreamConversation(client, reader, prefix);
                    var turn = new Object();
                    var _ = writers.start(() -> write(session, client, conversation, turn));
                    read(session, conversation, turn);
                }
            }
        }
    }

    private static void read(WebSocketSession session, StreamConversation conversation, Object turn)
            throws IOException {
        for (Optional<String> said = session.receive(); said.isPresent(); said = session.receive()) {
            synchronized (turn) { // so that the response precedes the events of a subscription
                session.send(List.of(conversation.receive(said.get().getBytes(UTF_8))));
            }
        }
    }

    private boolean write(WebSocketSession session, StreamClient client, StreamConversation conversation, Object turn) {
        while (true) {
            client.await(hub.config().heartbeat());
            try {
                synchronized (turn) {
                    List<Delivery> deliveries = client.poll();
                    if (!deliveries.isEmpty()) {
                        session.send(
                                deliveries.stream().map(conversation::event).toList());
                    }
                }
            } catch (IOException gone) {
                client.close();
                return false;
            }
            if (SocketEnd.closeIfEnded(session, client)) {
                return true;
            }
        }
    }
}
