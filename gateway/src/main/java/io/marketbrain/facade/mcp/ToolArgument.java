package io.marketbrain.facade.mcp;

import io.marketbrain.api.rendering.JsonDocument;
import java.util.List;

/**
 * An argument of a tool.
 *
 * @param type its JSON type: {@code string}, {@code integer}, or {@code array} of strings
 * @param allowed the values that it may have; empty for any
 */
record ToolArgument(String name, String type, String description, boolean required, List<String> allowed) {
    ToolArgument {
        allowed = List.copyOf(allowed);
    }

    static ToolArgument text(String name, String description) {
        return new ToolArgument(name, "string", description, false, List.of());
    }

    static ToolArgument number(String name, String description) {
        return new ToolArgument(name, "integer", description, false, List.of());
    }

    static ToolArgument texts(String name, String description) {
        return new ToolArgument(name, "array", description, false, List.of());
    }

    ToolArgument oneOf(List<String> values) {
        return new ToolArgument(name, type, description, required, values);
    }

    ToolArgument always() {
        return new ToolArgument(name, type, description, true, allowed);
    }

    /** Its JSON schema. */
    void write(JsonDocument json) {
        json.put("type", type);
        if (type.equals("array")) {
            json.child("items", items -> items.put("type", "string"));
        }
        if (!allowed.isEmpty()) {
            json.strings("enum", allowed);
        }
        if (!description.isEmpty()) {
            json.put("description", description);
        }
    }
}
