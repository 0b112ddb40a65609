package io.marketbrain.provider.registry;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.RouteFinder;
import io.marketbrain.pipeline.SymbolSearch;
import io.marketbrain.provider.descriptor.Descriptor;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All providers with their operations, symbol rules and routes. The provider
 * {@code auto} stands for any of them that can serve the query. A provider is opened when it is first needed.
 * Thread-safe.
 */
public final class ProviderRegistry implements ProviderCatalog, RouteFinder {
    private final RouteOrder order;
    private volatile Known known;
    private long replacements;

    /**
     * The providers at one moment.
     *
     * @param infos what callers are told about each, once that has been asked
     * @param modes the mode of each, with the number of times it has been replaced
     */
    private record Known(
            SequencedMap<String, RegisteredProvider> providers,
            Map<ProviderId, ProviderInfo> infos,
            SortedMap<ProviderId, String> modes,
            String allModes) {

        Known(SequencedMap<String, RegisteredProvider> providers, SortedMap<ProviderId, String> modes) {
            this(providers, new ConcurrentHashMap<>(), modes, modes.toString());
        }
    }

    public ProviderRegistry(List<RegisteredProvider> providers, RouteOrder order) {
        var byId = new LinkedHashMap<String, RegisteredProvider>();
        var modes = new TreeMap<ProviderId, String>();
        for (RegisteredProvider provider : providers) {
            byId.put(provider.id().value(), provider);
            modes.put(provider.id(), provider.decision().mode().wire());
        }
        this.known = new Known(byId, modes);
        this.order = order;
    }

    /** Adds a provider, or replaces the one with its id: queries from now on go to it. */
    public synchronized void put(RegisteredProvider provider) {
        var byId = new LinkedHashMap<>(known.providers());
        var modes = new TreeMap<>(known.modes());
        byId.put(provider.id().value(), provider);
        replacements++;
        modes.put(provider.id(), provider.decision().mode().wire() + "." + replacements);
        known = new Known(byId, modes);
    }

    /** Removes a provider: queries from now on find none with that id. */
    public synchronized void remove(ProviderId id) {
        var byId = new LinkedHashMap<>(known.providers());
        var modes = new TreeMap<>(known.modes());
        byId.remove(id.value());
        modes.remove(id);
        known = new Known(byId, modes);
    }

    /**
     * The mode of a provider as part of the keys of cached data, which changes when the provider is replaced; for {@code auto},
     * the modes of all.
     */
    public String modeOf(ProviderId id) {
        Known now = known;
        return now.modes().getOrDefault(id, now.allModes());
    }

    @Override
    public Outcome<Instrument> resolve(ProviderId provider, String symbol) {
        Known now = known;
        var reader = new SymbolReader(now.providers());
        return provider.equals(ProviderId.AUTO)
                ? reader.atAny(choosable(), symbol)
                : find(now, provider.value()).then(p -> reader.at(p, symbol));
    }

    @Override
    public boolean isKnownPair(Instrument pair) {
        RegisteredProvider mock = known.providers().get(ProviderId.MOCK.value());
        return (MeantInstruments.isUsualAsset(pair.base()) && MeantInstruments.isUsualAsset(pair.quote()))
                || (mock != null && mock.opened().get().symbols().isConfigured(pair));
    }

    @Override
    public Outcome<FoundSymbols> search(SymbolSearch search) {
        ProviderId only = search.provider();
        Outcome<List<Provider>> providers = only != null
                ? find(only.value()).map(List::of)
                : Outcome.success(
                        choosable().stream().map(p -> p.opened().get()).toList());
        return providers.map(
                searched -> new SymbolSearcher(searched, new SymbolReader(known.providers()), search).found());
    }

    @Override
    public List<ProviderMode> modes() {
        return known.providers().values().stream()
                .map(RegisteredProvider::mode)
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    @Override
    public List<ProviderInfo> providers() {
        return known.providers().values().stream()
                .map(p -> p.opened().get().info())
                .sorted(Comparator.comparing(ProviderInfo::id))
                .toList();
    }

    /** How long the data of an operation is fresh at least, by the provider's descriptor; zero if it does not say. */
    public Duration minTtl(ProviderId provider, Operation operation) {
        RegisteredProvider registered = known.providers().get(provider.value());
        return registered == null
                ? Duration.ZERO
                : registered.opened().get().descriptor().terms(operation).minTtl();
    }

    /** The descriptor of a provider; empty if there is none with that id. */
    public Optional<Descriptor> findDescriptor(ProviderId provider) {
        return Optional.ofNullable(known.providers().get(provider.value()))
                .map(registered -> registered.opened().get().descriptor());
    }

    @Override
    public Outcome<ProviderInfo> provider(String id) {
        Known now = known;
        return find(now, id).map(p -> now.infos().computeIfAbsent(p.descriptor().id(), _ -> p.info()));
    }

    @Override
    public Outcome<List<Route>> routes(MarketQuery query) {
        if (query.provider().equals(ProviderId.AUTO)) {
            return AutoRoutes.routes(choosable(), order, query).then(routes -> HistoricalRoutes.of(routes, query));
        }
        return find(query.provider().value())
                .then(p -> CapabilityCheck.findUnsupported(p.descriptor(), query)
                        .or(() -> IdentityCheck.findOtherPast(p, query))
                        .<Outcome<List<Route>>>map(Outcome::failed)
                        .orElseGet(() -> HistoricalRoutes.of(p.routes(), query)));
    }

    /** The providers among which {@code auto} chooses: the mock market by its own name is not one of them. */
    private List<RegisteredProvider> choosable() {
        return known.providers().values().stream()
                .filter(p -> !p.id().equals(ProviderId.MOCK))
                .toList();
    }

    private Outcome<Provider> find(String id) {
        return find(known, id);
    }

    private static Outcome<Provider> find(Known now, String id) {
        RegisteredProvider provider = now.providers().get(id);
        return provider != null
                ? Outcome.success(provider.opened().get())
                : Outcome.failed(new Failure.UnknownProvider(
                        id, now.providers().keySet().stream().sorted().toList()));
    }
}
