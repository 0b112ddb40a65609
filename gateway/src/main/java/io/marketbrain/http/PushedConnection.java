package io.marketbrain.http;

import io.marketbrain.http.message.PushedProtocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the {@link PushLoop}: the socket, the protocol on it, and what the socket has not taken yet. While there is
 * such a rest, the protocol is neither asked for more nor given what the client sends. Except where it says otherwise, for the
 * thread of the loop.
 */
final class PushedConnection {
    /** How many events are asked for at first; twice as many each time, as long as the socket takes them all. */
    private static final int FIRST_BATCH = 4;

    private static final int LARGEST_BATCH = 64;

    /** After so many bytes it is the turn of other connections. */
    private static final int TURN = 64 * 1024;

    /** What the loop tells the connection. */
    interface Owner {
        /** The client has to read before more is sent, or has read. */
        void waiting(boolean forClient);

        /** The loop has finished with the connection, whose channel blocks again. Must not block. */
        void takeBack();
    }

    private final PushLoop loop;
    private final SocketChannel channel;
    private final Owner owner;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean queued = new AtomicBoolean();
    private @Nullable PushedProtocol protocol;
    private byte[] early = {};
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer rest;
    private @Nullable Throwable failure;
    private boolean ended;
    private long dueAt;

    PushedConnection(PushLoop loop, SocketChannel channel, Owner owner) {
        this.loop = loop;
        this.channel = channel;
        this.owner = owner;
    }

    /**
     * Hands the connection to the loop; the calling thread must not use it any more.
     *
     * @param received what the client has sent already
     */
    void begin(PushedProtocol begun, byte[] received) throws IOException {
        protocol = begun;
        early = received;
        channel.configureBlocking(false);
        queued.set(true);
        loop.adopt(this);
    }

    /** Gives the connection a turn soon. From any thread; never blocks. */
    void wake() {
        if (queued.compareAndSet(false, true)) {
            loop.wake(this);
        }
    }

    /** The same when the protocol has data to send. */
    private void wakeForData() {
        if (queued.compareAndSet(false, true)) {
            loop.wakeForData(this);
        }
    }

    /** Runs a task on the thread of the loop, in a turn of this connection. From any thread; never blocks. */
    void run(Runnable task) {
        tasks.add(task);
        wake();
    }

    /** Closes the socket. From any thread; never blocks. */
    void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing more can be done.
        }
        wake();
    }

    /** Adds bytes to what is sent in this turn. */
    void append(byte[] bytes, int from, int length) {
        loop.output().write(bytes, from, length);
    }

    boolean isDue(long now) {
        return !ended && now - dueAt >= 0;
    }

    long dueAt() {
        return dueAt;
    }

    /** Reads and sends what is possible now; {@code ready} says what the socket is ready for. */
    void turn(int ready) {
        queued.set(false);
        PushedProtocol running = protocol;
        if (ended || running == null) {
            return;
        }
        try {
            if (!channel.isOpen()) {
                throw new ClosedChannelException();
            }
            dueAt = loop.nanos() + Long.MAX_VALUE / 2;
            if (key == null) {
                key = loop.register(channel, this);
                running.start(this::wakeForData);
                receive(running, ByteBuffer.wrap(early));
                early = new byte[0];
            }
            if (rest != null && !((ready & SelectionKey.OP_WRITE) != 0 && send(rest))) {
                return;
            }
            if ((ready & SelectionKey.OP_READ) != 0 && rest == null) {
                read(running);
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            push(running);
        } catch (IOException | CancelledKeyException gone) {
            running.disconnected();
            end();
        } catch (Throwable bug) {
            failure = bug;
            end();
        }
    }

    private void read(PushedProtocol running) throws IOException {
        if (!running.receives()) {
            return;
        }
        ByteBuffer input = loop.input();
        int read = channel.read(input);
        if (read < 0) {
            running.disconnected();
        } else {
            receive(running, input.flip());
        }
    }

    private static void receive(PushedProtocol running, ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            running.received(bytes);
        }
    }

    private void push(PushedProtocol running) throws IOException {
        PushLoop.Output out = loop.output();
        int sent = 0;
        int batch = FIRST_BATCH;
        long wait;
        do {
            if (!running.ended()) {
                write(running, out, batch);
            }
            sent += out.size();
            boolean all = out.size() == 0 || send(out.from(0));
            out.reset();
            if (!all) {
                return;
            }
            batch = Math.min(2 * batch, LARGEST_BATCH);
            wait = running.nanosToWait();
        } while (wait <= 0 && sent < TURN && !running.ended());
        if (running.ended()) {
            end();
        } else if (wait <= 0) {
            wake();
        } else {
            dueAt = loop.nanos() + Math.min(wait, Long.MAX_VALUE / 2);
            loop.wantTurnAt(dueAt);
        }
        listen();
    }

    private static void write(PushedProtocol running, PushLoop.Output out, int batch) {
        try {
            running.write(out, batch);
        } catch (IOException incomplete) {
            throw new IllegalStateException("a body cannot be completed", incomplete);
        }
    }

    /** Sends bytes; keeps those that the socket does not take, and returns whether there are none. */
    private boolean send(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        boolean all = !bytes.hasRemaining();
        if (all && rest != null) {
            rest = null;
            owner.waiting(false);
        } else if (!all && rest == null) {
            rest = copy(bytes);
            owner.waiting(true);
            listen();
        }
        return all;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        int from = bytes.arrayOffset() + bytes.position();
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes.array(), from, from + bytes.remaining()));
    }

    /** Tells the selector what to wait for. */
    private void listen() {
        boolean receives = protocol != null && protocol.receives();
        int wanted = rest != null ? SelectionKey.OP_WRITE : receives ? SelectionKey.OP_READ : 0;
        if (key != null && key.isValid() && key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    private void end() {
        ended = true;
        if (key != null) {
            key.cancel();
        }
        loop.ended(this);
    }

    /** Makes the channel block again, and ends the loop's part. */
    void giveBack() {
        try {
            if (channel.isOpen()) {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            cut();
        }
        owner.takeBack();
    }

    /** Why the protocol could not go on; null if it ended by itself or the client left. Once the connection is given back. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
