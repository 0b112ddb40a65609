package io.marketbrain.provider.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A socket whose messages the test puts in and whose sent texts it takes out. */
final class FakeFeedSocket implements FeedSocket {
    private static final Message WAKE = new Message(null, null);
    private static final Message END = new Message("the end", null);

    final String address;
    private final BlockingQueue<Message> incoming = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    volatile boolean closed;
    /** How long nothing has arrived. */
    volatile Duration silence = Duration.ZERO;

    FakeFeedSocket(String address) {
        this.address = address;
    }

    void deliver(String text) {
        incoming.add(new Message(text, null));
    }

    /** Ends the connection as the provider would. */
    void end() {
        incoming.add(END);
    }

    /** The next text that was sent, without waiting; null if there is none. */
    @Nullable
    String sent() {
        return sent.poll();
    }

    /** The next text that is sent. */
    String awaitSent() throws InterruptedException {
        String text = sent.poll(10, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("nothing was sent");
        }
        return text;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // messages that are only themselves
    public @Nullable Message receive(Duration within) throws IOException, InterruptedException {
        Message next = incoming.poll(within.toNanos(), TimeUnit.NANOSECONDS);
        if (next == END) {
            throw new IOException("ended");
        }
        return next == WAKE ? null : next;
    }

    @Override
    public void send(String text) {
        sent.add(text);
    }

    @Override
    public void ping() {
        sent.add("(ping)");
    }

    @Override
    public Duration silence() {
        return silence;
    }

    @Override
    public void wake() {
        incoming.add(WAKE);
    }

    @Override
    public void close() {
        closed = true;
    }
}
