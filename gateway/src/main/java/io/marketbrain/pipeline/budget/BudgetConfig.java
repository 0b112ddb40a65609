package io.marketbrain.pipeline.budget;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings of budgets.
 *
 * @param prices configured prices, which replace those in the providers' descriptors
 */
public record BudgetConfig(Prices prices, List<BudgetPolicy> policies) {
    /** Configured prices by provider. */
    public record Prices(Map<ProviderId, PriceOverrides> by) {
        public Prices {
            by = Map.copyOf(by);
        }
    }

    public BudgetConfig {
        policies = List.copyOf(policies);
        long names = policies.stream().map(BudgetPolicy::name).distinct().count();
        if (names != policies.size()) {
            throw new IllegalArgumentException("budget names must be unique, but two budgets have the same name");
        }
    }

    /** Budgets, and a price per call for some providers. */
    public BudgetConfig(List<BudgetPolicy> policies, Map<ProviderId, Money> costs) {
        this(
                new Prices(costs.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> PriceOverrides.perCall(each.getValue())))),
                policies);
    }

    public static BudgetConfig defaults() {
        return new BudgetConfig(List.of(), Map.of());
    }

    /** The prices of a provider's calls: the configured ones, or else those of its descriptor. */
    public CostModel costs(ProviderId provider, CostModel described) {
        PriceOverrides own = prices.by().get(provider);
        return own == null ? described : own.over(described);
    }
}
