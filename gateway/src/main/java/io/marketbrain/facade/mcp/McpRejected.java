package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.JsonDocument;
import java.util.function.Consumer;

/** Ends a message with a JSON-RPC error. Never leaves this package. */
final class McpRejected extends Exception {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    /** A header that does not repeat what the body says. */
    static final int HEADER_MISMATCH = -32020;

    static final int UNSUPPORTED_VERSION = -32022;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final transient Consumer<JsonDocument> data;

    /** @param status the HTTP status */
    McpRejected(int status, int code, String message) {
        this(status, code, message, _ -> {});
    }

    /** @param data writes the members of {@code data}; the member is absent if there are none */
    private McpRejected(int status, int code, String message, Consumer<JsonDocument> data) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.data = data;
    }

    /** A version that is not supported, with those that are. */
    static McpRejected version(String requested) {
        return new McpRejected(
                400,
                UNSUPPORTED_VERSION,
                "protocol version " + requested + " is not supported; use one of " + String.join(", ", McpVersions.ALL),
                data -> data.strings("supported", McpVersions.ALL).put("requested", requested));
    }

    int status() {
        return status;
    }

    /** The error as a JSON-RPC response. */
    byte[] body(RpcId id) {
        return JsonDocument.object(json -> {
            json.put("jsonrpc", "2.0");
            id.write(json);
            json.child("error", error -> {
                error.put("code", (long) code).put("message", getMessage());
                if (code == UNSUPPORTED_VERSION) {
                    error.child("data", data);
                }
            });
        });
    }
}
