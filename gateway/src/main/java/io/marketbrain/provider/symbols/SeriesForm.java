package io.marketbrain.provider.symbols;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.IdentifierText;
import java.util.List;
import java.util.Optional;

/**
 * Series, news subjects and other things that have an id in place of a symbol. Every id is read as it is, in its own case.
 *
 * @param type what the ids stand for
 */
public record SeriesForm(AssetType type) implements SymbolForm {
    @Override
    public List<Instrument> read(String text) {
        return IdentifierText.SYMBOL.isValid(text)
                ? List.of(new Instrument(type, text, Instrument.NO_CURRENCY, null, null))
                : List.of();
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        return instrument.type() == type ? Optional.of(instrument.base()) : Optional.empty();
    }
}
