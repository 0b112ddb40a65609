package io.marketbrain.pipeline;

import java.util.List;

/**
 * How a provider stands now.
 *
 * @param health {@code ok}; {@code down} while it is left alone because it failed, {@code recovering} while a few calls try it,
 *     {@code waiting} while it asked not to be called, {@code out_of_quota} or {@code out_of_budget}
 * @param quota its limits, none where nothing is counted because it is not called
 * @param budgets those that cover its calls, whoever makes them
 */
public record ProviderReport(String health, List<QuotaReport> quota, List<BudgetReport> budgets) {
    /** Of a provider that nothing limits. */
    public static final ProviderReport UNLIMITED = new ProviderReport("ok", List.of(), List.of());

    public ProviderReport {
        quota = List.copyOf(quota);
        budgets = List.copyOf(budgets);
    }

    /** Of a provider whose layers are in these states. */
    public static ProviderReport of(List<LayerReport> layers, List<QuotaReport> quota, List<BudgetReport> budgets) {
        return new ProviderReport(health(layers, budgets), quota, budgets);
    }

    private static String health(List<LayerReport> layers, List<BudgetReport> budgets) {
        if (isIn(layers, "circuit-breaker", "open")) {
            return "down";
        }
        if (isIn(layers, "retry-after", "waiting")) {
            return "waiting";
        }
        if (isIn(layers, "circuit-breaker", "half_open")) {
            return "recovering";
        }
        if (isIn(layers, "quota", "used-up")) {
            return "out_of_quota";
        }
        return budgets.stream()
                        .anyMatch(budget -> budget.state().equals("exhausted")
                                || budget.state().equals("lost"))
                ? "out_of_budget"
                : "ok";
    }

    private static boolean isIn(List<LayerReport> layers, String name, String state) {
        return layers.stream()
                .anyMatch(layer -> layer.name().equals(name) && layer.state().equals(state));
    }
}
