package io.marketbrain.facade.mcp;

import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.BudgetReport;
import io.marketbrain.pipeline.ProviderCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code status}: which providers are live, what one offers, and what is left of the budgets. Costs nothing. */
final class StatusTool implements McpTool {
    private final ProviderCatalog catalogue;
    private final Supplier<List<BudgetReport>> budgets;

    StatusTool(ProviderCatalog catalogue, Supplier<List<BudgetReport>> budgets) {
        this.catalogue = catalogue;
        this.budgets = budgets;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String description() {
        return "Providers, live or mock, what one offers, and budgets left. Free.";
    }

    @Override
    public List<ToolArgument> arguments() {
        return List.of(ToolArgument.text("provider", "details of one"));
    }

    @Override
    public ToolText call(ToolCall tool) throws RequestRejected {
        int most = tool.maxTokens();
        Optional<String> one = tool.parameters().find("provider");
        if (one.isPresent()) {
            ProviderInfo info = RequestRejected.orReject(catalogue.provider(one.get()));
            return ToolText.of(BoundedText.of(
                    most,
                    details(info) + "\nAll: "
                            + tool.address("/api/v1/providers/" + info.id().value(), Map.of())));
        }
        List<ProviderMode> modes = catalogue.modes();
        var head = new ArrayList<String>();
        head.add("live: " + names(modes, Mode.LIVE));
        head.add("mock (simulated): " + names(modes, Mode.MOCK));
        head.add("recording: " + names(modes, Mode.REPLAY));
        List<String> rows = budgets.get().stream()
                .filter(budget -> tool.request().admin()
                        || budget.caller()
                                .map(tool.request().caller().name()::equals)
                                .orElse(true))
                .map(budget -> "budget " + budget.name() + ": " + budget.left() + " of " + budget.limit() + " left, "
                        + budget.state() + ", resets " + ProvenanceText.time(budget.resets()))
                .toList();
        if (rows.isEmpty()) {
            head.add("no budgets: calls that cost money are not made");
        }
        return ToolText.of(BoundedText.of(
                most,
                head,
                rows,
                false,
                _ -> "Source: this gateway. All: " + tool.address("/api/v1/providers", Map.of())));
    }

    private static String names(List<ProviderMode> modes, Mode mode) {
        String names = modes.stream()
                .filter(one -> one.mode() == mode)
                .map(one -> one.id().value())
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? "none" : names;
    }

    private static String details(ProviderInfo info) {
        return info.id() + " (" + info.name() + "): " + info.mode().wire() + ", " + info.reason() + "; offers "
                + info.operations().stream().map(Operation::wire).collect(Collectors.joining(" ")) + "; intervals "
                + info.intervals().stream().map(Object::toString).collect(Collectors.joining(" "))
                + (info.seriesKinds().isEmpty() ? "" : "; series " + String.join(" ", info.seriesKinds()))
                + "; examples " + String.join(" ", info.examples());
    }
}
