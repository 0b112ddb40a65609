package io.marketbrain.provider.registry;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.pipeline.Route;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.List;
import java.util.Set;

/**
 * One provider as the gateway runs it: its descriptor, its mode, its symbol rules, and its routes
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
                descriptor.venue().name(),
                descriptor.assetTypes(),
                decision.mode(),
                decision.reason(),
                Operation.requestable().stream()
                        .filter(descriptor.operations()::contains)
                        .toList(),
                descriptor.intervals().stream().sorted().toList(),
                wires(descriptor.terms(Operation.SERIES).kinds()),
                wires(descriptor.terms(Operation.SERIES).nowOnly()),
                descriptor.examples(),
                descriptor.about());
    }

    private static List<String> wires(Set<SeriesKind> kinds) {
        return kinds.stream().map(SeriesKind::wire).toList();
    }
}
