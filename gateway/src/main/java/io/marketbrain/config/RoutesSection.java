package io.marketbrain.config;

import io.marketbrain.facade.FacadeConfig;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.facade.FacadesConfig;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.SettingRange;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.registry.RouteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The settings of whose data is served: the order in which {@code auto} tries providers, and the APIs of other programs. */
final class RoutesSection {
    private final SettingsReader in;

    RoutesSection(SettingsReader in) {
        this.in = in;
    }

    RouteOrder read(List<IndexedDescriptor> descriptors) {
        SettingType<ProviderId> id = providerIn(descriptors, in.leftOut());
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

    /** The id of a provider that exists, or whose descriptor is left out, in any case. */
    static SettingType<ProviderId> providerIn(List<IndexedDescriptor> descriptors, Set<ProviderId> leftOut) {
        return SettingType.of(
                "one of "
                        + String.join(
                                ", ",
                                descriptors.stream().map(d -> d.id().value()).toList()),
                text -> Stream.concat(descriptors.stream().map(IndexedDescriptor::id), leftOut.stream())
                        .filter(known -> known.value().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                ProviderId::value);
    }

    /** The APIs of other programs. */
    FacadesConfig facades(List<IndexedDescriptor> descriptors) {
        SettingType<ProviderId> id = served(descriptors, in.leftOut());
        return in.section(FacadesConfig.defaults(), _ -> {
            Map<FacadeName, FacadeConfig> byName = new EnumMap<>(FacadeName.class);
            for (FacadeName name : FacadeName.values()) {
                byName.put(name, in.section(FacadeConfig.defaults(name), d -> facade(name, d, id)));
            }
            return new FacadesConfig(byName);
        });
    }

    /** Rejects host names of façades by which the gateway's own API is known. */
    void checkHosts(FacadesConfig facades, List<String> own) {
        facades.byName().forEach((name, facade) -> {
            boolean taken = facade.enabled()
                    && facade.host()
                            .filter(host -> own.stream().anyMatch(host::equalsIgnoreCase))
                            .isPresent();
            if (taken) {
                in.problem(name.key() + ".host", "is also in access.hosts, the names of the gateway's own API");
            }
        });
    }

    /** The name of a host that is not that of our own API. */
    private static SettingType<String> otherHost() {
        List<String> own = List.of("localhost", "127.0.0.1", "[::1]");
        SettingType<String> host = AccessSection.hostName();
        return host.only(
                host.allowed() + ", other than " + String.join(", ", own),
                name -> host.within().test(name) && !own.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** A provider, or the mock market, which has no settings of its own. */
    private static SettingType<ProviderId> served(List<IndexedDescriptor> descriptors, Set<ProviderId> leftOut) {
        SettingType<ProviderId> provider = providerIn(descriptors, leftOut);
        return SettingType.of(
                provider.allowed() + ", " + ProviderId.MOCK,
                text -> text.equalsIgnoreCase(ProviderId.MOCK.value())
                        ? ProviderId.MOCK
                        : provider.parse().apply(text),
                ProviderId::value);
    }

    /** The same, or any provider. */
    private static SettingType<ProviderId> orAny(SettingType<ProviderId> provider) {
        return SettingType.of(
                provider.allowed() + ", " + ProviderId.AUTO,
                text -> text.equalsIgnoreCase(ProviderId.AUTO.value())
                        ? ProviderId.AUTO
                        : provider.parse().apply(text),
                ProviderId::value);
    }

    private FacadeConfig facade(FacadeName name, FacadeConfig d, SettingType<ProviderId> id) {
        SettingRange<Integer> port = FacadeConfig.PORT.below(name.key());
        return new FacadeConfig(
                in.flag(
                        name.key() + ".enabled",
                        d.enabled(),
                        "Whether the API of " + name.title() + " is served below " + name.prefix() + "."),
                in.find(
                        port.key(),
                        SettingsReader.environmentName(port.key()),
                        SettingType.integer(port),
                        "A port on which the paths of the API of " + name.title()
                                + " stand at the root; 0 picks a free one; not set: none."),
                in.find(
                        name.key() + ".host",
                        SettingsReader.environmentName(name.key() + ".host"),
                        otherHost(),
                        "A host name, such as " + name.name().toLowerCase(Locale.ROOT)
                                + ".localhost, under which the paths of the API of " + name.title()
                                + " stand at the root of the gateway's own port; not set: none."),
                d.provider()
                        .map(provider -> in.read(
                                name.key() + ".provider",
                                provider.equals(ProviderId.AUTO) ? orAny(id) : id,
                                provider,
                                "Whose data the API of " + name.title() + " has; mock: the mock market.")));
    }
}
