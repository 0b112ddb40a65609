package io.marketbrain.api.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.marketbrain.http.message.Body;
import io.marketbrain.stream.ClientEnd;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamHub;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The events of one client as server-sent events (WHATWG HTML, 9.2), written on the thread of its connection. */
final class SseStream implements Body.Stream {
    /** After how many milliseconds a client reconnects. */
    private static final byte[] RETRY = ascii("retry: 2000\n\n");

    private static final byte[] HEARTBEAT = ascii(": heartbeat\n\n");

    private final StreamClient client;
    private final StreamHub hub;

    SseStream(StreamClient client, StreamHub hub) {
        this.client = client;
        this.hub = hub;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (client) {
            var events = new SseWriter(hub.epoch(), out);
            out.write(RETRY);
            out.flush();
            while (true) {
                List<Delivery> deliveries = client.take(hub.config().heartbeat());
                for (Delivery delivery : deliveries) {
                    events.write(delivery);
                }
                Optional<ClientEnd> end = client.findEnd();
                if (end.isPresent()) {
                    out.write(ascii(": end: " + end.get().reason() + "\n\n"));
                    return;
                }
                if (deliveries.isEmpty()) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedIOException(ClientEnd.LEFT.reason());
                    }
                    out.write(HEARTBEAT);
                }
                out.flush();
            }
        }
    }

    @Override
    public boolean longLived() {
        return true;
    }

    @Override
    public void stop() {
        client.end(ClientEnd.STOPPING);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
