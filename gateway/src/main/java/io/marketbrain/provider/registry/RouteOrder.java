package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.util.List;
import java.util.Map;

/**
 * The order in which {@code auto} prefers providers: the one for the operation if there is one, else the one for the type of
 * the instrument, else the general one; then the built-in order of that type. Those not listed come last, in the gateway's
 * default order.
 *
 * @param general for every query without a separate order
 * @param byOperation the orders of single operations
 * @param byType the orders of types of instruments
 */
public record RouteOrder(
        List<ProviderId> general,
        Map<Operation, List<ProviderId>> byOperation,
        Map<AssetType, List<ProviderId>> byType) {
    public RouteOrder {
        general = List.copyOf(general);
        byOperation = Map.copyOf(byOperation);
        byType = Map.copyOf(byType);
    }

    /** An order that does not depend on the type of the instrument. */
    public RouteOrder(List<ProviderId> general, Map<Operation, List<ProviderId>> byOperation) {
        this(general, byOperation, Map.of());
    }

    public static RouteOrder defaults() {
        return new RouteOrder(List.of(), Map.of());
    }

    /** The place of a provider in the order for a query; those not named share the last one. */
    int place(ProviderId provider, MarketQuery query) {
        List<ProviderId> preferred = preferred(query);
        int index = preferred.indexOf(provider);
        if (index >= 0) {
            return index;
        }
        List<String> builtIn = DefaultProviderOrder.of(query);
        int place = builtIn.indexOf(provider.value());
        return preferred.size() + (place < 0 ? builtIn.size() : place);
    }

    private List<ProviderId> preferred(MarketQuery query) {
        List<ProviderId> own = byOperation.get(query.operation());
        if (own != null) {
            return own;
        }
        return DefaultProviderOrder.findType(query)
                .map(type -> byType.getOrDefault(ordered(type), general))
                .orElse(general);
    }

    /** Funds are traded like stocks and have their order. */
    private static AssetType ordered(AssetType type) {
        return type == AssetType.ETF || type == AssetType.FUND ? AssetType.STOCK : type;
    }
}
