package io.marketbrain.provider;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.text.IdentifierText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the instruments that a provider lists. Those under texts that are not valid symbols or codes are left out and
 * counted, so that one of them does not cost the whole list. Equal codes, and equal facts, are one object. Not thread-safe.
 */
public final class SymbolListBuilder {
    private final List<ListedSymbol> symbols = new ArrayList<>();
    private final Map<String, String> codes = new HashMap<>();
    private final Map<SymbolFacts, SymbolFacts> sharedFacts = new HashMap<>();
    private int rejected;

    /** Adds a crypto pair, as it came. */
    public void addPair(String symbol, String base, String quote) {
        addPair(symbol, base, quote, null, null);
    }

    /** Adds a crypto pair with the steps of its prices and sizes, where these are known. */
    public void addPair(String symbol, String base, String quote, @Nullable BigDecimal tick, @Nullable BigDecimal lot) {
        if (IdentifierText.SYMBOL.isValid(symbol)
                && IdentifierText.CODE.isValid(base)
                && IdentifierText.CODE.isValid(quote)) {
            symbols.add(new ListedSymbol(symbol, Instrument.crypto(shared(base), shared(quote)), steps(tick, lot)));
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
                            instrument.expiry(),
                            instrument.rolling()),
                    facts == null ? null : shared(facts)));
        } else {
            rejected++;
        }
    }

    /** Counts an instrument that is left out because the provider does not say what it is. */
    public void reject() {
        rejected++;
    }

    /** A member of an instrument's entry that says a step; null where there is none, or none that can be read. */
    public static @Nullable BigDecimal step(JsonValue entry, String name) {
        try {
            return entry.priceOrNull(name);
        } catch (MalformedPayload unreadable) {
            return null;
        }
    }

    private @Nullable SymbolFacts steps(@Nullable BigDecimal tick, @Nullable BigDecimal lot) {
        SymbolFacts facts = new SymbolFacts(null, null, positive(tick), positive(lot), null);
        return facts.tick() == null && facts.lot() == null ? null : shared(facts);
    }

    private SymbolFacts shared(SymbolFacts facts) {
        return sharedFacts.computeIfAbsent(facts, same -> same);
    }

    private static @Nullable BigDecimal positive(@Nullable BigDecimal step) {
        return step == null || step.signum() <= 0 ? null : step;
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
