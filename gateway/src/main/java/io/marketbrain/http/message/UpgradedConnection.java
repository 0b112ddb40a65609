package io.marketbrain.http.message;

import java.io.IOException;
import java.io.InputStream;

/** The connection of an {@link UpgradedProtocol}. One thread may read while another one writes. */
public interface UpgradedConnection {
    /** What the client sends after the request. For the thread that runs the protocol. */
    InputStream in();

    /**
     * Sends bytes; blocks while the client does not read. One thread at a time.
     *
     * @throws IOException if the client disconnected, or took longer than the server's write time limit to read 64 KiB
     */
    void write(byte[] bytes, int from, int length) throws IOException;

    /** Disconnects whatever the connection is doing. Safe from any thread, never blocks. */
    void cut();

    /** Runs a short task on another thread, which may write; a {@link PushedProtocol}'s on the one that calls it. */
    void start(Runnable task);

    /** Runs a task that may block on a virtual thread of its own. */
    void startBlocking(Runnable task);

    /** The server's clock in nanoseconds. */
    long nanos();

    /** Logs an unexpected failure of the protocol, at a bounded rate. */
    void recordFailure(Throwable failure);
}
