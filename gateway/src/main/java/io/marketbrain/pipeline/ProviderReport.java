package io.marketbrain.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current health, quota and budgets of a provider.
 *
 * @param health {@code ok}; {@code down} while its circuit breaker is open, {@code recovering} while it is half open,
 *     {@code waiting} during a {@code Retry-After} of the provider, {@code out_of_quota} or {@code out_of_budget}
 * @param quota its rate limits; empty where nothing is counted because it is never called
 * @param budgets the budgets that cover its calls, whoever the caller is
 */
public record ProviderReport(String health, List<QuotaReport> quota, List<BudgetReport> budgets) {
    /** The report of a provider without limits. */
    public static final ProviderReport UNLIMITED = new ProviderReport("ok", List.of(), List.of());

    public ProviderReport {
        quota = List.copyOf(quota);
        budgets = List.copyOf(budgets);
    }

    /** The report of a provider whose layers are in these states. */
    public static ProviderReport of(List<LayerReport> layers, List<QuotaReport> quota, List<BudgetReport> budgets) {
        return new ProviderReport(health(layers, budgets), quota, budgets);
    }

    /** Why the health is not {@code ok}, as a clause; null if it is. */
    public @Nullable String healthReason() {
        return switch (health) {
            case "down" -> "the circuit breaker is open after repeated failures";
            case "recovering" -> "the circuit breaker lets single test calls through";
            case "waiting" -> "the provider asked for a pause";
            case "out_of_quota" -> "the provider's rate limit is used up";
            case "out_of_budget" -> "a budget for this provider is used up";
            default -> null;
        };
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
