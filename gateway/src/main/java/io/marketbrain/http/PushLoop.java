package io.marketbrain.http;

import io.marketbrain.concurrent.BackgroundLoop;
import io.marketbrain.model.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Serves all connections that need no thread of their own on one thread, which exists while there are any. It never waits for a
 * client: what a socket does not take is kept until it does. A platform thread, so that it takes turns with the threads that serve
 * requests; as virtual threads, hundreds of writes would be queued before a request. Thread-safe.
 */
final class PushLoop {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** How long a loop that was woken by data waits for more, which is sent together with it. */
    private static final long TOGETHER_NANOS = 1_000_000;

    /** The bytes that are read from a client at once. */
    private static final int INPUT = 8192;

    /** A buffer that has grown larger is not kept. */
    private static final int LARGEST_OUTPUT = 256 * 1024;

    private static final int FIRST_OUTPUT = 4096;

    private final NanoClock nanoClock;
    private final Runnable together;
    private final Object lifecycle = new Object();
    private final Queue<PushedConnection> woken = new ConcurrentLinkedQueue<>();
    private final Set<PushedConnection> present = new HashSet<>(); // used by the loop only
    private final List<PushedConnection> ended = new ArrayList<>(); // used by the loop only
    private final ByteBuffer input = ByteBuffer.allocate(INPUT);
    private final Output chunk = new Output();
    private final Output output = new Output();
    private long earliestDue;
    private volatile boolean dataNoted;
    private volatile boolean asleep;
    private volatile @Nullable Selector selector;
    private int adopted; // guarded by lifecycle
    private boolean running; // guarded by lifecycle
    private boolean closed; // guarded by lifecycle

    /** Collects what is to be sent to one client. */
    static final class Output extends ByteArrayOutputStream {
        /** The bytes from a position to the end, without a copy. */
        ByteBuffer from(int start) {
            return ByteBuffer.wrap(buf, start, count - start);
        }

        /** Empties it for the next client. */
        void clear() {
            reset();
            if (buf.length > LARGEST_OUTPUT) {
                buf = new byte[FIRST_OUTPUT];
            }
        }
    }

    PushLoop(NanoClock nanoClock) {
        this(nanoClock, () -> LockSupport.parkNanos(TOGETHER_NANOS));
    }

    /** @param together waits a moment for more data */
    PushLoop(NanoClock nanoClock, Runnable together) {
        this.nanoClock = nanoClock;
        this.together = together;
    }

    /** Takes over a connection whose channel does not block. */
    void adopt(PushedConnection connection) throws IOException {
        synchronized (lifecycle) {
            if (closed) {
                throw new IOException("the server has stopped");
            }
            if (selector == null) {
                selector = Selector.open();
            }
            if (!running) {
                earliestDue = nanoClock.nanos();
                new BackgroundLoop("http-push", BackgroundLoop.Kind.DAEMON, nanoClock, this::round).start();
                running = true;
            }
            adopted++;
        }
        wake(connection);
    }

    /** The same for data, which may be the first of several changes, as of a simulated market at one instant. Never blocks. */
    void wakeForData(PushedConnection connection) {
        dataNoted = true;
        wake(connection);
    }

    /** Gives a connection a turn soon. Never blocks. */
    void wake(PushedConnection connection) {
        woken.add(connection);
        Selector sleeping = selector;
        if (asleep && sleeping != null) {
            asleep = false;
            sleeping.wakeup();
        }
    }

    /** Waits for events and gives the connections concerned their turns. */
    private Duration round() throws IOException {
        Selector waiting = selector;
        if (waiting == null || end()) {
            return BackgroundLoop.END;
        }
        asleep = true;
        if (woken.isEmpty()) {
            waiting.select(this::selected, millisToWait());
            asleep = false;
            if (dataNoted) {
                together.run();
            }
        } else {
            asleep = false;
            waiting.selectNow(this::selected);
        }
        dataNoted = false;
        int count = woken.size();
        for (int i = 0; i < count; i++) {
            PushedConnection next = woken.poll();
            if (next != null) {
                turn(next, 0);
            }
        }
        turnDue();
        giveBack(waiting);
        return Duration.ZERO;
    }

    /** Ends the loop if it has no connections. */
    private boolean end() throws IOException {
        synchronized (lifecycle) {
            running = adopted > 0;
            if (!running && closed && selector != null) {
                selector.close();
            }
            return !running;
        }
    }

    private long millisToWait() {
        long nanos = Math.min(earliestDue - nanoClock.nanos(), LONGEST_WAIT.toNanos());
        return Math.max(1, nanos / 1_000_000 + 1);
    }

    private void selected(SelectionKey key) {
        if (key.attachment() instanceof PushedConnection connection) {
            int ready;
            try {
                ready = key.readyOps();
            } catch (CancelledKeyException closed) {
                return; // by another thread, which has woken the connection
            }
            turn(connection, ready);
        }
    }

    private void turn(PushedConnection connection, int ready) {
        connection.turn(ready);
        output.clear();
        chunk.clear();
    }

    /** Gives a turn to connections which want one at a time that has come. */
    private void turnDue() {
        long now = nanoClock.nanos();
        if (now - earliestDue < 0) {
            return;
        }
        earliestDue = now + LONGEST_WAIT.toNanos();
        for (PushedConnection connection : present) {
            if (connection.isDue(now)) {
                turn(connection, 0);
            }
            wantTurnAt(connection.dueAt());
        }
    }

    /** Gives connections that have ended back to threads, once their channels may block again. */
    private void giveBack(Selector deregistering) throws IOException {
        if (ended.isEmpty()) {
            return;
        }
        deregistering.selectNow(this::selected);
        for (PushedConnection connection : List.copyOf(ended)) {
            present.remove(connection);
            connection.giveBack();
        }
        synchronized (lifecycle) {
            adopted -= ended.size();
        }
        ended.clear();
    }

    /** A channel reports to the loop from now on. */
    SelectionKey register(SocketChannel channel, PushedConnection connection) throws IOException {
        Selector reporting = selector;
        if (reporting == null) {
            throw new UncheckedIOException(new IOException("there is no selector"));
        }
        present.add(connection);
        return channel.register(reporting, SelectionKey.OP_READ, connection);
    }

    /** The connection is no longer the loop's. */
    void ended(PushedConnection connection) {
        ended.add(connection);
    }

    void wantTurnAt(long nanos) {
        if (nanos - earliestDue < 0) {
            earliestDue = nanos;
        }
    }

    long nanos() {
        return nanoClock.nanos();
    }

    /** Cleared buffer for what a client has sent. */
    ByteBuffer input() {
        return input.clear();
    }

    /** Collects a chunk that is to be sent to the client whose turn it is. */
    ByteArrayOutputStream chunk() {
        return chunk;
    }

    /** What is to be sent to the client whose turn it is. */
    Output output() {
        return output;
    }

    /** Takes over no more connections, and ends once those that it has have ended. */
    void close() {
        synchronized (lifecycle) {
            closed = true;
            if (!running && selector != null) {
                try {
                    selector.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
