package io.marketbrain.facade.binance;

import io.marketbrain.facade.PriceSteps;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.pipeline.FoundSymbols.AtProvider;
import io.marketbrain.pipeline.FoundSymbols.Match;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** The symbols that Binance's clients are told about. Thread-safe. */
final class BinanceSymbolList {
    /** More than any exchange lists. */
    private static final int MOST = 20_000;

    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{1,20}");

    private final BinanceSource source;
    private final PriceSteps steps;

    BinanceSymbolList(BinanceSource source, PriceSteps steps) {
        this.source = source;
        this.steps = steps;
    }

    /** Every instrument that the provider lists, or that is well known where it is mocked, by symbol. */
    SequencedMap<String, Instrument> all() throws BinanceRejected {
        return BinanceSource.orReject(list());
    }

    /** The same as an outcome. */
    Outcome<SequencedMap<String, Instrument>> list() {
        return source.queries().listed(MOST).map(this::bySymbol);
    }

    private SequencedMap<String, Instrument> bySymbol(List<Match> matches) {
        SequencedMap<String, Instrument> all = new LinkedHashMap<>();
        for (Match match : matches) {
            all.putIfAbsent(symbol(match), match.instrument());
        }
        return all;
    }

    /** The provider's own spelling if clients of Binance can read it, else both codes run together. */
    private String symbol(Match match) {
        return match.providers().stream()
                .filter(at -> at.provider().equals(source.provider()))
                .map(AtProvider::symbol)
                .filter(text -> SYMBOL.matcher(text).matches())
                .findFirst()
                .orElseGet(() -> match.instrument().base() + match.instrument().quote());
    }

    Optional<PriceSteps.Steps> findSteps(Instrument instrument) {
        return steps.find(source.provider(), instrument);
    }

    /** The instruments of given symbols. */
    Map<String, Instrument> of(Iterable<String> symbols) throws BinanceRejected {
        Map<String, Instrument> some = new LinkedHashMap<>();
        for (String symbol : symbols) {
            some.put(symbol, source.instrument(symbol));
        }
        return some;
    }
}
