package io.marketbrain.http.message;

import java.nio.ByteBuffer;

/** A protocol on an upgraded connection that has no thread of its own. */
public interface PushedProtocol extends PushedBody {
    /**
     * Takes bytes that the client sent; what is left in the buffer must be copied.
     *
     * @param bytes has an array, which may be changed
     */
    void received(ByteBuffer bytes);

    /** Whether it takes bytes now; the client has to wait while it does not. */
    boolean receives();

    /** The client has disconnected. */
    void disconnected();
}
