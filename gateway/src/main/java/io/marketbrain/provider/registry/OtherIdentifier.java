package io.marketbrain.provider.registry;

import io.marketbrain.model.text.SymbolText;
import java.util.Optional;
import java.util.regex.Pattern;

/** Identifiers that name no instrument here: ISINs, and symbols of options. Pure. */
final class OtherIdentifier {
    private static final Pattern ISIN = Pattern.compile("[A-Z]{2}[A-Z0-9]{9}[0-9]");

    /** The symbols of US options ({@code AAPL250117C00150000}), and those of options on coins ({@code BTC-27DEC24-40000-C}). */
    private static final Pattern OPTION = Pattern.compile(
            "[A-Z]{1,6}[0-9]{6}[CP][0-9]{8}"
                    + "|[A-Z0-9]{1,12}(?:[-_/][A-Z0-9]{1,12})?(?::[A-Z0-9]{1,12})?-(?:[0-9]{6}|[0-9]{1,2}[A-Z]{3}[0-9]{2})-[0-9.D]{1,12}-[CP](?:-[A-Z]{3,5})?");

    private OtherIdentifier() {}

    /** What a text is, as a part of a sentence that says what to do instead; empty if it is none of them. */
    static Optional<String> find(String symbol) {
        String text = SymbolText.canonical(symbol);
        if (isIsin(text)) {
            return Optional.of("an ISIN names a security but no market: find its symbol with /api/v1/symbols?q=" + text
                    + "&online=true");
        }
        return OPTION.matcher(text).matches() ? Optional.of("options are not supported") : Optional.empty();
    }

    /** Whether a text is an ISIN, by its form and its check digit (ISO 6166). */
    static boolean isIsin(String text) {
        if (!ISIN.matcher(text).matches()) {
            return false;
        }
        var digits = new StringBuilder();
        text.chars().forEach(c -> digits.append(Character.digit(c, 36)));
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted / 10 + weighted % 10;
        }
        return sum % 10 == 0;
    }
}
