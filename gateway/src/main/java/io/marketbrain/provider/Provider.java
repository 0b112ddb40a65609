package io.marketbrain.provider;

import io.marketbrain.model.ProviderInfo;
import io.marketbrain.pipeline.Route;
import java.util.List;

/**
 * One provider as the gateway runs it: what it is, the mode it is in, what it understands by a symbol, and its routes
 * in order of preference.
 */
public record Provider(Descriptor descriptor, ModeDecision decision, SymbolRules symbols, List<Route> routes) {
    public Provider {
        routes = List.copyOf(routes);
    }

    public ProviderInfo info() {
        return new ProviderInfo(
                descriptor.id(),
                descriptor.name(),
                descriptor.exchange(),
                descriptor.assetType(),
                decision.mode(),
                decision.reason(),
                descriptor.operations().stream().sorted().toList(),
                descriptor.intervals().stream().sorted().toList(),
                descriptor.examples());
    }
}
