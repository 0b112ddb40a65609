package io.marketbrain.provider.descriptor;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Symbol rules of a provider that uses its own codes for some assets, such as {@code XBT} for BTC or {@code ZUSD} for USD.
 * Each code is read as the asset that it stands for; everything else is as in {@link PairSymbols}.
 *
 * @param codes what the provider's own codes mean
 * @param spelled the code to send to the provider, if it differs from the asset's code
 */
record CodedPairSymbols(PairSymbols plain, Map<String, String> codes, Map<String, String> spelled)
        implements SymbolRules {
    /** Two codes of four characters run together: the form of names such as {@code XXBTZUSD}. */
    private static final int FULL_CODE = 4;

    CodedPairSymbols {
        codes = Map.copyOf(codes);
        spelled = Map.copyOf(spelled);
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (isFullName(upper)) {
            return Outcome.success(meant(Instrument.crypto(upper.substring(0, FULL_CODE), upper.substring(FULL_CODE))));
        }
        return switch (plain.parse(text)) {
            case Outcome.Success<Instrument>(Instrument instrument) -> Outcome.success(meant(instrument));
            case Outcome.Failed<Instrument>(Failure.AmbiguousInstrument(String symbol, List<String> candidates)) ->
                Outcome.failed(new Failure.AmbiguousInstrument(
                        symbol, candidates.stream().map(this::meant).distinct().toList()));
            case Outcome.Failed<Instrument> failed -> failed;
        };
    }

    @Override
    public List<Instrument> readings(String text) {
        return isFullName(text.toUpperCase(Locale.ROOT))
                ? SymbolRules.super.readings(text)
                : plain.readings(text).stream().map(this::meant).distinct().toList();
    }

    private boolean isFullName(String upper) {
        return upper.length() == 2 * FULL_CODE
                && codes.containsKey(upper.substring(0, FULL_CODE))
                && codes.containsKey(upper.substring(FULL_CODE));
    }

    private Instrument meant(Instrument instrument) {
        return Instrument.crypto(canonicalCode(instrument.base()), canonicalCode(instrument.quote()));
    }

    private String meant(String unified) {
        int slash = unified.indexOf('/');
        return canonicalCode(unified.substring(0, slash)) + "/" + canonicalCode(unified.substring(slash + 1));
    }

    @Override
    public boolean isCertain(String text) {
        return isFullName(text.toUpperCase(Locale.ROOT)) || plain.isCertain(text);
    }

    @Override
    public String canonicalCode(String code) {
        return codes.getOrDefault(code, code);
    }

    @Override
    public String spell(Instrument instrument) {
        return plain.spell(Instrument.crypto(
                spelled.getOrDefault(instrument.base(), instrument.base()),
                spelled.getOrDefault(instrument.quote(), instrument.quote())));
    }
}
