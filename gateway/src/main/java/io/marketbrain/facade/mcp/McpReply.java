package io.marketbrain.facade.mcp;

import java.util.Optional;

/**
 * What a message is answered with.
 *
 * @param status the HTTP status
 * @param body a JSON-RPC response; empty for a notification
 */
@SuppressWarnings("ArrayRecordComponent") // replies are never compared
record McpReply(int status, Optional<byte[]> body) {
    static McpReply accepted() {
        return new McpReply(202, Optional.empty());
    }

    static McpReply of(int status, byte[] body) {
        return new McpReply(status, Optional.of(body));
    }
}
