package io.marketbrain.provider.registry;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.util.List;
import java.util.Map;

/**
 * The order in which {@code auto} prefers providers. Those not listed come last, in the gateway's default order.
 *
 * @param general for every operation without a separate order
 * @param byOperation the orders of single operations
 */
public record RouteOrder(List<ProviderId> general, Map<Operation, List<ProviderId>> byOperation) {
    public RouteOrder {
        general = List.copyOf(general);
        byOperation = Map.copyOf(byOperation);
    }

    public static RouteOrder defaults() {
        return new RouteOrder(List.of(), Map.of());
    }

    List<ProviderId> preferred(Operation operation) {
        return byOperation.getOrDefault(operation, general);
    }

    /** The place of a provider in the order for an operation; those not named share the last one. */
    int place(ProviderId provider, Operation operation) {
        List<ProviderId> preferred = preferred(operation);
        int index = preferred.indexOf(provider);
        return index < 0 ? preferred.size() : index;
    }
}
