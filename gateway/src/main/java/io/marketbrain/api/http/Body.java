package io.marketbrain.api.http;

import java.io.IOException;
import java.io.OutputStream;

/** The body of a response: bytes that are there, or a stream of parts that are sent as they are produced. */
public sealed interface Body {
    /** A response without content. */
    Body NONE = new Bytes(new byte[0]);

    /** A whole body; sent with its length. */
    @SuppressWarnings("ArrayRecordComponent") // bodies are never compared
    record Bytes(byte[] bytes) implements Body {}

    /**
     * A body of unknown length. Sent in chunks to clients of HTTP/1.1; to those of HTTP/1.0 the end of the connection is
     * the end of the body. A stream that is never written, as in the response to HEAD, must hold nothing.
     */
    @FunctionalInterface
    non-sealed interface Stream extends Body {
        /**
         * Writes the whole body; called once, on the connection's virtual thread. A write to {@code out} blocks while the
         * client does not read; a flush sends what has been written so far; closing it does nothing. The thread is
         * interrupted when the client goes away. While it runs the response holds no request permit.
         *
         * @throws IOException from {@code out} when the client is gone or reads too slowly; or because the body cannot be
         *     completed, which the producer has logged. Either way the connection is cut before the body's end, so that
         *     the client does not take it for complete
         */
        void writeTo(OutputStream out) throws IOException;

        /**
         * The server is stopping: a stream without an end returns from {@link #writeTo} soon; one that ends by itself may go
         * on for the {@link HttpLimits#stopGrace}. Called from another thread, perhaps more than once; never blocks.
         */
        default void stop() {}

        /** This stream, written by way of {@code wrapping}. */
        default Stream wrappedBy(Wrapping wrapping) {
            Stream inner = this;
            return new Stream() {
                @Override
                public void writeTo(OutputStream out) throws IOException {
                    wrapping.write(inner, out);
                }

                @Override
                public void stop() {
                    inner.stop();
                }
            };
        }
    }

    /** Writes a stream in another form, compressed for instance. */
    @FunctionalInterface
    interface Wrapping {
        void write(Stream inner, OutputStream out) throws IOException;
    }
}
