package io.marketbrain.provider.registry;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.descriptor.AssetChange;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The symbols of a live provider: its spelling rules, and its own list where the rules cannot tell base from quote.
 * A symbol that follows the rules but is not on the list passes, because lists can be minutes old and leave out what
 * is no longer traded; the provider itself then says that it has no such instrument. Thread-safe.
 */
public final class ListedSymbols implements SymbolRules {
    private static final int MAX_CANDIDATES = 5;

    private final ProviderId provider;
    private final SymbolRules rules;
    private final SymbolListCache list;

    /**
     * The symbols of one provider.
     *
     * @param lists answers queries for the provider's list of symbols
     * @param budget the memory for the lists of all providers
     */
    public ListedSymbols(
            ProviderId provider,
            SymbolRules rules,
            MarketDataSource lists,
            SymbolListConfig config,
            SymbolListBudget budget,
            NanoClock nanoClock) {
        this.provider = provider;
        this.rules = rules;
        this.list = new SymbolListCache(provider, lists, config, budget, nanoClock);
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        Outcome<Instrument> byRule = rules.parse(text);
        if (byRule instanceof Outcome.Success<Instrument>(Instrument instrument)) {
            String sent = rules.spell(instrument);
            boolean certain = rules.isCertain(isSeparated(text) ? sent : text) && !isMixedCase(text);
            return (certain ? list.findNow() : list.findSoon())
                    .map(listed -> confirmed(text, instrument, sent, listed))
                    .orElse(byRule);
        }
        return list.findSoon()
                .map(listed -> byList(SymbolText.canonical(text), listed, byRule))
                .orElse(byRule);
    }

    /** The instrument by the rules, if the list does not have another one under the text or under the symbol to send. */
    private Outcome<Instrument> confirmed(String text, Instrument instrument, String sent, SymbolTable listed) {
        // Only unified forms have a slash, never the symbols of a list.
        Optional<Instrument> exact = text.indexOf('/') >= 0 ? Optional.empty() : listed.find(text);
        return exact.map(Outcome::success)
                .orElseGet(() -> listed.find(sent)
                        .map(other -> underOneSymbol(text, instrument, other))
                        .orElseGet(() -> Outcome.success(instrument)));
    }

    private Outcome<Instrument> byList(String text, SymbolTable listed, Outcome<Instrument> byRule) {
        Optional<Instrument> exact = listed.find(text);
        if (exact.isPresent()) {
            return Outcome.success(exact.get());
        }
        if (!(byRule instanceof Outcome.Failed<Instrument>(Failure.AmbiguousInstrument ambiguous))) {
            return listed.findUnified(text).map(Outcome::success).orElse(byRule);
        }
        String base = rules.canonicalCode(text);
        // The letters of a bare code may name an asset that the provider has under another code.
        List<Instrument> candidates = listed.instruments().stream()
                .filter(instrument -> instrument.base().equals(base)
                        || instrument.base().equals(text)
                        || ambiguous.candidates().contains(instrument.unified()))
                .sorted(Comparator.comparing(Instrument::unified))
                .toList();
        if (candidates.isEmpty()) {
            return Outcome.failed(new Failure.UnknownInstrument(provider, ambiguous.symbol()));
        }
        if (candidates.size() == 1 && rules.findNamesake(candidates.getFirst()).isEmpty()) {
            return Outcome.success(candidates.getFirst());
        }
        return Outcome.failed(new Failure.AmbiguousInstrument(
                ambiguous.symbol(),
                candidates.stream()
                        .limit(MAX_CANDIDATES)
                        .map(Instrument::unified)
                        .toList()));
    }

    /**
     * What an instrument means whose symbol is that of a listed one: the listed one if they differ in case only; otherwise
     * the provider would answer about another instrument.
     */
    private Outcome<Instrument> underOneSymbol(String text, Instrument instrument, Instrument listed) {
        boolean same = listed.equals(instrument)
                || SymbolText.canonical(listed.unified()).equals(SymbolText.canonical(instrument.unified()));
        return same
                ? Outcome.success(listed)
                : Outcome.failed(new Failure.UnknownInstrument(provider, text, List.of(listed.unified())));
    }

    /** Some codes differ from others in case only: AAPLx is not AAPLX. */
    private static boolean isMixedCase(String text) {
        boolean lower = false;
        boolean upper = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
        }
        return lower && upper;
    }

    private static boolean isSeparated(String text) {
        return text.indexOf('/') >= 0 || text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    }

    /** Fetches the list if it is not in memory, without waiting for it. */
    void startFetch() {
        list.startFetch();
    }

    /**
     * The provider's list, if it is in memory.
     *
     * @param wait whether to wait for a list that is being fetched or not in memory, for the configured time
     */
    Optional<SymbolTable> findListed(boolean wait) {
        return wait ? list.findSoon() : list.findNow();
    }

    /** What the list says about an instrument; empty if it is not in memory. */
    public Optional<SymbolFacts> findFacts(Instrument instrument) {
        return list.findNow().flatMap(listed -> listed.findFacts(instrument));
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

    /** The stack through which the list is fetched. */
    @Override
    public String toString() {
        return list.toString();
    }
}
