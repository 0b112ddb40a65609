package io.marketbrain.http;

import org.jspecify.annotations.Nullable;

/** The resources of a streamed response or another protocol while it uses the connection; closing returns them. */
record StreamPermit(Runnable release) implements AutoCloseable {
    /** A permit and the bytes of a buffer, which the caller must close; null at the limit of either. */
    static @Nullable StreamPermit tryTake(HttpServer server) {
        RequestPermits.Permit permit = server.streams().tryEnter("");
        if (permit == null) {
            return null;
        }
        if (server.bufferBudget().tryReserve(StreamOutput.PIECE)) {
            return new StreamPermit(() -> {
                server.bufferBudget().release(StreamOutput.PIECE);
                permit.close();
            });
        }
        permit.close();
        return null;
    }

    /** Takes the connection of a long-lived stream or another protocol out of the limit of connections. */
    static StreamPermit longLived(HttpServer server) {
        server.streamCounts().longLived.incrementAndGet();
        return new StreamPermit(() -> server.streamCounts().longLived.decrementAndGet());
    }

    @Override
    public void close() {
        release.run();
    }
}
