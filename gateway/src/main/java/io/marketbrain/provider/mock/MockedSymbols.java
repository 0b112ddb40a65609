package io.marketbrain.provider.mock;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.provider.descriptor.AssetChange;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Symbol rules of a provider that the mock market replaces. Without the provider's list of instruments, codes run together
 * are split after a well-known coin or, if that does not decide, rejected with all possible splits. An instrument whose
 * spelling would be read as another one is unknown, so that every symbol in a response can be sent back. Pure.
 */
final class MockedSymbols implements SymbolRules {
    /** How many recently read symbols are remembered, and how long they may be: reading one compares many currencies. */
    private static final int MAX_REMEMBERED = 1000;

    private static final int MAX_LENGTH = 64;

    private final ProviderId provider;
    private final SymbolRules rules;
    private final Map<String, Outcome<Instrument>> remembered = new ConcurrentHashMap<>();

    MockedSymbols(ProviderId provider, SymbolRules rules) {
        this.provider = provider;
        this.rules = rules;
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        Outcome<Instrument> known = remembered.get(text);
        if (known != null) {
            return known;
        }
        Outcome<Instrument> parsed = parseAnew(text);
        if (text.length() <= MAX_LENGTH) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(text, parsed);
        }
        return parsed;
    }

    private Outcome<Instrument> parseAnew(String text) {
        Outcome<Instrument> read = read(text);
        return read instanceof Outcome.Success<Instrument>(Instrument instrument)
                        && !read(rules.spell(instrument)).equals(read)
                ? unknown(text)
                : read;
    }

    private Outcome<Instrument> read(String text) {
        List<Instrument> readings = rules.readings(text);
        List<Instrument> known = readings.stream()
                .filter(instrument -> KnownCoins.isUsualBase(instrument.base()))
                .toList();
        if (known.size() == 1) {
            return Outcome.success(known.getFirst());
        }
        return switch (readings.size()) {
            case 0 -> isCoin(text) || isSuggested(rules.parse(text)) ? rules.parse(text) : unknown(text);
            case 1 -> Outcome.success(readings.getFirst());
            default ->
                Outcome.failed(new Failure.AmbiguousInstrument(
                        text, readings.stream().map(Instrument::unified).toList()));
        };
    }

    private boolean isCoin(String text) {
        return KnownCoins.isUsualBase(rules.canonicalCode(SymbolText.canonical(text)));
    }

    /** Whether the rules say what to use instead of a text. */
    private static boolean isSuggested(Outcome<Instrument> parsed) {
        return parsed instanceof Outcome.Failed<Instrument>(Failure.UnknownInstrument unknown)
                && !unknown.candidates().isEmpty();
    }

    private Outcome<Instrument> unknown(String text) {
        return Outcome.failed(new Failure.UnknownInstrument(provider, text));
    }

    @Override
    public boolean isCertain(String text) {
        return rules.isCertain(text);
    }

    @Override
    public String canonicalCode(String code) {
        return rules.canonicalCode(code);
    }

    @Override
    public List<Instrument> readings(String text) {
        return rules.readings(text);
    }

    @Override
    public Optional<Instrument> findNamesake(Instrument instrument) {
        return rules.findNamesake(instrument);
    }

    @Override
    public Optional<AssetChange> findChange(Instrument instrument) {
        return rules.findChange(instrument);
    }

    @Override
    public String priceUnit(Instrument instrument) {
        return rules.priceUnit(instrument);
    }

    @Override
    public String spell(Instrument instrument) {
        return rules.spell(instrument);
    }
}
