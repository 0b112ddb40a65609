package io.marketbrain.http;

import io.marketbrain.http.ResponseHeadWriter.Persistence;
import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.ServerResponse;
import java.io.IOException;

/** Sends whole responses of one connection. Not thread-safe. */
final class ResponseSender {
    /** Maximum bytes that are sent at once, within one time limit. */
    static final int PIECE = 65_536;

    private static final byte[] NOTHING = {};
    private static final int MAX_COMBINED = 16_384;

    private final HttpServer server;
    private final StreamOutput.Sender sender;

    /** @param sender sends at most {@link #PIECE} bytes with a time limit */
    ResponseSender(HttpServer server, StreamOutput.Sender sender) {
        this.server = server;
        this.sender = sender;
    }

    /** Sends a response, or 503 in its place if too many large ones are being sent. */
    void send(ServerResponse answer, Persistence persistence, boolean withBody) throws IOException {
        byte[] body = answer.body() instanceof Body.Bytes whole ? whole.bytes() : NOTHING;
        boolean bare = !withBody || !answer.hasBody();
        long held = bare || body.length <= PIECE ? 0 : body.length;
        if (held > 0 && !server.bufferBudget().tryReserve(held)) {
            send(server.refuseLarge(), persistence, true);
            return;
        }
        try {
            sendWhole(answer, persistence, bare ? NOTHING : body);
        } finally {
            server.bufferBudget().release(held);
        }
    }

    private void sendWhole(ServerResponse answer, Persistence persistence, byte[] body) throws IOException {
        boolean together = body.length > 0 && body.length <= MAX_COMBINED;
        byte[] head = server.answerHeads().head(answer, persistence, together ? body.length : 0);
        if (together) {
            System.arraycopy(body, 0, head, head.length - body.length, body.length);
        }
        write(head);
        if (!together) {
            write(body);
        }
    }

    /** Sends bytes in pieces, each with its own time limit. */
    void write(byte[] bytes) throws IOException {
        for (int done = 0; done < bytes.length; done += PIECE) {
            sender.send(bytes, done, Math.min(PIECE, bytes.length - done));
        }
    }
}
