package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.provider.symbols.TickerChange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Suggests instruments for symbols that are not accepted: {@code BTC:USDT}, and those that name another exchange than the provider
 * ({@code BINANCE:BTCUSDT} at Coinbase) or a perpetual swap that it does not have ({@code BTCUSDT.P} at Binance, whose spot market
 * is another instrument). Pure.
 */
final class SymbolSuggestions {
    private static final List<String> SUFFIXES = List.of(".P", ".PERP", "-PERP", "PERP", "-SPOT", "_SPOT");

    private SymbolSuggestions() {}

    /**
     * The outcome of reading a symbol, with candidates if the instrument is unknown and the outcome has none.
     *
     * @param fits whether the symbol can mean the ticker of a change: a coin is no share with the same letters
     */
    static Outcome<Instrument> orSuggest(
            String symbol,
            Outcome<Instrument> outcome,
            Predicate<TickerChange> fits,
            Function<String, Outcome<Instrument>> parse) {
        if (!(outcome instanceof Outcome.Failed<Instrument>(Failure.UnknownInstrument unknown))
                || !unknown.candidates().isEmpty()) {
            return outcome;
        }
        Optional<String> other = OtherIdentifier.find(symbol);
        if (other.isPresent()) {
            return Outcome.failed(new Failure.UnknownInstrument(
                    unknown.provider(), unknown.symbol(), List.of(), other.get(), unknown.said()));
        }
        return Outcome.failed(TickerChange.findAll(SymbolText.canonical(symbol)).stream()
                .filter(fits)
                .findFirst()
                .map(change -> new Failure.UnknownInstrument(
                        unknown.provider(), unknown.symbol(), successors(change, parse), change.text(), unknown.said()))
                .orElseGet(() -> new Failure.UnknownInstrument(
                        unknown.provider(), unknown.symbol(), candidates(symbol, parse))));
    }

    /** What a ticker that is used instead names on the same market; nothing, if the old one has a meaning again. */
    private static List<String> successors(TickerChange change, Function<String, Outcome<Instrument>> parse) {
        String successor = change.reuse() == null ? change.successor() : null;
        return switch (successor == null ? null : parse.apply(successor)) {
            case Outcome.Success<Instrument>(Instrument instrument)
            when change.isAbout(instrument) -> List.of(instrument.unified());
            case Outcome.Failed<Instrument>(Failure.AmbiguousInstrument ambiguous) ->
                ambiguous.candidates().stream()
                        .filter(text -> parse.apply(text) instanceof Outcome.Success<Instrument>(Instrument instrument)
                                && change.isAbout(instrument))
                        .toList();
            case null, default -> List.of();
        };
    }

    private static List<String> candidates(String symbol, Function<String, Outcome<Instrument>> parse) {
        return variants(SymbolText.canonical(symbol))
                .flatMap(variant -> parse.apply(variant) instanceof Outcome.Success<Instrument>(Instrument instrument)
                        ? Stream.of(instrument)
                        : Stream.empty())
                .filter(SymbolSuggestions::isLikely)
                .map(Instrument::unified)
                .limit(1)
                .toList();
    }

    /** Whether it is no pair in something that is no currency: {@code VOD.L} at an exchange for coins is not VOD/L. */
    private static boolean isLikely(Instrument instrument) {
        return instrument.type() != AssetType.CRYPTO
                || instrument.settle() != null
                || MeantInstruments.isUsualAsset(instrument.quote());
    }

    private static Stream<String> variants(String symbol) {
        int colon = symbol.indexOf(':');
        boolean contract = colon > symbol.indexOf('/') && symbol.indexOf('/') > 0;
        if (contract) {
            return Stream.of(symbol.substring(0, colon)); // BTC/USDT:USDT
        }
        String plain = symbol.substring(colon + 1);
        Stream<String> unprefixed = colon < 0 ? Stream.empty() : Stream.of(plain);
        Stream<String> bare = SUFFIXES.stream()
                .filter(suffix -> plain.endsWith(suffix) && plain.length() > suffix.length())
                .map(suffix -> plain.substring(0, plain.length() - suffix.length()));
        boolean separated = colon >= 0 || symbol.indexOf('.') >= 0;
        Stream<String> slashed = separated ? Stream.of(symbol.replace(':', '/').replace('.', '/')) : Stream.empty();
        return Stream.of(unprefixed, bare, slashed)
                .flatMap(variants -> variants)
                .filter(text -> !text.isEmpty());
    }
}
