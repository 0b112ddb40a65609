package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.ChartingSymbol;
import io.marketbrain.provider.symbols.KnownCoins;
import io.marketbrain.provider.symbols.TickerChange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which instrument a text names at one provider, or at any: in the provider's own form, a usual one, or that of charting tools.
 * A text in the provider's own form means what it means there. Pure.
 *
 * @param providers every provider by id
 */
record SymbolReader(Map<String, RegisteredProvider> providers) {

    /** The instrument that a text names at a provider; what is unknown may be on a further one of its lists. */
    Outcome<Instrument> at(Provider provider, String symbol) {
        Outcome<Instrument> read = by(provider.symbols(), provider.descriptor(), symbol);
        return read instanceof Outcome.Failed<Instrument>(Failure failure)
                        && failure instanceof Failure.UnknownInstrument
                        && provider.symbols() instanceof ListedSymbols listed
                ? listed.findContract(symbol).map(Outcome::success).orElse(read)
                : read;
    }

    /** The instrument that a text names by some rules of a provider. */
    Outcome<Instrument> by(SymbolRules rules, Descriptor descriptor, String symbol) {
        ProviderId id = descriptor.id();
        Predicate<TickerChange> fits = change -> change.isAbout(descriptor.assetTypes());
        Outcome<Instrument> plain = read(id, rules, symbol);
        Optional<ChartingSymbol> charted = ChartingSymbol.find(symbol, providers.keySet());
        boolean simulated = id.equals(ProviderId.MOCK);
        if (charted.isEmpty() || (!simulated && isOwn(rules, symbol, plain))) {
            return SymbolSuggestions.orSuggest(symbol, plain, fits, text -> read(id, rules, text));
        }
        ChartingSymbol meant = charted.get();
        boolean elsewhere =
                !simulated && !meant.venues().isEmpty() && !meant.venues().contains(id.value());
        Optional<Outcome<Instrument>> found =
                elsewhere ? Optional.empty() : findOne(symbol, meant.texts(), text -> read(id, rules, text));
        return found.orElseGet(() -> SymbolSuggestions.orSuggest(
                symbol,
                Outcome.failed(new Failure.UnknownInstrument(id, symbol)),
                fits,
                text -> read(id, rules, text)));
    }

    /** The instrument that a text names where no provider is named. */
    Outcome<Instrument> atAny(Collection<RegisteredProvider> choosable, String symbol) {
        Optional<ChartingSymbol> charted = ChartingSymbol.find(symbol, providers.keySet());
        if (charted.isEmpty()) {
            return plainAtAny(choosable, symbol);
        }
        ChartingSymbol meant = charted.get();
        Function<String, Outcome<Instrument>> any = text -> AutoRoutes.resolve(choosable, text);
        // A provider's own form comes first, unless it is of the kind that takes any word for a coin.
        if (symbol.indexOf(':') < 0
                && any.apply(symbol) instanceof Outcome.Success<Instrument> own
                && KnownCoins.isKnown(own.value().base())) {
            return own;
        }
        for (String venue : meant.venues()) {
            RegisteredProvider provider = providers.get(venue);
            Optional<Outcome<Instrument>> found = provider == null
                    ? Optional.empty()
                    : findOne(
                            symbol,
                            meant.texts(),
                            text -> read(provider.id(), provider.opened().get().symbols(), text));
            if (found.isPresent()) {
                return found.get();
            }
        }
        Optional<Outcome<Instrument>> found =
                meant.venues().isEmpty() ? findOne(symbol, meant.texts(), any) : Optional.empty();
        return found.orElseGet(() -> plainAtAny(choosable, symbol));
    }

    private static Outcome<Instrument> plainAtAny(Collection<RegisteredProvider> choosable, String symbol) {
        Function<String, Outcome<Instrument>> any = text -> AutoRoutes.resolve(choosable, text);
        Predicate<TickerChange> fits = change -> choosable.stream()
                .anyMatch(provider ->
                        change.isAbout(provider.opened().get().descriptor().assetTypes()));
        return SymbolSuggestions.orSuggest(symbol, any.apply(symbol), fits, any);
    }

    /**
     * The instrument that one of the texts names; empty if they name none. They are ambiguous if they name several, but for
     * swaps, of which the one that is settled in the coin comes first.
     */
    private static Optional<Outcome<Instrument>> findOne(
            String symbol, List<String> texts, Function<String, Outcome<Instrument>> read) {
        List<Outcome<Instrument>> outcomes = texts.stream().map(read).toList();
        List<Instrument> named = outcomes.stream()
                .flatMap(outcome -> outcome instanceof Outcome.Success<Instrument>(Instrument instrument)
                        ? Stream.of(instrument)
                        : Stream.empty())
                .distinct()
                .toList();
        return switch (named.size()) {
            case 0 ->
                outcomes.stream()
                        .filter(outcome -> outcome instanceof Outcome.Failed<Instrument>(Failure failure)
                                && failure instanceof Failure.AmbiguousInstrument)
                        .findFirst();
            case 1 -> Optional.of(Outcome.success(named.getFirst()));
            default ->
                Optional.of(
                        named.getFirst().settle() != null
                                ? Outcome.success(named.getFirst())
                                : Outcome.failed(new Failure.AmbiguousInstrument(
                                        symbol,
                                        named.stream().map(Instrument::unified).toList())));
        };
    }

    /** The instrument that a text names; the code of a coin under another name ({@code XBT}) counts as its usual one. */
    private static Outcome<Instrument> read(ProviderId provider, SymbolRules rules, String text) {
        Outcome<Instrument> outcome = rules.parse(text);
        if (!(outcome instanceof Outcome.Success<Instrument>(Instrument instrument))) {
            return findUsualPair(rules, text).orElse(outcome);
        }
        if (MeantInstruments.isInTerm(instrument)) {
            return Outcome.failed(new Failure.UnknownInstrument(provider, text));
        }
        Instrument usual = MeantInstruments.withCanonicalCodes(instrument);
        return !usual.equals(instrument) && rules.parse(usual.unified()) instanceof Outcome.Success<Instrument> known
                ? known
                : outcome;
    }

    /** The pair of a well-known coin whose codes a text joins, where the rules of the provider do not split them. */
    private static Optional<Outcome<Instrument>> findUsualPair(SymbolRules rules, String text) {
        return KnownCoins.findPair(text)
                .map(rules::parse)
                .filter(outcome -> outcome instanceof Outcome.Success<Instrument>);
    }

    /** Whether a text is in the provider's own form, or at least no pair in a currency that there is not. */
    private static boolean isOwn(SymbolRules rules, String text, Outcome<Instrument> read) {
        if (!(read instanceof Outcome.Success<Instrument>(Instrument instrument))) {
            return false;
        }
        boolean pair = instrument.type() == AssetType.CRYPTO && instrument.settle() == null;
        return pair
                ? MeantInstruments.isUsualAsset(instrument.quote())
                : rules.spell(instrument).equalsIgnoreCase(text);
    }
}
