package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.PushedBody;
import io.marketbrain.http.message.PushedProtocol;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends what a test pushes, once: as the body of a response or on an upgraded connection. Never written by a thread. */
final class PushedTexts implements Body.Stream, PushedProtocol {
    /** Ends it without being sent. */
    static final String END = "END";

    /** Makes it fail. */
    static final String FAILURE = "fail";

    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    /** How many texts each write that had some has sent. */
    final List<Integer> written = new ArrayList<>();

    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private volatile Runnable wake = () -> {};
    private volatile boolean ended;

    void push(String text) {
        add(text);
        wake.run();
    }

    /** Adds a text without waking the loop. */
    void add(String text) {
        waiting.add(text);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public void writeTo(OutputStream out) {
        throw new AssertionError("it needs no thread");
    }

    @Override
    public Optional<PushedBody> findPushed() {
        return Optional.of(this);
    }

    @Override
    public boolean longLived() {
        return true;
    }

    @Override
    public void start(Runnable waking) {
        wake = waking;
        started.incrementAndGet();
    }

    @Override
    public void write(OutputStream out, int most) throws IOException {
        int count = 0;
        while (count < most && !ended && !waiting.isEmpty()) {
            String next = waiting.remove();
            if (next.equals(FAILURE)) {
                throw new IOException("it cannot be completed");
            }
            ended = next.equals(END);
            if (!ended) {
                out.write(next.getBytes(US_ASCII));
                count++;
            }
        }
        if (count > 0) {
            written.add(count);
        }
    }

    @Override
    public long nanosToWait() {
        return waiting.isEmpty() ? Long.MAX_VALUE : 0;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void stop() {
        push(END);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    @Override
    public void received(ByteBuffer bytes) {}

    @Override
    public boolean receives() {
        return true;
    }

    @Override
    public void disconnected() {
        ended = true;
    }
}
