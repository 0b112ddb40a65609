package io.marketbrain.provider.transport;

import io.marketbrain.model.NanoClock;
import io.marketbrain.provider.feed.FeedSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK's client. While its queue is full nothing more is read from the provider. */
final class JdkFeedSocket implements FeedSocket, WebSocket.Listener {
    /** The messages that wait to be received. */
    private static final int WAITING = 256;
    /** The longest message, in characters or bytes. */
    private static final int MAX_MESSAGE = 16 * 1024 * 1024;
    /** How long sending may take. */
    private static final Duration SEND = Duration.ofSeconds(10);
    /** Lets {@link #receive} return without a message. */
    private static final Message WAKE = new Message(null, null);

    private final NanoClock nanoClock;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(); // bounded by what is requested
    private final AtomicBoolean woken = new AtomicBoolean();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private volatile long lastArrival;
    private volatile @Nullable String end;
    private volatile @Nullable WebSocket socket;

    private JdkFeedSocket(NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        this.lastArrival = nanoClock.nanos();
    }

    static FeedSocket open(HttpClient client, String userAgent, String address, Duration within, NanoClock nanoClock)
            throws IOException, InterruptedException {
        var listener = new JdkFeedSocket(nanoClock);
        CompletableFuture<WebSocket> opening = client.newWebSocketBuilder()
                .header("User-Agent", userAgent)
                .connectTimeout(within)
                .buildAsync(URI.create(address), listener);
        try {
            listener.socket = opening.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return listener;
        } catch (TimeoutException e) {
            var _ = opening.thenAccept(WebSocket::abort);
            throw new IOException("no connection within " + within.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw new IOException(shown(cause), cause);
        }
    }

    private static String shown(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a message that is only itself
    public @Nullable Message receive(Duration within) throws IOException, InterruptedException {
        String ended = end;
        if (ended != null && queue.isEmpty()) {
            throw new IOException(ended);
        }
        Message next = queue.poll(within.toNanos(), TimeUnit.NANOSECONDS);
        if (next == WAKE) {
            woken.set(false);
        }
        if (next == null || next == WAKE) {
            return null;
        }
        socket().request(1);
        return next;
    }

    @Override
    public void send(String message) throws IOException, InterruptedException {
        await(socket().sendText(message, true));
    }

    @Override
    public void ping() throws IOException, InterruptedException {
        await(socket().sendPing(ByteBuffer.allocate(0)));
    }

    private static void await(CompletableFuture<WebSocket> sending) throws IOException, InterruptedException {
        try {
            sending.get(SEND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the provider does not read", e);
        } catch (ExecutionException e) {
            throw new IOException(shown(Optional.ofNullable(e.getCause()).orElse(e)), e);
        }
    }

    private WebSocket socket() throws IOException {
        WebSocket opened = socket;
        if (opened == null) {
            throw new IOException("not connected");
        }
        return opened;
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(nanoClock.nanos() - lastArrival);
    }

    @Override
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            queue.add(WAKE);
        }
    }

    @Override
    public void close() {
        WebSocket opened = socket;
        if (opened != null) {
            opened.abort();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(WAITING);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        lastArrival = nanoClock.nanos();
        text.append(data);
        if (text.length() > MAX_MESSAGE) {
            tooLong(from);
        } else if (last) {
            queue.add(new Message(text.toString(), null));
            text.setLength(0);
            return null;
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        lastArrival = nanoClock.nanos();
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.write(part, 0, part.length);
        if (binary.size() > MAX_MESSAGE) {
            tooLong(from);
        } else if (last) {
            queue.add(new Message(null, binary.toByteArray()));
            binary.reset();
            return null;
        }
        from.request(1);
        return null;
    }

    private void tooLong(WebSocket from) {
        text.setLength(0);
        binary.reset();
        ended("a message of more than " + MAX_MESSAGE + " characters or bytes");
        from.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        lastArrival = nanoClock.nanos();
        from.request(1);
        return null; // the client answers by itself
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        lastArrival = nanoClock.nanos();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        ended("closed by the provider (" + status + (reason.isEmpty() ? "" : ", " + reason) + ")");
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended(shown(error));
    }

    private void ended(String why) {
        if (end == null) {
            end = why;
        }
        wake();
    }
}
