package io.marketbrain.facade;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.streams.LiveStreams;
import io.marketbrain.api.streams.SocketEnd;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.http.websocket.CloseStatus;
import io.marketbrain.http.websocket.WebSocketHandshake;
import io.marketbrain.http.websocket.WebSocketSession;
import io.marketbrain.http.websocket.WebSocketUpgrade;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamHub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * WebSockets of emulated APIs over the streams that all clients share: one thread reads what a client says, another writes its
 * events. Thread-safe.
 */
final class FacadeSockets {
    private final LiveStreams streams;
    private final AccessControl access;
    private final TaskRunner writers;

    FacadeSockets(LiveStreams streams, ApiServices services) {
        this.streams = streams;
        this.access = services.access();
        this.writers = new TaskRunner("facade-websocket", services.nanoClock());
    }

    /**
     * Opens a WebSocket.
     *
     * @param conversations makes the conversation with a client
     */
    Response open(Request request, Function<StreamClient, FacadeConversation<?>> conversations) throws RequestRejected {
        return switch (WebSocketHandshake.check(request.method(), request.headers())) {
            case WebSocketHandshake.Rejected rejected ->
                throw new RequestRejected(new Failure.InvalidQuery("request", "", "", rejected.detail()));
            case WebSocketHandshake.Accepted accepted -> {
                Optional<Failure> refusal = streams.hub().findRefusal();
                if (refusal.isPresent()) {
                    throw new RequestRejected(refusal.get());
                }
                BooleanSupplier admitted = access.admission(request);
                yield new Response(
                        101,
                        accepted.headers(Optional.empty()),
                        new WebSocketUpgrade(streams.webSockets(), session -> serve(session, admitted, conversations)));
            }
        };
    }

    private void serve(
            WebSocketSession session,
            BooleanSupplier admitted,
            Function<StreamClient, FacadeConversation<?>> conversations)
            throws IOException {
        switch (streams.hub().open(Duration.ZERO, admitted)) {
            case Outcome.Failed<StreamClient>(Failure failure) ->
                session.close(CloseStatus.TRY_AGAIN_LATER, failure.message());
            case Outcome.Success<StreamClient>(StreamClient client) -> {
                try (client) {
                    FacadeConversation<?> conversation = conversations.apply(client);
                    var turn = new Object();
                    synchronized (turn) {
                        send(session, conversation.opening());
                    }
                    var _ = writers.start(() -> write(session, client, conversation, turn));
                    read(session, conversation, turn);
                }
            }
        }
    }

    private static void read(WebSocketSession session, FacadeConversation<?> conversation, Object turn)
            throws IOException {
        for (Optional<String> said = session.receive(); said.isPresent(); said = session.receive()) {
            synchronized (turn) { // so that the response precedes the events of a subscription
                send(session, conversation.receive(said.get()));
            }
        }
    }

    private static void send(WebSocketSession session, List<byte[]> messages) throws IOException {
        if (!messages.isEmpty()) {
            session.send(messages);
        }
    }

    private boolean write(
            WebSocketSession session, StreamClient client, FacadeConversation<?> conversation, Object turn) {
        StreamHub hub = streams.hub();
        Duration pulse = conversation.period().orElse(hub.config().heartbeat());
        while (true) {
            client.await(pulse);
            Optional<String> lost;
            try {
                synchronized (turn) {
                    send(session, conversation.events(client.poll()));
                    lost = conversation.findEnd();
                }
            } catch (IOException gone) {
                client.close();
                return false;
            }
            if (lost.isPresent()) {
                session.close(CloseStatus.TRY_AGAIN_LATER, lost.get());
                client.close();
                return true;
            }
            if (SocketEnd.closeIfEnded(session, client)) {
                return true;
            }
        }
    }
}
