package io.marketbrain.cli.providers;

import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a symbol in a sample's address seems to be: a share, a pair of currencies or one of coins. Pure.
 *
 * @param type the asset type
 * @param rules the key {@code symbols} of a descriptor
 */
record SampleSymbol(String type, Map<String, Object> rules) {
    private static final List<String> QUOTES = List.of("USDT", "USDC", "USD", "EUR", "GBP", "JPY", "CHF", "BTC", "ETH");

    /** What it seems to be; empty where a word could be several things. */
    static Optional<SampleSymbol> find(String symbol) {
        String upper = symbol.toUpperCase(Locale.ROOT);
        for (String separator : List.of("-", "_", "/")) {
            int at = upper.indexOf(separator);
            if (at > 0) {
                return findPair(upper.substring(0, at), upper.substring(at + 1), separator);
            }
        }
        if (upper.length() == 6 && isCurrency(upper.substring(0, 3)) && isCurrency(upper.substring(3))) {
            return Optional.of(ofForm("fx", Map.of("currencies", "{base}{quote}")));
        }
        Optional<String> quote = QUOTES.stream()
                .filter(one -> upper.endsWith(one) && isCoin(upper.substring(0, upper.length() - one.length())))
                .findFirst();
        if (quote.isPresent()) {
            return Optional.of(ofPairs("", quote.get()));
        }
        return symbol.matches("[A-Z]{1,5}") && !isCoin(upper)
                ? Optional.of(ofForm("stock", Map.of("listed", Map.of("markets", Map.of("US", "")))))
                : Optional.empty();
    }

    /** A currency and a stable coin may be a pair in either order: {@code EUR-USDT}, {@code KRW-USDT}. */
    private static Optional<SampleSymbol> findPair(String first, String second, String separator) {
        if (isCurrency(first) && isCurrency(second)) {
            return Optional.of(ofForm("fx", Map.of("currencies", "{base}" + separator + "{quote}")));
        }
        if (isCurrency(first) && isCoin(second)) {
            if (!KnownCoins.isUsualBase(KnownCoins.canonical(second))) {
                return Optional.empty();
            }
            var form = new LinkedHashMap<String, Object>();
            form.put("crypto", "{quote}" + separator + "{base}");
            form.put("quotes", List.of(first));
            return Optional.of(ofForm("crypto", form));
        }
        return isCurrency(second) || isCoin(second) ? Optional.of(ofPairs(separator, second)) : Optional.empty();
    }

    private static boolean isCoin(String code) {
        return KnownCoins.isKnown(KnownCoins.canonical(code));
    }

    private static SampleSymbol ofPairs(String separator, String quote) {
        var rules = new LinkedHashMap<String, Object>();
        rules.put("separator", separator);
        rules.put("quotes", List.of(quote));
        return new SampleSymbol("crypto", rules);
    }

    private static SampleSymbol ofForm(String type, Map<String, Object> form) {
        return new SampleSymbol(type, Map.of("forms", List.of(form)));
    }

    private static boolean isCurrency(String code) {
        return CurrencyCodes.isCurrency(code);
    }
}
