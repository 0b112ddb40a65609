package io.marketbrain.api.http;

import org.jspecify.annotations.Nullable;

/** What a streamed response holds while it is sent: a place among the streams, and the bytes of its buffer. */
record StreamPlace(Permits.Permit permit, HeldBytes heldBytes) implements AutoCloseable {
    /** A place to give back, or null when all are taken or too many bytes are held. */
    static @Nullable StreamPlace tryTake(HttpServer server) {
        Permits.Permit permit = server.streams().tryEnter("");
        if (permit == null) {
            return null;
        }
        if (server.heldBytes().tryHold(StreamOutput.PIECE)) {
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
