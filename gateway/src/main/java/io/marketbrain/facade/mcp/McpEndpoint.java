package io.marketbrain.facade.mcp;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.mounting.RouteGroup;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.routing.Router;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import java.util.Locale;

/**
 * MCP over HTTP: each message is a POST, whose response is one JSON document. There are no sessions and no streams. Thread-safe.
 */
public final class McpEndpoint implements RouteGroup {
    private static final String PREFIX = "/mcp";

    private final Router router = new Router(PREFIX);
    private final McpServer server;

    public McpEndpoint(ApiServices services, McpContext context) {
        this.server = new McpServer(new McpTools(services, context), context.version());
        router.post("/", this::message);
    }

    @Override
    public Router router() {
        return router;
    }

    private Response message(Request request) {
        String type = request.findHeader("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith(Response.JSON)) {
            return error(
                    415, McpRejected.INVALID_REQUEST, "the message must be sent as Content-Type: application/json");
        }
        McpReply reply = server.answer(request);
        return reply.body()
                .map(body -> Response.of(reply.status(), Response.JSON, body))
                .orElseGet(() -> Response.empty(reply.status()))
                .with("Cache-Control", "no-store");
    }

    private static Response error(int status, int code, String message) {
        return Response.of(status, Response.JSON, new McpRejected(status, code, message).body(new RpcId.Unknown()))
                .with("Cache-Control", "no-store");
    }

    @Override
    public Response failed(Failure failure, CallId callId) {
        int code = failure instanceof Failure.Bug ? McpRejected.INTERNAL_ERROR : McpRejected.INVALID_REQUEST;
        Response response = ProblemResponses.withWait(
                failure, error(ProblemResponses.status(failure), code, ToolAdvice.of(failure)));
        if (failure instanceof Failure.Unauthenticated) {
            response.with("WWW-Authenticate", "Bearer");
        }
        return response;
    }

    @Override
    public Response unknownPath(RawRequest request, String asked, CallId callId) {
        return error(404, McpRejected.INVALID_REQUEST, "MCP is served at " + PREFIX + " only");
    }

    @Override
    public Response wrongMethod(RawRequest request, String allow, CallId callId) {
        return error(405, McpRejected.INVALID_REQUEST, "send each message as a POST; there are no streams to open");
    }
}
