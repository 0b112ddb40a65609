package io.marketbrain.facade.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * The headers that repeat what a message says, so that proxies need not read it. Those of a request without a handshake are
 * required and must agree with the body. Pure.
 */
record McpHeaders(Function<String, Optional<String>> byName) {
    static final String VERSION = "MCP-Protocol-Version";
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";

    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    Optional<String> findVersion() {
        return byName.apply(VERSION);
    }

    /** Rejects a request whose headers are missing or contradict it. */
    void check(McpMessage message, String version) throws McpRejected {
        require(VERSION, version);
        require(METHOD, message.method());
        if (message.method().equals(McpServer.CALL)) {
            Optional<String> tool = message.findText("name");
            if (tool.isPresent()) {
                require(NAME, tool.get());
            }
        }
    }

    private void require(String header, String expected) throws McpRejected {
        Optional<String> sent = byName.apply(header).map(McpHeaders::decoded);
        if (sent.isEmpty()) {
            throw mismatch("the header " + header + " is missing; it must be " + expected);
        }
        if (!sent.get().equals(expected)) {
            throw mismatch("the header " + header + " does not agree with the message, which says " + expected);
        }
    }

    static McpRejected mismatch(String message) {
        return new McpRejected(400, McpRejected.HEADER_MISMATCH, message);
    }

    /** A value as it is in the message; what no header may contain is sent as Base64. */
    private static String decoded(String value) {
        if (!value.startsWith(ENCODED) || !value.endsWith(END) || value.length() < ENCODED.length() + END.length()) {
            return value;
        }
        try {
            byte[] text = Base64.getDecoder().decode(value.substring(ENCODED.length(), value.length() - END.length()));
            return new String(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
