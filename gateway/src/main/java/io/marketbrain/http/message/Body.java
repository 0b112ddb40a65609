package io.marketbrain.http.message;

import io.marketbrain.http.HttpLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The body of a response: complete bytes, a stream that is sent as it is produced, or another protocol that takes over
 * the connection.
 */
public sealed interface Body {
    /** A response without content. */
    Body NONE = new Bytes(new byte[0]);

    /** A complete body; sent with its length. */
    @SuppressWarnings("ArrayRecordComponent") // bodies are never compared
    record Bytes(byte[] bytes) implements Body {}

    /**
     * A body of unknown length. Sent in chunks to HTTP/1.1 clients; for HTTP/1.0 clients the end of the connection ends
     * the body. A stream may never be written, as in the response to HEAD, so it must not hold resources before that.
     */
    @FunctionalInterface
    non-sealed interface Stream extends Body {
        /**
         * Writes the whole body; called once, on the connection's virtual thread. A write to {@code out} blocks while
         * the client does not read; a flush sends what has been written so far; closing it does nothing. The thread is
         * interrupted when the client disconnects. While it runs the response holds no request permit.
         *
         * @throws IOException from {@code out} when the client disconnected or reads too slowly; or because the body
         *     cannot be completed, which the producer has logged. Either way the connection is closed before the end of
         *     the body, so that the client does not take it for complete
         */
        void writeTo(OutputStream out) throws IOException;

        /**
         * Tells the stream that the server is stopping: an endless stream returns from {@link #writeTo} soon; a finite
         * one may continue for {@link HttpLimits#stopGrace}. Called from another thread, possibly more than once; must
         * not block.
         */
        default void stop() {}

        /**
         * Whether the stream is endless and limited by its producer: it does not count towards {@link
         * HttpLimits#maxStreams}, nor its connection towards {@link HttpLimits#maxConnections}.
         */
        default boolean longLived() {
            return false;
        }

        /** The same body in a form that needs no thread of its own; empty if it has none. */
        default Optional<PushedBody> findPushed() {
            return Optional.empty();
        }

        /** This stream, transformed by {@code wrapping}. */
        default Stream wrappedBy(Wrapping wrapping) {
            return wrapped(wrapping, Optional.empty());
        }

        /** This stream, with {@code wrapping} around the writing, which must not change the bytes. */
        default Stream observedBy(Wrapping wrapping) {
            return wrapped(wrapping, findPushed());
        }

        private Stream wrapped(Wrapping wrapping, Optional<PushedBody> pushed) {
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

                @Override
                public boolean longLived() {
                    return inner.longLived();
                }

                @Override
                public Optional<PushedBody> findPushed() {
                    return pushed;
                }
            };
        }
    }

    /** Transforms a stream as it is written, for instance compresses it. */
    @FunctionalInterface
    interface Wrapping {
        void write(Stream inner, OutputStream out) throws IOException;
    }

    /**
     * Another protocol that the connection changes to once the head of the response, which has the status 101, is sent.
     * Neither the connection nor the request counts towards the limits of the server from then on. The protocol may never
     * start, so it must not hold resources before {@link #open}.
     */
    @FunctionalInterface
    non-sealed interface Upgrade extends Body {
        /** Creates the protocol on a connection; called at most once. Must not block. */
        UpgradedProtocol open(UpgradedConnection connection);

        /** Whether the protocol has a form that needs no thread of its own. */
        default boolean isPushed() {
            return false;
        }
    }
}
