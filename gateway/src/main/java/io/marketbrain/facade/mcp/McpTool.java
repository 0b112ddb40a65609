package io.marketbrain.facade.mcp;

import io.marketbrain.api.request.RequestRejected;
import java.util.List;

/** Something that an agent can ask for. Thread-safe; may block. */
interface McpTool {
    String name();

    String description();

    List<ToolArgument> arguments();

    ToolText call(ToolCall call) throws RequestRejected;
}
