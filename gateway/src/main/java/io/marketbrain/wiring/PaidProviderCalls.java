package io.marketbrain.wiring;

import io.marketbrain.config.GatewayConfig;
import io.marketbrain.facade.mcp.PaidCallPolicy;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.budget.Ledger;
import java.util.Optional;

/**
 * Refuses calls to live providers that cost money and that no budget covers. A query for any provider is refused if it could reach
 * such a one. Thread-safe.
 */
final class PaidProviderCalls implements PaidCallPolicy {
    private final GatewayConfig config;
    private final ProviderCatalog catalogue;
    private final Ledger ledger;

    PaidProviderCalls(GatewayConfig config, ProviderCatalog catalogue, Ledger ledger) {
        this.config = config;
        this.catalogue = catalogue;
        this.ledger = ledger;
    }

    @Override
    public Optional<Failure> findRefusal(ProviderId provider, Operation operation, Caller caller) {
        return catalogue.modes().stream()
                .filter(one -> one.mode() == Mode.LIVE)
                .map(ProviderMode::id)
                .filter(id -> provider.equals(ProviderId.AUTO) || provider.equals(id))
                .filter(id -> !costs(id).isFree() && !ledger.covers(id, caller.name()))
                .findFirst()
                .map(id -> new Failure.Forbidden("a call to " + id + " costs money, and no budget limits what is spent;"
                        + " set one (budgets.agents.limit and budgets.agents.per), or name a provider that is free"));
    }

    private CostModel costs(ProviderId id) {
        CostModel described = config.descriptors().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(one -> one.descriptor().get().costs())
                .orElse(CostModel.FREE);
        return config.budgets().costs(id, described);
    }
}
