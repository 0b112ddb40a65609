package io.marketbrain.provider.registry;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.pipeline.Route;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.KnownInstrument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.BooleanSupplier;

/**
 * Resolves {@code auto}: which instrument a symbol names when no provider is given, and which providers can serve a
 * query about it, in order. If a live provider can, replayed and mock ones are left out, because a caller that accepts any
 * provider has not thereby accepted old or mock data. Pure.
 */
final class AutoRoutes {
    /** Providers in an earlier mode leave out those in a later one. */
    private static final List<Mode> PREFERRED = List.of(Mode.LIVE, Mode.REPLAY);

    private AutoRoutes() {}

    private static List<RegisteredProvider> in(Mode mode, Collection<RegisteredProvider> providers) {
        return providers.stream().filter(provider -> provider.is(mode)).toList();
    }

    /**
     * The instrument that {@code symbol} names to every provider that knows it. Where providers read different
     * instruments into it, it is ambiguous; live providers take precedence over replayed ones, and those over mock ones, except with
     * ids of series. The code of a coin is ambiguous among what live providers have.
     */
    static Outcome<Instrument> resolve(Collection<RegisteredProvider> providers, String symbol) {
        for (Mode mode : PREFERRED) {
            Outcome<Instrument> preferred = agreed(in(mode, providers), symbol);
            if ((preferred instanceof Outcome.Success<Instrument>(Instrument instrument)
                            && !MeantInstruments.isId(instrument))
                    || (MeantInstruments.isCoin(symbol)
                            && preferred instanceof Outcome.Failed<Instrument>(Failure.AmbiguousInstrument _))) {
                return preferred;
            }
        }
        return agreed(providers, symbol);
    }

    private static Outcome<Instrument> agreed(Collection<RegisteredProvider> providers, String symbol) {
        SequencedSet<Instrument> named = new LinkedHashSet<>();
        Map<Instrument, List<BooleanSupplier>> existence = new HashMap<>();
        SequencedSet<String> candidates = new LinkedHashSet<>();
        SequencedSet<String> suggested = new LinkedHashSet<>();
        boolean coin = MeantInstruments.isCoin(symbol);
        List<String> usual = KnownInstrument.pairsOf(SymbolText.canonical(symbol)).stream()
                .map(Instrument::unified)
                .toList();
        for (RegisteredProvider provider : providers) {
            SymbolRules rules = provider.opened().get().symbols();
            switch (rules.parse(symbol)) {
                case Outcome.Success<Instrument>(Instrument instrument) -> {
                    if (!isGuess(rules, symbol, instrument)) {
                        named.add(instrument);
                        existence
                                .computeIfAbsent(
                                        MeantInstruments.withCanonicalCodes(instrument), _ -> new ArrayList<>())
                                .add(() -> isListed(rules, instrument));
                        findNamesake(rules, symbol, instrument).ifPresent(named::add);
                    }
                }
                case Outcome.Failed<Instrument>(Failure.AmbiguousInstrument ambiguous) ->
                    ambiguous.candidates().stream()
                            .filter(text -> !coin || isListing(rules) || usual.contains(text))
                            .forEach(candidates::add);
                case Outcome.Failed<Instrument>(Failure.UnknownInstrument unknown) ->
                    suggested.addAll(unknown.candidates());
                case Outcome.Failed<Instrument> _ -> {}
            }
        }
        if (coin && candidates.isEmpty()) {
            candidates.addAll(usual.stream()
                    .filter(pair -> providers.stream().anyMatch(provider -> reads(provider, pair)))
                    .toList());
        }
        List<Instrument> meant = MeantInstruments.of(
                symbol,
                named,
                instrument ->
                        existence.getOrDefault(instrument, List.of()).stream().anyMatch(BooleanSupplier::getAsBoolean));
        if (meant.size() == 1 && (candidates.isEmpty() || !coin)) {
            return Outcome.success(meant.getFirst());
        }
        meant.forEach(instrument -> candidates.add(MeantInstruments.unambiguous(instrument)));
        return Outcome.failed(
                candidates.isEmpty()
                        ? new Failure.UnknownInstrument(ProviderId.AUTO, symbol, List.copyOf(suggested))
                        : new Failure.AmbiguousInstrument(symbol, List.copyOf(candidates)));
    }

    /** Whether an instrument is what the rules make of any word, and no list of a live provider has it or could be fetched. */
    private static boolean isGuess(SymbolRules rules, String symbol, Instrument instrument) {
        return MeantInstruments.isInTerm(instrument)
                || (MeantInstruments.isAnyWord(symbol, instrument)
                        && (!(rules instanceof ListedSymbols listed) || listed.isMissing(instrument)));
    }

    /** Whether an instrument certainly exists at a provider: what is mock or replayed has no list. */
    private static boolean isListed(SymbolRules rules, Instrument instrument) {
        return !(rules instanceof ListedSymbols listed) || listed.isListedSoon(instrument);
    }

    private static boolean reads(RegisteredProvider provider, String pair) {
        return provider.opened().get().symbols().parse(pair) instanceof Outcome.Success<Instrument>;
    }

    /** Whether candidates are from a list of the provider; those by rules alone may not exist. */
    private static boolean isListing(SymbolRules rules) {
        return rules instanceof ListedSymbols listed && listed.isInMemory();
    }

    /** What a symbol in the spelling of one provider names at the others, where that is another instrument. */
    private static Optional<Instrument> findNamesake(SymbolRules rules, String symbol, Instrument instrument) {
        String letters = SymbolText.canonical(symbol);
        return letters.equals(instrument.unified()) || letters.equals(instrument.base() + instrument.quote())
                ? Optional.empty()
                : rules.findNamesake(instrument);
    }

    /** What has series of a kind, where the instrument is not of that sort. */
    private static String hint(Collection<RegisteredProvider> providers, MarketQuery query) {
        Optional<InstrumentSeries> about =
                query instanceof MarketQuery.SeriesQuery series ? InstrumentSeries.find(series.id()) : Optional.empty();
        return about.filter(one -> providers.stream()
                        .anyMatch(provider -> findNamed(provider.opened().get(), one.symbol())
                                .filter(instrument -> !one.kind().fits(instrument))
                                .isPresent()))
                .map(one -> "; " + one.kind() + " is that of " + one.kind().instruments())
                .orElse("");
    }

    /**
     * The routes of every provider that can answer: the first choices in order, then those that may stand in. A live
     * provider that has another instrument under the same letters keeps its place, with a route that says so.
     */
    static Outcome<List<Route>> routes(Collection<RegisteredProvider> providers, RouteOrder order, MarketQuery query) {
        List<Choice> usable = PREFERRED.stream()
                .map(mode -> choices(in(mode, providers), order, query))
                .filter(choices -> choices.stream().anyMatch(Choice::isUsable))
                .findFirst()
                .orElseGet(() -> choices(providers, order, query));
        if (usable.stream().noneMatch(Choice::isUsable)) {
            return Outcome.failed(usable.stream()
                    .flatMap(choice -> choice.refusal().stream())
                    .findFirst()
                    .orElseGet(() -> new Failure.Unsupported(
                            ProviderId.AUTO,
                            "no provider offers " + query.operation().wire() + " of " + query.subject()
                                    + hint(providers, query))));
        }
        List<Route> first = new ArrayList<>();
        List<Route> standIns = new ArrayList<>();
        for (Choice choice : usable) {
            for (Route route : choice.routes()) {
                (route.when().isStandIn() ? standIns : first).add(route);
            }
        }
        first.addAll(standIns);
        return Outcome.success(first);
    }

    /** Those of the providers that can answer the query or have a reason not to, in order of preference. */
    private static List<Choice> choices(Collection<RegisteredProvider> providers, RouteOrder order, MarketQuery query) {
        return providers.stream()
                .sorted(Comparator.comparingInt(p -> order.place(p.id(), query)))
                .map(p -> p.opened().get())
                .filter(p ->
                        CapabilityCheck.findUnsupported(p.descriptor(), query).isEmpty() && deals(p, query))
                .map(p -> new Choice(p, findOther(p, query)))
                .filter(choice -> choice.refusal().isPresent() || names(choice.provider(), query))
                .toList();
    }

    /** Whether a provider has this kind of instrument; whether it lists this one is known only when it is called. */
    private static boolean deals(Provider provider, MarketQuery query) {
        if (!(query instanceof MarketQuery.OfInstrument about)) {
            return true;
        }
        return provider.descriptor().assetTypes().contains(about.instrument().type());
    }

    private static Optional<Failure> findOther(Provider provider, MarketQuery query) {
        return query instanceof MarketQuery.OfInstrument about
                ? IdentityCheck.findOtherInstrument(provider, about)
                        .or(() -> IdentityCheck.findOtherPast(provider, query))
                : Optional.empty();
    }

    private static boolean names(Provider provider, MarketQuery query) {
        if (query instanceof MarketQuery.SeriesQuery series) {
            return InstrumentSeries.find(series.id())
                    .map(InstrumentSeries::symbol)
                    .map(symbol -> findNamed(provider, symbol).isPresent())
                    .orElse(true);
        }
        return !(query instanceof MarketQuery.OfInstrument about)
                || provider.symbols().parse(about.instrument().unified()) instanceof Outcome.Success<Instrument>;
    }

    /** The instrument of which a provider reads this as the unified symbol. */
    private static Optional<Instrument> findNamed(Provider provider, String unified) {
        return provider.symbols().parse(unified) instanceof Outcome.Success<Instrument>(Instrument instrument)
                        && instrument.unified().equals(unified)
                ? Optional.of(instrument)
                : Optional.empty();
    }

    /**
     * A provider that could be asked.
     *
     * @param refusal why it would answer about another instrument; empty if it can be asked
     */
    private record Choice(Provider provider, Optional<Failure> refusal) {
        boolean isUsable() {
            return refusal.isEmpty();
        }

        /** The provider's routes; one that fails at once where it would answer about another instrument. */
        List<Route> routes() {
            return refusal.map(failure -> List.of(new Route(
                            provider.descriptor().id(),
                            provider.decision().mode(),
                            Route.When.ALWAYS,
                            null,
                            (_, _) -> Outcome.failed(failure))))
                    .orElseGet(provider::routes);
        }
    }
}
