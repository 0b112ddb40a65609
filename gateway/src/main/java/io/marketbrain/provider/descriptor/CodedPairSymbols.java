package io.marketbrain.provider.descriptor;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.text.SymbolText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Symbol rules of a provider that uses its own codes for some assets, such as {@code XBT} for BTC or {@code ZUSD} for USD.
 * Codes in the provider's own spelling are read as the provider means them ({@code LUNAUSD} at Kraken is LUNC/USD), codes in
 * unified form as those of the assets ({@code LUNA/USD} is LUNA/USD there too); everything else is as in {@link PairSymbols}.
 */
record CodedPairSymbols(PairSymbols plain, AssetCodes codes) implements SymbolRules {
    /** Two codes of four characters run together: the form of names such as {@code XXBTZUSD}. */
    private static final int FULL_CODE = 4;

    @Override
    public Outcome<Instrument> parse(String text) {
        String upper = SymbolText.canonical(text);
        if (isFullName(upper)) {
            return Outcome.success(meant(Instrument.crypto(upper.substring(0, FULL_CODE), upper.substring(FULL_CODE))));
        }
        return switch (plain.parse(text)) {
            case Outcome.Success<Instrument>(Instrument instrument) ->
                plain.isOwnSpelling(upper) ? Outcome.success(meant(instrument)) : named(text, instrument);
            case Outcome.Failed<Instrument>(Failure.AmbiguousInstrument(String symbol, List<String> candidates)) ->
                Outcome.failed(new Failure.AmbiguousInstrument(
                        symbol,
                        candidates.stream().flatMap(this::meanings).distinct().toList()));
            case Outcome.Failed<Instrument> failed -> failed;
        };
    }

    @Override
    public List<Instrument> readings(String text) {
        String upper = SymbolText.canonical(text);
        return isFullName(upper) || !plain.isJoined(upper)
                ? SymbolRules.super.readings(text)
                : plain.readings(text).stream().map(this::meant).distinct().toList();
    }

    private boolean isFullName(String upper) {
        return upper.length() == 2 * FULL_CODE
                && codes.isPlain(upper.substring(0, FULL_CODE))
                && codes.isPlain(upper.substring(FULL_CODE));
    }

    /** The instrument that the provider means by two of its codes. */
    private Instrument meant(Instrument instrument) {
        String base = codes.assetOf(instrument.base());
        String quote = codes.assetOf(instrument.quote());
        boolean unchanged = base.equals(instrument.base()) && quote.equals(instrument.quote());
        return unchanged ? instrument : Instrument.crypto(base, quote);
    }

    /** The instrument that two codes in unified form name; if the provider has other assets under them, those are suggested. */
    private Outcome<Instrument> named(String text, Instrument instrument) {
        return findNamed(instrument)
                .map(Outcome::success)
                .orElseGet(() -> Outcome.failed(new Failure.UnknownInstrument(
                        plain.provider(), text, List.of(meant(instrument).unified()))));
    }

    private Optional<Instrument> findNamed(Instrument instrument) {
        return codes.findAsset(instrument.base())
                .flatMap(base -> codes.findAsset(instrument.quote()).map(quote -> Instrument.crypto(base, quote)));
    }

    private Stream<String> meanings(String unified) {
        int slash = unified.indexOf('/');
        Instrument pair = Instrument.crypto(unified.substring(0, slash), unified.substring(slash + 1));
        return Stream.concat(Stream.of(meant(pair)), findNamed(pair).stream()).map(Instrument::unified);
    }

    @Override
    public boolean isCertain(String text) {
        return isFullName(SymbolText.canonical(text)) || plain.isCertain(text);
    }

    @Override
    public String canonicalCode(String code) {
        return codes.assetOf(code);
    }

    @Override
    public Optional<String> findId(String asset) {
        return plain.findId(asset);
    }

    @Override
    public Optional<String> findAsset(String id) {
        return plain.findAsset(id);
    }

    @Override
    public Optional<Instrument> findNamesake(Instrument instrument) {
        boolean base = codes.isAmbiguous(instrument.base());
        boolean quote = codes.isAmbiguous(instrument.quote());
        return base || quote
                ? Optional.of(Instrument.crypto(
                        base ? codes.codeOf(instrument.base()) : instrument.base(),
                        quote ? codes.codeOf(instrument.quote()) : instrument.quote()))
                : Optional.empty();
    }

    @Override
    public Optional<AssetChange> findChange(Instrument instrument) {
        return Stream.of(instrument.base(), instrument.quote())
                .flatMap(asset -> codes.findChange(asset).stream())
                .max(Comparator.comparing(AssetChange::at));
    }

    @Override
    public String spell(Instrument instrument) {
        return plain.spell(Instrument.crypto(codes.codeOf(instrument.base()), codes.codeOf(instrument.quote())));
    }
}
