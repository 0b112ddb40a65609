package io.marketbrain.http.websocket;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Serves a {@link WebSocketPush} on two threads, one of which reads and the other sends, where it cannot do without. */
final class ThreadedPush implements WebSocketHandler {
    /** Messages that are sent with one write. */
    private static final int BATCH = 256;

    private final WebSocketPush.Opening opening;

    ThreadedPush(WebSocketPush.Opening opening) {
        this.opening = opening;
    }

    @Override
    public void serve(WebSocketSession session) throws IOException {
        var wakeUps = new Semaphore(0);
        try (WebSocketPush push = opening.open(session, wakeUps::release)) {
            session.startBlocking(() -> write(session, push, wakeUps));
            for (Optional<String> said = session.receive(); said.isPresent(); said = session.receive()) {
                synchronized (push) { // so that the response precedes the events of a subscription
                    send(session, push.receive(said.get()));
                }
            }
        } finally {
            wakeUps.release();
        }
    }

    private static void write(WebSocketSession session, WebSocketPush push, Semaphore wakeUps) {
        try {
            while (session.open()) {
                boolean _ = wakeUps.tryAcquire(push.untilPoll().toNanos(), TimeUnit.NANOSECONDS);
                wakeUps.drainPermits();
                synchronized (push) {
                    send(session, push.poll(BATCH));
                }
            }
        } catch (IOException gone) {
            // The receiving thread notices it as well.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(WebSocketSession session, List<byte[]> messages) throws IOException {
        if (!messages.isEmpty()) {
            session.send(messages);
        }
    }
}
