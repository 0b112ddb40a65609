package io.marketbrain.facade.mcp;

import io.marketbrain.api.mounting.ApiServices;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.time.TimePath;
import io.marketbrain.facade.MarketReader;
import io.marketbrain.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** The tools, at most six, so that an agent reads little before it starts. Thread-safe. */
final class McpTools {
    private final List<McpTool> tools;
    private final String scheme;
    private final String pathPrefix;
    private final String timePrefix;

    McpTools(ApiServices services, McpContext context) {
        var market = new ToolMarket(new MarketReader(services), context.paidCalls());
        this.tools = List.of(
                new QuotesTool(market, services.config().maxBatch(), services.clock()),
                new CandlesTool(market, services.clock(), services.config().maxCandles()),
                new RecordsTool(market),
                new ConvertTool(market, services),
                new SearchTool(services.resolver(), services.catalogue()),
                new StatusTool(services.catalogue(), context.budgets()));
        this.scheme = context.scheme();
        this.pathPrefix = services.config().pathPrefix().text();
        this.timePrefix = services.session().isEmpty()
                ? ""
                : TimePath.prefix(services.clock().instant());
    }

    List<String> names() {
        return tools.stream().map(McpTool::name).toList();
    }

    Optional<McpTool> find(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    ToolText call(McpTool tool, Optional<JsonValue> arguments, Request request) {
        try {
            return tool.call(ToolCall.of(tool, arguments, request, base(request), timePrefix));
        } catch (RequestRejected rejected) {
            return ToolText.failed(BoundedText.of(ToolCall.maxTokens(arguments), ToolAdvice.of(rejected.failure())));
        }
    }

    /** What precedes the paths of our own API, as the agent reaches it. */
    private String base(Request request) {
        return request.findHeader("Host").map(host -> scheme + "://" + host).orElse("") + pathPrefix;
    }

    /** The list of tools as a member of a result. */
    void write(JsonDocument result) {
        result.objects("tools", tools, (item, tool) -> {
            List<ToolArgument> arguments = ToolCall.argumentsOf(tool);
            item.put("name", tool.name()).put("description", tool.description());
            item.child("inputSchema", schema -> {
                schema.put("type", "object");
                schema.child(
                        "properties", properties -> arguments.forEach(one -> properties.child(one.name(), one::write)));
                List<String> required = arguments.stream()
                        .filter(ToolArgument::required)
                        .map(ToolArgument::name)
                        .toList();
                if (!required.isEmpty()) {
                    schema.strings("required", required);
                }
            });
            item.child("annotations", hints -> hints.put("readOnlyHint", true));
        });
    }
}
