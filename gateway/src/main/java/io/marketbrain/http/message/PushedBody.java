package io.marketbrain.http.message;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a connection sends for a long time without a thread of its own: one thread asks all such connections for it in turn. The
 * methods are called one at a time and must not block; {@link #stop} may be called from any thread.
 */
public interface PushedBody {
    /**
     * Called once, before anything else.
     *
     * @param wake has {@link #write} called soon; may be called from any thread, never blocks
     */
    void start(Runnable wake);

    /**
     * Writes what is to be sent now, or a part of it; nothing if there is nothing.
     *
     * @param most how many events to write at most
     * @throws IOException because the body cannot be completed
     */
    void write(OutputStream out, int most) throws IOException;

    /** How many nanoseconds after {@link #write} it must be called again even if nothing wakes it. */
    long nanosToWait();

    /** Whether nothing follows what has been written. */
    boolean ended();

    /** Tells it that the server is stopping, so that it ends soon. */
    void stop();

    /** The connection no longer needs it. Called once, on any thread. */
    void close();
}
