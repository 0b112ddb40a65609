package io.marketbrain.http;

import org.jspecify.annotations.Nullable;

/** The resources of a streamed response while it is sent: a stream permit and the bytes of its buffer. */
record StreamPermit(RequestPermits.Permit permit, BufferBudget bufferBudget) implements AutoCloseable {
    /** A place that the caller must close, or null at the limit of streams or buffered bytes. */
    static @Nullable StreamPermit tryTake(HttpServer server) {
        RequestPermits.Permit permit = server.streams().tryEnter("");
        if (permit == null) {
            return null;
        }
        if (server.bufferBudget().tryReserve(StreamOutput.PIECE)) {
            return new StreamPermit(permit, server.bufferBudget());
        }
        permit.close();
        return null;
    }

    @Override
    public void close() {
        bufferBudget.release(StreamOutput.PIECE);
        permit.close();
    }
}
