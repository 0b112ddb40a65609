package io.marketbrain.provider.descriptor;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Spells pairs of currencies as two ISO 4217 codes run together ({@code EURUSD}). Accepts them with a slash, a dash or an
 * underscore between them, and with {@code =X} after them. A provider whose rates are all of one currency has only pairs
 * stated the way it states them: the inverse of a rate has no exact decimal. One code alone is ambiguous, and rejected with
 * the pair that the provider has.
 *
 * @param base the currency that all pairs are of; null for any
 * @param quote the currency that all pairs are in; null for any
 */
record CurrencyPairSymbols(
        ProviderId provider,
        @Nullable String base,
        @Nullable String quote) implements SymbolRules {
    private static final int CODE = 3;
    private static final String YAHOO_SUFFIX = "=X";

    /** {@code {"currencies_against": {"base": "EUR"}}}; an empty object for pairs of any two currencies. */
    static CurrencyPairSymbols read(ProviderId provider, DescriptorObject rules) {
        DescriptorObject against = rules.object("currencies_against");
        var symbols = new CurrencyPairSymbols(provider, code(against, "base"), code(against, "quote"));
        against.end();
        return symbols;
    }

    private static @Nullable String code(DescriptorObject json, String key) {
        Optional<String> code = json.findText(key);
        if (code.isPresent() && !isCurrency(code.get())) {
            throw json.wrong(key, "must be an ISO 4217 code, such as EUR");
        }
        return code.orElse(null);
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String codes = upper.endsWith(YAHOO_SUFFIX)
                ? upper.substring(0, upper.length() - YAHOO_SUFFIX.length())
                : upper;
        if (codes.length() == CODE && isCurrency(codes)) {
            return alone(text, codes);
        }
        boolean separated = codes.length() == 2 * CODE + 1 && "/-_".indexOf(codes.charAt(CODE)) >= 0;
        if (codes.length() != 2 * CODE && !separated) {
            return unknown(text);
        }
        String first = codes.substring(0, CODE);
        String second = codes.substring(codes.length() - CODE);
        boolean offered = isCurrency(first)
                && isCurrency(second)
                && !first.equals(second)
                && (base == null || base.equals(first))
                && (quote == null || quote.equals(second));
        return offered
                ? Outcome.success(new Instrument(AssetType.FX, first, second, null, null))
                : unknown(text);
    }

    private Outcome<Instrument> alone(String text, String code) {
        List<String> candidates = base != null && !base.equals(code)
                ? List.of(base + "/" + code)
                : quote != null && !quote.equals(code) ? List.of(code + "/" + quote) : List.of();
        return candidates.isEmpty()
                ? unknown(text)
                : Outcome.failed(new Failure.AmbiguousInstrument(text, candidates));
    }

    private Outcome<Instrument> unknown(String text) {
        return Outcome.failed(new Failure.UnknownInstrument(provider, text));
    }

    private static boolean isCurrency(String code) {
        if (code.length() != CODE) {
            return false;
        }
        try {
            return Currency.getInstance(code).getCurrencyCode().equals(code);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String spell(Instrument instrument) {
        return instrument.base() + instrument.quote();
    }
}
