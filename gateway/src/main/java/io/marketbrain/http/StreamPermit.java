package io.marketbrain.http;

import org.jspecify.annotations.Nullable;

/** The resources of a streamed response while it is sent: a stream permit and the bytes of its buffer. */
record StreamPermit(RequestPermits.Permit permit, BufferBudget heldBytes) implements AutoCloseable {
    /** A place that the caller must close, or null at the limit of streams or buffered bytes. */
    static @Nullable StreamPermit tryTake(HttpServer server) {
        RequestPermits.Permit permit = server.streams().tryEnter("");
        if (permit == null) {
            return null;
        }
        if (server.heldBytes().tryReserve(StreamOutput.PIECE)) {
            return new StreamPermit(permit, server.heldBytes());
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
