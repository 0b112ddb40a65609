package io.marketbrain.provider.descriptor;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import java.util.List;
import java.util.Optional;

/** How one provider spells instruments. Pure and thread-safe. */
public interface SymbolRules {

    /** What the symbols of some swaps end in, as in charting tools. */
    String PERPETUAL = ".P";

    /** The longest symbol that is accepted. */
    int MAX_LENGTH = 64;

    /**
     * What a provider calls a contract: its symbol here, without the {@code .P} that tells a swap from the pair to which the
     * provider gives the same symbol.
     */
    static String contractName(String symbol) {
        int end = symbol.length() - PERPETUAL.length();
        return symbol.regionMatches(true, end, PERPETUAL, 0, PERPETUAL.length()) ? symbol.substring(0, end) : symbol;
    }

    /**
     * The instrument that a caller's text names, in unified form or the provider's own spelling. In unified form the codes
     * are those of the assets, whatever the provider means by them. Fails with UnknownInstrument, AmbiguousInstrument or
     * InvalidQuery.
     */
    Outcome<Instrument> parse(String text);

    /** Every instrument that a text could name, without a list of those that exist. */
    default List<Instrument> readings(String text) {
        return parse(text) instanceof Outcome.Success<Instrument>(Instrument instrument)
                ? List.of(instrument)
                : List.of();
    }

    /** Whether {@link #parse} reads the text unambiguously, so that the provider's list is not needed. */
    default boolean isCertain(String text) {
        return true;
    }

    /** The asset that one of the provider's codes means. */
    default String canonicalCode(String code) {
        return code;
    }

    /** The provider's id of an asset, where it has ids beside codes: {@code bitcoin} for BTC; empty if it is not known. */
    default Optional<String> findId(String asset) {
        return Optional.empty();
    }

    /** The asset that one of these ids means; empty if it is not known. */
    default Optional<String> findAsset(String id) {
        return Optional.empty();
    }

    /**
     * The instrument that the provider's own spelling of this one names elsewhere: Kraken spells LUNC/USD as {@code LUNAUSD},
     * which is LUNA/USD at other providers.
     */
    default Optional<Instrument> findNamesake(Instrument instrument) {
        return Optional.empty();
    }

    /** The latest change of what the provider's codes of an instrument mean; history before it is that of another one. */
    default Optional<AssetChange> findChange(Instrument instrument) {
        return Optional.empty();
    }

    /** Whether the configuration names an instrument, where any text of the same form has a price: at the mock market. */
    default boolean isConfigured(Instrument instrument) {
        return false;
    }

    /** The unit in which the provider quotes prices of an instrument, unless a response says otherwise. */
    default String priceUnit(Instrument instrument) {
        return instrument.quote();
    }

    /** The provider's own spelling of an instrument. */
    String spell(Instrument instrument);
}
