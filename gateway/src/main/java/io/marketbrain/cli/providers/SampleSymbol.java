package io.marketbrain.cli.providers;

import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a symbol in a sample's address seems to be: a share, a pair of currencies or one of coins. Pure.
 *
 * @param type the asset type
 * @param rules the key {@code symbols} of a descriptor
 */
record SampleSymbol(String type, Map<String, Object> rules) {
    private static final List<String> QUOTES = List.of("USDT", "USDC", "USD", "EUR", "GBP", "JPY", "CHF", "BTC", "ETH");

    static SampleSymbol of(String symbol) {
        String upper = symbol.toUpperCase(Locale.ROOT);
        for (String separator : List.of("-", "_", "/")) {
            int at = upper.indexOf(separator);
            if (at > 0) {
                return pair(upper.substring(0, at), upper.substring(at + 1), separator);
            }
        }
        if (upper.length() == 6 && isCurrency(upper.substring(0, 3)) && isCurrency(upper.substring(3))) {
            return ofForm("fx", Map.of("currencies", "{base}{quote}"));
        }
        String quote = QUOTES.stream()
                .filter(one -> upper.endsWith(one) && upper.length() > one.length())
                .findFirst()
                .orElse("");
        if (quote.isEmpty() && symbol.matches("[A-Z]{1,5}") && !KnownCoins.isKnown(upper)) {
            return ofForm("stock", Map.of("listed", Map.of("markets", Map.of("US", ""))));
        }
        return ofPairs("", quote.isEmpty() ? "USD" : quote);
    }

    private static SampleSymbol pair(String first, String second, String separator) {
        if (isCurrency(first) && isCurrency(second)) {
            return ofForm("fx", Map.of("currencies", "{base}" + separator + "{quote}"));
        }
        if (isCurrency(first) && KnownCoins.isKnown(second)) {
            var form = new LinkedHashMap<String, Object>();
            form.put("crypto", "{quote}" + separator + "{base}");
            form.put("quotes", List.of(first));
            return ofForm("crypto", form);
        }
        return ofPairs(separator, second);
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
