package io.marketbrain.provider;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.pipeline.Catalogue;
import io.marketbrain.pipeline.Route;
import io.marketbrain.pipeline.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The providers that exist, by id: what they can do, how they spell symbols, which routes lead to them. Immutable. */
public final class Registry implements Catalogue, Routes {
    private final Map<String, Provider> providers = new TreeMap<>();

    public Registry(List<Provider> providers) {
        providers.forEach(p -> this.providers.put(p.descriptor().id().value(), p));
    }

    @Override
    public Outcome<Instrument> resolve(ProviderId provider, String symbol) {
        return find(provider.value()).then(p -> p.symbols().parse(symbol));
    }

    @Override
    public List<ProviderInfo> providers() {
        return providers.values().stream().map(Provider::info).toList();
    }

    @Override
    public Outcome<ProviderInfo> provider(String id) {
        return find(id).map(Provider::info);
    }

    @Override
    public Outcome<List<Route>> routes(MarketQuery query) {
        return find(query.provider().value())
                .then(p -> findUnsupported(p.descriptor(), query)
                        .<Outcome<List<Route>>>map(Outcome::failed)
                        .orElseGet(() -> Outcome.success(p.routes())));
    }

    private Outcome<Provider> find(String id) {
        Provider provider = providers.get(id);
        return provider != null
                ? Outcome.success(provider)
                : Outcome.failed(new Failure.UnknownProvider(id, List.copyOf(providers.keySet())));
    }

    private static Optional<Failure> findUnsupported(Descriptor d, MarketQuery query) {
        if (!d.operations().contains(query.operation())) {
            return unsupported(d, "does not offer " + query.operation().wire());
        }
        return switch (query) {
            case CandlesQuery q
            when !d.intervals().contains(q.interval()) ->
                unsupported(
                        d,
                        "has no " + q.interval() + " candles; it has "
                                + d.intervals().stream()
                                        .sorted()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")));
            case BookQuery q
            when q.depth() > d.maxDepth() -> unsupported(d, "gives at most " + d.maxDepth() + " levels a side");
            case TradesQuery q
            when q.limit() > d.maxTrades() -> unsupported(d, "gives at most " + d.maxTrades() + " trades at once");
            default -> Optional.empty();
        };
    }

    private static Optional<Failure> unsupported(Descriptor descriptor, String what) {
        return Optional.of(new Failure.Unsupported(descriptor.id(), descriptor.id() + " " + what));
    }
}
