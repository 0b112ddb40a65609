package io.marketbrain.provider.symbols;

import io.marketbrain.model.Instrument;
import java.util.List;
import java.util.Optional;

/** One of the forms in which a provider spells instruments. Pure and thread-safe. */
public interface SymbolForm {

    /** Every instrument that a text could name in this form, the likeliest first; empty if it is not of this form. */
    List<Instrument> read(String text);

    /** The instruments that a text could be a part of, such as a currency of its pairs; empty if none come to mind. */
    default List<Instrument> suggest(String text) {
        return List.of();
    }

    /** The provider's spelling of an instrument; empty if it has no such instrument. */
    Optional<String> findSpelling(Instrument instrument);

    /** The unit of the prices of an instrument of this form, where it is not the currency itself. */
    default Optional<String> findPriceUnit(Instrument instrument) {
        return Optional.empty();
    }
}
