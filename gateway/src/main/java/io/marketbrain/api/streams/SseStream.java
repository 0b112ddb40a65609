package io.marketbrain.api.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.PushedBody;
import io.marketbrain.stream.ClientEnd;
import io.marketbrain.stream.Delivery;
import io.marketbrain.stream.StreamClient;
import io.marketbrain.stream.StreamHub;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The events of one client as server-sent events (WHATWG HTML, 9.2), written on the thread of its connection or without one. */
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
            var events = new SseWriter(hub.epoch());
            out.write(RETRY);
            out.flush();
            while (true) {
                List<Delivery> deliveries = client.take(hub.config().heartbeat());
                for (Delivery delivery : deliveries) {
                    events.write(delivery, out);
                }
                if (writeEnd(out)) {
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

    private boolean writeEnd(OutputStream out) throws IOException {
        Optional<ClientEnd> end = client.findEnd();
        if (end.isPresent()) {
            out.write(ascii(": end: " + end.get().reason() + "\n\n"));
        }
        return end.isPresent();
    }

    @Override
    public Optional<PushedBody> findPushed() {
        return Optional.of(new Pushed());
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

    /** The same events without a thread. */
    private final class Pushed implements PushedBody {
        private final SseWriter events = new SseWriter(hub.epoch());
        private boolean begun;
        private boolean ended;
        private long lastNanos;

        @Override
        public void start(Runnable wake) {
            client.onWake(wake);
        }

        @Override
        public void write(OutputStream out, int most) throws IOException {
            List<Delivery> deliveries = client.poll(most);
            long now = hub.nanos();
            if (!begun) {
                out.write(RETRY);
            } else if (deliveries.isEmpty()
                    && now - lastNanos >= hub.config().heartbeat().toNanos()) {
                out.write(HEARTBEAT);
                lastNanos = now;
            }
            if (!begun || !deliveries.isEmpty()) {
                lastNanos = now;
            }
            begun = true;
            for (Delivery delivery : deliveries) {
                events.write(delivery, out);
            }
            ended = writeEnd(out);
        }

        @Override
        public long nanosToWait() {
            long untilHeartbeat = lastNanos + hub.config().heartbeat().toNanos() - hub.nanos();
            return client.untilReady(Duration.ofNanos(Math.max(0, untilHeartbeat)))
                    .toNanos();
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public void stop() {
            SseStream.this.stop();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
