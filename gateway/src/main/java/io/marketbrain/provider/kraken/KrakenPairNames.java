package io.marketbrain.provider.kraken;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.descriptor.SymbolRules;

/**
 * Decides whether a name under which Kraken sends data is that of an instrument. Kraken still uses old names, in which the
 * codes have an X or a Z before them ({@code XXBTZUSD}), and names with a slash or a suffix. Pure.
 */
final class KrakenPairNames {
    private KrakenPairNames() {}

    static boolean isNameOf(SymbolRules rules, Instrument instrument, String name) {
        String spelled = rules.spell(instrument);
        if (name.equals(spelled)) {
            return true;
        }
        return rules.parse(name) instanceof Outcome.Success<Instrument>(Instrument named)
                ? named.equals(instrument)
                : isOldNameOf(spelled, name);
    }

    /** Whether a name that the rules cannot read has the letters of {@code spelled}, each code perhaps after an X or a Z. */
    private static boolean isOldNameOf(String spelled, String name) {
        String letters = name.replaceAll("[^A-Z0-9]", "");
        if (letters.equals(spelled)) {
            return true;
        }
        for (int base = 1; base < spelled.length(); base++) {
            String codes = "[XZ]?" + spelled.substring(0, base) + "[XZ]?" + spelled.substring(base);
            if (spelled.matches("[A-Z0-9]+") && letters.matches(codes)) {
                return true;
            }
        }
        return false;
    }
}
