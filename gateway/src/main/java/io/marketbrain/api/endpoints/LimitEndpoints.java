package io.marketbrain.api.endpoints;

import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.LayerReport;
import java.util.ArrayList;
import java.util.List;

/** The paths that report the state of layers and budgets. Thread-safe. */
public final class LimitEndpoints {
    private final SystemView system;
    private final AccessControl access;

    public LimitEndpoints(SystemView system, AccessControl access) {
        this.system = system;
        this.access = access;
    }

    public Response layers(Request request) throws RequestRejected {
        Parameters.of(request);
        List<LayerReport> layers = new ArrayList<>();
        system.server().ifPresent(layers::add);
        layers.add(access.report());
        layers.addAll(system.layers());
        return Response.json(JsonDocument.object(json -> json.put("success", true)
                .put("count", (long) layers.size())
                .objects(
                        "layers",
                        layers,
                        (item, layer) -> item.put("stack", layer.stack())
                                .put("name", layer.name())
                                .put("state", layer.state())
                                .put("entered", layer.entered())
                                .put("failed", layer.failed())
                                .child("counters", counters -> layer.counters().forEach(counters::put)))));
    }

    public Response budget(Request request) throws RequestRejected {
        Parameters.of(request);
        List<BudgetReport> budgets = system.budgets().stream()
                .filter(budget -> request.admin()
                        || budget.caller().map(request.caller().name()::equals).orElse(true))
                .toList();
        return Response.json(JsonDocument.object(json -> json.put("success", true)
                .put("count", (long) budgets.size())
                .objects("budgets", budgets, LimitEndpoints::write)));
    }

    static void write(JsonDocument json, BudgetReport budget) {
        json.put("name", budget.name())
                .put("covers", budget.scope())
                .put("state", budget.state())
                .put("limit", budget.limit().toString())
                .put("used", budget.used().toString())
                .put("left", budget.left().toString())
                .put("resets", budget.resets());
    }
}
