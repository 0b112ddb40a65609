package io.marketbrain.api.http;

import org.jspecify.annotations.Nullable;

/** The resources of a streamed response while it is sent: a stream permit and the bytes of its buffer. */
record StreamPlace(Permits.Permit permit, HeldBytes heldBytes) implements AutoCloseable {
    /** A place that the caller must close, or null at the limit of streams or buffered bytes. */
    static @Nullable StreamPlace tryTake(HttpServer server) {
        Permits.Permit permit = server.streams().tryEnter("");
        if (permit == null) {
            return null;
        }
        if (server.heldBytes().tryReserve(StreamOutput.PIECE)) {
            return new StreamPlace(permit, server.heldBytes());
        }
        permit.close();
        return null;
    }

    @Override
    public void close() {
        heldBytes.release(StreamOutput.PIECE);
        permit.close();
    }
}
