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
import io.marketbrain.provider.descriptor.SymbolRules;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All providers with their operations, symbol rules and routes. The provider
 * {@code auto} stands for any of them that can serve the query. A provider is opened when it is first needed.
 * Thread-safe.
 */
public final class ProviderRegistry implements ProviderCatalog, RouteFinder {
    private final SequencedMap<String, RegisteredProvider> providers = new LinkedHashMap<>();
    private final Map<ProviderId, ProviderInfo> infos = new ConcurrentHashMap<>();
    private final RouteOrder order;

    public ProviderRegistry(List<RegisteredProvider> providers, RouteOrder order) {
        providers.forEach(p -> this.providers.put(p.id().value(), p));
        this.order = order;
    }

    @Override
    public Outcome<Instrument> resolve(ProviderId provider, String symbol) {
        if (provider.equals(ProviderId.AUTO)) {
            return findPrefixed(symbol)
                    .map(named -> resolve(named.provider(), named.symbol()))
                    .orElseGet(() ->
                            SymbolSuggestions.orSuggest(symbol, text -> AutoRoutes.resolve(choosable(), text)));
        }
        String plain = findPrefixed(symbol)
                .filter(named -> named.provider().equals(provider))
                .map(Prefixed::symbol)
                .orElse(symbol);
        return find(provider.value()).then(p -> SymbolSuggestions.orSuggest(plain, text -> parse(p.symbols(), text)));
    }

    /** The instrument that a text names; the code of a coin under another name ({@code XBT}) counts as its usual one. */
    private static Outcome<Instrument> parse(SymbolRules rules, String text) {
        Outcome<Instrument> outcome = rules.parse(text);
        return outcome instanceof Outcome.Success<Instrument>(Instrument instrument)
                        && MeantInstruments.of(text, List.of(instrument)).getFirst() instanceof Instrument usual
                        && !usual.equals(instrument)
                        && rules.parse(usual.unified()) instanceof Outcome.Success<Instrument> known
                ? known
                : outcome;
    }

    /** A symbol with the provider that its prefix names, as charting tools write it: {@code BINANCE:BTCUSDT}. */
    private record Prefixed(ProviderId provider, String symbol) {}

    private Optional<Prefixed> findPrefixed(String symbol) {
        int colon = symbol.indexOf(':');
        RegisteredProvider named =
                colon <= 0 ? null : providers.get(symbol.substring(0, colon).toLowerCase(Locale.ROOT));
        return named == null || colon == symbol.length() - 1
                ? Optional.empty()
                : Optional.of(new Prefixed(named.id(), symbol.substring(colon + 1)));
    }

    @Override
    public Outcome<FoundSymbols> search(SymbolSearch search) {
        ProviderId only = search.provider();
        Outcome<List<Provider>> providers = only != null
                ? find(only.value()).map(List::of)
                : Outcome.success(
                        choosable().stream().map(p -> p.opened().get()).toList());
        return providers.map(searched -> new SymbolSearcher(searched, search).found());
    }

    @Override
    public List<ProviderMode> modes() {
        return providers.values().stream()
                .map(RegisteredProvider::mode)
                .sorted(Comparator.comparing(ProviderMode::id))
                .toList();
    }

    @Override
    public List<ProviderInfo> providers() {
        return providers.values().stream()
                .map(p -> p.opened().get().info())
                .sorted(Comparator.comparing(ProviderInfo::id))
                .toList();
    }

    /** How long the data of an operation is fresh at least, by the provider's descriptor; zero if it does not say. */
    public Duration minTtl(ProviderId provider, Operation operation) {
        RegisteredProvider registered = providers.get(provider.value());
        return registered == null
                ? Duration.ZERO
                : registered.opened().get().descriptor().terms(operation).minTtl();
    }

    @Override
    public Outcome<ProviderInfo> provider(String id) {
        return find(id).map(p -> infos.computeIfAbsent(p.descriptor().id(), _ -> p.info()));
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
        return providers.values().stream()
                .filter(p -> !p.id().equals(ProviderId.MOCK))
                .toList();
    }

    private Outcome<Provider> find(String id) {
        RegisteredProvider provider = providers.get(id);
        return provider != null
                ? Outcome.success(provider.opened().get())
                : Outcome.failed(new Failure.UnknownProvider(
                        id, providers.keySet().stream().sorted().toList()));
    }
}
