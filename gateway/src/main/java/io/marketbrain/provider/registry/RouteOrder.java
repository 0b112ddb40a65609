package io.marketbrain.provider.registry;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.util.List;
import java.util.Map;

/**
 * Which providers {@code auto} prefers. Those not named come after those that are, in the gateway's own order.
 *
 * @param general for every operation that has no order of its own
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
