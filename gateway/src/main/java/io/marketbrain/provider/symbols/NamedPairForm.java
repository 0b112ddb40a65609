package io.marketbrain.provider.symbols;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.text.SymbolText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Crypto pairs whose symbols do not say which assets they are of, such as {@code @107}, from a table. Read are the symbols and
 * the canonical form.
 */
public final class NamedPairForm implements SymbolForm {
    private final Map<Instrument, String> symbols = new HashMap<>();
    private final Map<String, Instrument> pairs = new HashMap<>();

    /**
     * The pairs of one provider.
     *
     * @param table the provider's symbols by canonical form, such as {@code HYPE/USDC}
     * @throws IllegalArgumentException if a canonical form is not that of a pair, or a symbol is there twice
     */
    public NamedPairForm(Map<String, String> table) {
        table.forEach((canonical, symbol) -> {
            String[] codes = canonical.split("/", -1);
            if (codes.length != 2) {
                throw new IllegalArgumentException("has '" + canonical + "', which is not a pair such as BTC/USD");
            }
            Instrument pair = Instrument.crypto(codes[0], codes[1]);
            symbols.put(pair, symbol);
            pairs.put(pair.unified(), pair);
            Instrument other = pairs.put(SymbolText.canonical(symbol), pair);
            if (other != null && !other.equals(pair)) {
                throw new IllegalArgumentException("has the symbol '" + symbol + "' twice");
            }
        });
    }

    @Override
    public List<Instrument> read(String text) {
        Instrument pair = pairs.get(SymbolText.canonical(text));
        return pair == null ? List.of() : List.of(pair);
    }

    @Override
    public Optional<String> findSpelling(Instrument instrument) {
        return Optional.ofNullable(symbols.get(instrument));
    }
}
