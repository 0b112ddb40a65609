package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.JsonDocument;
import java.util.List;

/**
 * What a tool returns: text that an agent reads.
 *
 * @param error whether the call failed; the text then says what to do
 */
record ToolText(String text, boolean error) {
    static ToolText of(String text) {
        return new ToolText(text, false);
    }

    static ToolText failed(String text) {
        return new ToolText(text, true);
    }

    void write(JsonDocument result) {
        result.objects(
                "content",
                List.of(text),
                (item, line) -> item.put("type", "text").put("text", line));
        result.put("isError", error);
    }
}
