package io.marketbrain.facade.mcp;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.Optional;

/**
 * One JSON-RPC request or notification.
 *
 * @param id empty for a notification
 */
record McpMessage(Optional<RpcId> id, String method, Optional<JsonValue> params) {
    private static final String META = "_meta";
    private static final String PREFIX = "io.modelcontextprotocol/";
    static final String SERVER_INFO = PREFIX + "serverInfo";
    private static final String VERSION = PREFIX + "protocolVersion";
    private static final String CAPABILITIES = PREFIX + "clientCapabilities";
    private static final String CLIENT_INFO = PREFIX + "clientInfo";

    /** What a body says its id is, as far as that can be told, for the error about it. */
    static RpcId idOf(byte[] body) {
        try {
            Optional<JsonValue> id = JsonValue.parse(body).find("id");
            return id.isEmpty() ? new RpcId.Unknown() : RpcId.find(id.get()).orElse(new RpcId.Unknown());
        } catch (MalformedPayload unreadable) {
            return new RpcId.Unknown();
        }
    }

    static McpMessage parse(byte[] body) throws McpRejected {
        JsonValue json;
        try {
            json = JsonValue.parse(body);
        } catch (MalformedPayload e) {
            throw new McpRejected(400, McpRejected.PARSE_ERROR, "the message is not JSON: " + e.getMessage());
        }
        if (json.isArray()) {
            throw invalid("batches are not supported; send each message alone");
        }
        try {
            if (!json.find("jsonrpc").map(McpMessage::isTwo).orElse(false)) {
                throw invalid("jsonrpc must be \"2.0\"");
            }
            Optional<JsonValue> method = json.find("method");
            if (method.isEmpty() || !method.get().isText()) {
                throw invalid("method must be a text; this server sends no requests, so it takes no responses");
            }
            Optional<JsonValue> params = json.find("params");
            if (params.isPresent() && !params.get().isObject()) {
                throw new McpRejected(400, McpRejected.INVALID_PARAMS, "params must be an object");
            }
            Optional<JsonValue> id = json.findMember("id");
            Optional<RpcId> known = id.isEmpty() ? Optional.empty() : RpcId.find(id.get());
            if (id.isPresent() && known.isEmpty()) {
                throw invalid("id must be a text or a whole number");
            }
            return new McpMessage(known, method.get().text(), params);
        } catch (MalformedPayload e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isTwo(JsonValue value) {
        try {
            return value.isText() && value.text().equals("2.0");
        } catch (MalformedPayload e) {
            return false;
        }
    }

    private static McpRejected invalid(String message) {
        return new McpRejected(400, McpRejected.INVALID_REQUEST, message);
    }

    boolean isNotification() {
        return id.isEmpty();
    }

    Optional<JsonValue> findParam(String name) {
        return params.flatMap(object -> object.find(name));
    }

    /** The text of a parameter; empty if it is missing or no text. */
    Optional<String> findText(String name) throws McpRejected {
        Optional<JsonValue> value = findParam(name).filter(JsonValue::isText);
        return value.isEmpty() ? Optional.empty() : Optional.of(text(value.get()));
    }

    /** The protocol version that the message itself claims; only those without a handshake do. */
    Optional<String> findClaim() throws McpRejected {
        Optional<JsonValue> claim = findParam(META).flatMap(meta -> meta.find(VERSION));
        if (claim.isPresent() && !claim.get().isText()) {
            throw envelope(VERSION + " must be a text");
        }
        return claim.isEmpty() ? Optional.empty() : Optional.of(text(claim.get()));
    }

    /** Rejects a request that lacks what it has to carry when there is no handshake. */
    void checkEnvelope() throws McpRejected {
        Optional<JsonValue> meta = findParam(META);
        if (meta.isEmpty() || meta.get().find(VERSION).isEmpty()) {
            throw envelope("_meta must have " + VERSION + " and " + CAPABILITIES);
        }
        if (!meta.get().find(CAPABILITIES).map(JsonValue::isObject).orElse(false)) {
            throw envelope(CAPABILITIES + " must be an object, empty if there are none");
        }
        Optional<JsonValue> client = meta.get().find(CLIENT_INFO);
        boolean named = client.isEmpty()
                || (isText(client.get().find("name")) && isText(client.get().find("version")));
        if (!named) {
            throw envelope(CLIENT_INFO + " must have the texts name and version");
        }
    }

    private static boolean isText(Optional<JsonValue> value) {
        return value.map(JsonValue::isText).orElse(false);
    }

    private static McpRejected envelope(String problem) {
        return new McpRejected(400, McpRejected.INVALID_PARAMS, "invalid _meta: " + problem);
    }

    private static String text(JsonValue value) throws McpRejected {
        try {
            return value.text();
        } catch (MalformedPayload e) {
            throw new McpRejected(400, McpRejected.INVALID_PARAMS, String.valueOf(e.getMessage()));
        }
    }
}
