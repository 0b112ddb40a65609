package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Resolves {@code auto}: which instrument a symbol names when no provider is given, and which providers can serve a
 * query about it, in order. If a live provider can, mock ones are left out, because a caller that accepts any provider has
 * not thereby accepted mock data. Pure.
 */
final class AutoRoutes {
    private AutoRoutes() {}

    /**
     * The instrument that {@code symbol} names to every provider that knows it. Where providers read different
     * instruments into it, it is ambiguous; live providers take precedence over mock ones.
     */
    static Outcome<Instrument> resolve(Collection<RegisteredProvider> providers, String symbol) {
        Outcome<Instrument> live =
                agreed(providers.stream().filter(RegisteredProvider::isLive).toList(), symbol);
        return live instanceof Outcome.Success<Instrument> ? live : agreed(providers, symbol);
    }

    private static Outcome<Instrument> agreed(Collection<RegisteredProvider> providers, String symbol) {
        SequencedSet<Instrument> named = new LinkedHashSet<>();
        SequencedSet<String> candidates = new LinkedHashSet<>();
        for (RegisteredProvider provider : providers) {
            switch (provider.opened().get().symbols().parse(symbol)) {
                case Outcome.Success<Instrument>(Instrument instrument) -> named.add(instrument);
                case Outcome.Failed<Instrument>(Failure.AmbiguousInstrument ambiguous) ->
                    candidates.addAll(ambiguous.candidates());
                case Outcome.Failed<Instrument> _ -> {}
            }
        }
        if (named.size() == 1) {
            return Outcome.success(named.getFirst());
        }
        named.forEach(instrument -> candidates.add(instrument.unified()));
        return Outcome.failed(
                candidates.isEmpty()
                        ? new Failure.UnknownInstrument(ProviderId.AUTO, symbol)
                        : new Failure.AmbiguousInstrument(symbol, List.copyOf(candidates)));
    }

    /** The routes of every provider that can answer: the first choices in order, then those that may stand in. */
    static Outcome<List<Route>> routes(Collection<RegisteredProvider> providers, RouteOrder order, MarketQuery query) {
        Operation operation = query.operation();
        List<Provider> live =
                able(providers.stream().filter(RegisteredProvider::isLive).toList(), order, query);
        List<Provider> able = live.isEmpty() ? able(providers, order, query) : live;
        List<Route> first = new ArrayList<>();
        List<Route> standIns = new ArrayList<>();
        for (Provider provider : able) {
            for (Route route : provider.routes()) {
                (route.when() == Route.When.ALWAYS ? first : standIns).add(route);
            }
        }
        first.addAll(standIns);
        return first.isEmpty()
                ? Outcome.failed(new Failure.Unsupported(
                        ProviderId.AUTO, "no provider offers " + operation.wire() + " of " + query.subject()))
                : Outcome.success(first);
    }

    /** Those of the providers that can answer the query, in order of preference. */
    private static List<Provider> able(Collection<RegisteredProvider> providers, RouteOrder order, MarketQuery query) {
        return providers.stream()
                .sorted(Comparator.comparingInt(p -> order.place(p.id(), query.operation())))
                .map(p -> p.opened().get())
                .filter(p ->
                        CapabilityCheck.findUnsupported(p.descriptor(), query).isEmpty() && deals(p, query))
                .toList();
    }

    /** Whether a provider has this kind of instrument; whether it lists this one is known only when it is called. */
    private static boolean deals(Provider provider, MarketQuery query) {
        if (!(query instanceof MarketQuery.OfInstrument about)) {
            return true;
        }
        AssetType kind = about.instrument().type();
        return provider.descriptor().assetTypes().contains(kind)
                && provider.symbols().parse(about.instrument().unified()) instanceof Outcome.Success<Instrument>;
    }
}
