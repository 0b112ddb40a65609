package io.marketbrain.api.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.marketbrain.http.websocket.WebSocketPush;
import io.marketbrain.http.websocket.WebSocketSession;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamConfig;
import java.time.Duration;
import java.util.List;

/** One client of the streams on its WebSocket. */
final class StreamSocket implements WebSocketPush {
    private final WebSocketSession session;
    private final StreamClient client;
    private final StreamConversation conversation;
    private final StreamConfig config;

    StreamSocket(WebSocketSession session, StreamClient client, StreamConversation conversation, StreamConfig config) {
        this.session = session;
        this.client = client;
        this.conversation = conversation;
        this.config = config;
    }

    @Override
    public List<byte[]> receive(String text) {
        return List.of(conversation.receive(text.getBytes(UTF_8)));
    }

    @Override
    public List<byte[]> poll(int most) {
        List<byte[]> messages =
                client.poll(most).stream().map(conversation::event).toList();
        if (messages.isEmpty()) {
            SocketEnd.closeIfEnded(session, client);
        }
        return messages;
    }

    @Override
    public Duration untilPoll() {
        return client.untilReady(config.heartbeat());
    }

    @Override
    public void close() {
        client.close();
    }
}
