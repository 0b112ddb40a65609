package io.marketbrain.http.message;

import java.io.IOException;
import java.util.Optional;

/** A protocol on an upgraded connection. {@link #run} is called once; the other methods are thread-safe. */
public interface UpgradedProtocol {
    /**
     * Runs the protocol to its end on the connection's virtual thread; then the connection is closed.
     *
     * @throws IOException if the client disconnected or was cut off
     */
    void run() throws IOException;

    /** Checks the time limits of the protocol; called four times a second from another thread. Must not block. */
    void checkTimeLimits();

    /**
     * Tells the protocol that the server is stopping, so that it ends soon. Called from another thread, possibly more than
     * once; must not block.
     */
    void stop();

    /** This protocol in a form that is not {@link #run} on a thread of its own; empty if it has none. */
    default Optional<PushedProtocol> findPushed() {
        return Optional.empty();
    }
}
