package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.request.Request;
import io.marketbrain.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers MCP messages, one at a time and without any state between them: requests of protocol 2026-07-28, and those of clients
 * that begin with a handshake, which is only answered and never remembered. Thread-safe; may block.
 */
final class McpServer {
    static final String CALL = "tools/call";
    private static final String LIST = "tools/list";
    private static final String DISCOVER = "server/discover";
    private static final String NAME = "market-intel-brain";
    private static final String TITLE = "Market Intel Brain";

    /** How long a client may keep the list of tools: it changes with the version only. */
    private static final long LIST_TTL_MILLIS = 3_600_000;

    private static final String INSTRUCTIONS = "Prices from many providers. Write symbols as provider:symbol"
            + " (binance:BTC/USDT, yahoo:AAPL) or as a symbol alone. Data marked mock is simulated: never present it as real."
            + " Every answer fits max_tokens and names a URL with the full CSV.";

    private final McpTools tools;
    private final String version;

    McpServer(McpTools tools, String version) {
        this.tools = tools;
        this.version = version;
    }

    /** The reply to a message in the body of {@code request}. */
    McpReply answer(Request request) {
        RpcId id = McpMessage.idOf(request.body());
        try {
            McpMessage message = McpMessage.parse(request.body());
            return reply(message, new McpHeaders(request.headers()), request);
        } catch (McpRejected rejected) {
            return McpReply.of(rejected.status(), rejected.body(id));
        }
    }

    private McpReply reply(McpMessage message, McpHeaders headers, Request request) throws McpRejected {
        Optional<String> claim = message.findClaim();
        Optional<String> header = headers.findVersion();
        boolean stateless = claim.isPresent()
                || header.filter(McpVersions.STATELESS::equals).isPresent()
                || isDiscovery(message);
        if (stateless) {
            if (message.isNotification()) {
                return McpReply.accepted();
            }
            checkStateless(message, headers, claim);
            return stateless(message, request);
        }
        if (header.isPresent() && !McpVersions.WITH_HANDSHAKE.contains(header.get())) {
            throw McpRejected.version(EchoedText.of(header.get()));
        }
        return message.isNotification() ? McpReply.accepted() : withHandshake(message, request);
    }

    private static boolean isDiscovery(McpMessage message) {
        return message.method().equals(DISCOVER);
    }

    private static void checkStateless(McpMessage message, McpHeaders headers, Optional<String> claim)
            throws McpRejected {
        if (claim.isEmpty()) {
            message.checkEnvelope();
        }
        String version = claim.orElse(McpVersions.STATELESS);
        if (headers.findVersion().isPresent() && !headers.findVersion().get().equals(version)) {
            throw McpHeaders.mismatch("the header " + McpHeaders.VERSION
                    + " does not agree with the message, which says " + EchoedText.of(version));
        }
        if (!version.equals(McpVersions.STATELESS)) {
            throw McpRejected.version(EchoedText.of(version));
        }
        message.checkEnvelope();
        if (!List.of(DISCOVER, LIST, CALL).contains(message.method())) {
            throw new McpRejected(404, McpRejected.METHOD_NOT_FOUND, unknown(message.method()));
        }
        headers.check(message, version);
    }

    private McpReply stateless(McpMessage message, Request request) throws McpRejected {
        return switch (message.method()) {
            case DISCOVER ->
                result(message, result -> {
                    complete(result);
                    cacheable(result);
                    result.strings("supportedVersions", McpVersions.ALL);
                    describe(result);
                });
            case LIST ->
                result(message, result -> {
                    complete(result);
                    cacheable(result);
                    tools.write(result);
                });
            default -> {
                ToolText text = call(message, request);
                yield result(message, result -> {
                    complete(result);
                    text.write(result);
                });
            }
        };
    }

    private McpReply withHandshake(McpMessage message, Request request) throws McpRejected {
        return switch (message.method()) {
            case "initialize" -> {
                String requested = message.findText("protocolVersion").orElse("");
                yield result(message, result -> {
                    result.put("protocolVersion", McpVersions.negotiated(requested));
                    describe(result);
                    result.child("serverInfo", this::identify);
                });
            }
            case "ping" -> result(message, _ -> {});
            case LIST -> result(message, tools::write);
            case CALL -> {
                ToolText text = call(message, request);
                yield result(message, text::write);
            }
            default -> throw new McpRejected(200, McpRejected.METHOD_NOT_FOUND, unknown(message.method()));
        };
    }

    private ToolText call(McpMessage message, Request request) throws McpRejected {
        String name = message.findText("name").orElse("");
        Optional<McpTool> tool = tools.find(name);
        if (tool.isEmpty()) {
            throw new McpRejected(
                    200,
                    McpRejected.INVALID_PARAMS,
                    "there is no tool " + EchoedText.of(name) + "; the tools are " + String.join(", ", tools.names()));
        }
        Optional<JsonValue> arguments = message.findParam("arguments");
        if (arguments.isPresent() && !arguments.get().isObject()) {
            throw new McpRejected(200, McpRejected.INVALID_PARAMS, "arguments must be an object");
        }
        return tools.call(tool.get(), arguments, request);
    }

    private static String unknown(String method) {
        return "there is no method " + EchoedText.of(method) + "; this server has tools only";
    }

    private static McpReply result(McpMessage message, Consumer<JsonDocument> members) {
        return McpReply.of(200, JsonDocument.object(json -> {
            json.put("jsonrpc", "2.0");
            message.id().orElse(new RpcId.Unknown()).write(json);
            json.child("result", members);
        }));
    }

    private void complete(JsonDocument result) {
        result.put("resultType", "complete");
        result.child("_meta", meta -> meta.child(McpMessage.SERVER_INFO, this::identify));
    }

    private static void cacheable(JsonDocument result) {
        result.put("ttlMs", LIST_TTL_MILLIS).put("cacheScope", "public");
    }

    private static void describe(JsonDocument result) {
        result.child("capabilities", capabilities -> capabilities.child("tools", _ -> {}));
        result.put("instructions", INSTRUCTIONS);
    }

    private void identify(JsonDocument json) {
        json.put("name", NAME).put("title", TITLE).put("version", version);
    }
}
