package io.marketbrain.provider.transport;

import io.marketbrain.model.Deadline;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body as it arrives. Each part is requested only when the one before it has been read, so that what is not read stays
 * in the socket. {@link #close} closes the connection if the body has not ended. One reader; the HTTP client may call
 * from any thread.
 */
final class BodyStream implements BodySubscriber<BodyStream>, AutoCloseable {
    /** The first byte of gzip (RFC 1952), a control character. */
    private static final int GZIP = 0x1F;

    private final long announced;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> arrived = new ArrayDeque<>();
    private boolean ended;
    private boolean wanted;
    private boolean closed;
    private Flow.@Nullable Subscription subscription;

    /** An event from the HTTP client. */
    private sealed interface Signal {
        /** Bytes that arrived. */
        record Bytes(List<ByteBuffer> buffers) implements Signal {}

        /** The body has ended as it should. */
        record End() implements Signal {}

        /** The body failed. */
        record Broken(Throwable cause) implements Signal {}
    }

    private BodyStream(long announced) {
        this.announced = announced;
    }

    static BodyHandler<BodyStream> handler() {
        return head ->
                new BodyStream(head.headers().firstValueAsLong("content-length").orElse(0));
    }

    /** The bytes as transferred, {@code most} at the most, until the deadline. */
    ByteSource until(Deadline deadline, int most) throws PayloadRejected {
        if (announced > most) {
            throw PayloadRejected.tooLarge(most);
        }
        int[] left = {most};
        return (into, from, length) -> {
            ByteBuffer buffer = next(deadline);
            if (buffer == null) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            if (count > left[0]) {
                throw PayloadRejected.tooLarge(most);
            }
            left[0] -= count;
            buffer.get(into, from, count);
            return count;
        };
    }

    /** Whether the body begins as gzip does; no text does. Waits for its first byte and leaves it. */
    boolean isPacked(Deadline deadline) throws IOException, InterruptedException {
        ByteBuffer first = next(deadline);
        return first != null && (first.get(first.position()) & 0xFF) == GZIP;
    }

    /** The oldest buffer that is not empty; null at the end. */
    private @Nullable ByteBuffer next(Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            ByteBuffer oldest = arrived.peek();
            if (oldest != null && oldest.hasRemaining()) {
                return oldest;
            }
            if (oldest != null) {
                arrived.remove();
                continue;
            }
            if (ended) {
                return null;
            }
            ask();
            switch (signals.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                case Signal.Bytes(List<ByteBuffer> buffers) -> arrived.addAll(buffers);
                case Signal.End _ -> ended = true;
                case Signal.Broken(Throwable cause) -> throw new IOException(cause);
                case null -> throw new PayloadTimeout(false);
            }
        }
    }

    private synchronized void ask() {
        if (subscription == null) {
            wanted = true;
        } else {
            subscription.request(1);
        }
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
        if (this.subscription != null || closed) {
            subscription.cancel();
            return;
        }
        this.subscription = subscription;
        if (wanted) {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Signal.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        signals.add(new Signal.Broken(cause));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.End());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null && !ended) {
            subscription.cancel();
        }
    }
}
