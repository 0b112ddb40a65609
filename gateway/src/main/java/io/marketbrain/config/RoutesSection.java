package io.marketbrain.config;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.registry.RouteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The settings of the order in which {@code auto} tries providers. */
final class RoutesSection {
    private final SettingsReader in;

    RoutesSection(SettingsReader in) {
        this.in = in;
    }

    RouteOrder read(List<IndexedDescriptor> descriptors) {
        SettingType<ProviderId> id = providerIn(descriptors);
        List<ProviderId> general = in.list(
                "routes.default",
                id,
                List.of(),
                "The order in which `auto` asks the providers; providers that are not listed come last.");
        Map<Operation, List<ProviderId>> byOperation = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.requestable()) {
            List<ProviderId> own = in.list(
                    "routes." + operation.wire(),
                    id,
                    List.of(),
                    "The order for " + operation.wire() + ", if it differs from routes.default.");
            if (!own.isEmpty()) {
                byOperation.put(operation, own);
            }
        }
        Map<AssetType, List<ProviderId>> byType = new EnumMap<>(AssetType.class);
        for (AssetType type :
                List.of(AssetType.CRYPTO, AssetType.STOCK, AssetType.FX, AssetType.INDEX, AssetType.COMMODITY)) {
            List<ProviderId> own = in.list(
                    "routes." + type.wire(),
                    id,
                    List.of(),
                    "The order for instruments of the type " + type.wire()
                            + ", if it differs from routes.default. The order for an operation takes precedence.");
            if (!own.isEmpty()) {
                byType.put(type, own);
            }
        }
        return new RouteOrder(general, byOperation, byType);
    }

    /** The id of a provider that exists, in any case. */
    static SettingType<ProviderId> providerIn(List<IndexedDescriptor> descriptors) {
        return SettingType.of(
                "one of "
                        + String.join(
                                ", ",
                                descriptors.stream().map(d -> d.id().value()).toList()),
                text -> descriptors.stream()
                        .map(IndexedDescriptor::id)
                        .filter(known -> known.value().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                ProviderId::value);
    }
}
