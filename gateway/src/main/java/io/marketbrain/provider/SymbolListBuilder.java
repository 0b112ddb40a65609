package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.text.IdentifierText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the instruments that a provider lists. Those under texts that are not valid symbols or codes are left out and
 * counted, so that one of them does not cost the whole list. Equal codes are one object. Not thread-safe.
 */
public final class SymbolListBuilder {
    private final List<ListedSymbol> symbols = new ArrayList<>();
    private final Map<String, String> codes = new HashMap<>();
    private int rejected;

    /** Adds a crypto pair, as it came. */
    public void addPair(String symbol, String base, String quote) {
        if (IdentifierText.SYMBOL.isValid(symbol)
                && IdentifierText.CODE.isValid(base)
                && IdentifierText.CODE.isValid(quote)) {
            symbols.add(new ListedSymbol(symbol, Instrument.crypto(shared(base), shared(quote))));
        } else {
            rejected++;
        }
    }

    /** Adds an instrument of any type. */
    public void add(String symbol, Instrument instrument) {
        add(symbol, instrument, null);
    }

    /** Adds an instrument with what the list says about it. */
    public void add(String symbol, Instrument instrument, @Nullable SymbolFacts facts) {
        if (IdentifierText.SYMBOL.isValid(symbol)
                && IdentifierText.CODE.isValid(instrument.base())
                && IdentifierText.CODE.isValid(instrument.quote())
                && (instrument.settle() == null || IdentifierText.CODE.isValid(instrument.settle()))
                && (instrument.mic() == null || IdentifierText.CODE.isValid(instrument.mic()))) {
            symbols.add(new ListedSymbol(
                    symbol,
                    new Instrument(
                            instrument.type(),
                            shared(instrument.base()),
                            shared(instrument.quote()),
                            instrument.settle(),
                            instrument.mic(),
                            instrument.expiry()),
                    facts));
        } else {
            rejected++;
        }
    }

    /** Counts an instrument that is left out because the provider does not say what it is. */
    public void reject() {
        rejected++;
    }

    private String shared(String code) {
        return codes.computeIfAbsent(code, same -> same);
    }

    /** The list; malformed if it has nothing valid in it although it is not empty. */
    public Symbols build() throws MalformedPayload {
        if (symbols.isEmpty() && rejected > 0) {
            throw new MalformedPayload("none of the " + rejected + " listed symbols is valid");
        }
        return new Symbols(symbols, rejected);
    }
}
