package io.marketbrain.pipeline.budget;

import io.marketbrain.model.CostModel;
import io.marketbrain.model.Money;
import io.marketbrain.model.ProviderId;
import java.util.List;
import java.util.Map;

/**
 * Settings of budgets.
 *
 * @param costs what a call to a provider costs, where its owner says other than its descriptor
 */
public record BudgetConfig(List<BudgetPolicy> policies, Map<ProviderId, Money> costs) {
    public BudgetConfig {
        policies = List.copyOf(policies);
        costs = Map.copyOf(costs);
        long names = policies.stream().map(BudgetPolicy::name).distinct().count();
        if (names != policies.size()) {
            throw new IllegalArgumentException("two budgets have the same name");
        }
    }

    public static BudgetConfig defaults() {
        return new BudgetConfig(List.of(), Map.of());
    }

    /** What calls to a provider cost: what its owner says, or else what its descriptor does. */
    public CostModel costs(ProviderId provider, CostModel described) {
        Money own = costs.get(provider);
        return own == null ? described : CostModel.perCall(own);
    }
}
