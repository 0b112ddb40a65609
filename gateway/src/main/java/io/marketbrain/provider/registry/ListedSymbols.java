package io.marketbrain.provider.registry;

import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.provider.SymbolListTerms;
import io.marketbrain.provider.descriptor.AssetChange;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The symbols of a live provider: its spelling rules, and its own first list where the rules cannot tell base from quote. Further
 * lists are fetched for searches and for contracts that nothing else knows, and used while they are in memory, however old.
 * A symbol that follows the rules but is not on the list passes, because lists can be minutes old and leave out what
 * is no longer traded; the provider itself then says that it has no such instrument. Where only the list could tell base from quote
 * and there is none, a symbol is rejected with what it may be, unless one of these has a well-known coin as its base. Thread-safe.
 */
public final class ListedSymbols implements SymbolRules {
    private static final int MAX_CANDIDATES = 5;

    private final ProviderId provider;
    private final SymbolRules rules;
    private final SymbolListCache first;
    private final List<SymbolListCache> lists;

    /**
     * The symbols of one provider.
     *
     * @param terms the provider's lists, at least one
     * @param source answers queries for them
     * @param budget the memory for the lists of all providers
     */
    public ListedSymbols(
            ProviderId provider,
            SymbolRules rules,
            List<SymbolListTerms> terms,
            MarketDataSource source,
            SymbolListConfig config,
            SymbolListBudget budget,
            NanoClock nanoClock) {
        this.provider = provider;
        this.rules = rules;
        this.lists = terms.stream()
                .map(list -> new SymbolListCache(provider, list, source, config, budget, nanoClock))
                .toList();
        this.first = lists.getFirst();
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        Outcome<Instrument> byRule = rules.parse(text);
        if (byRule instanceof Outcome.Success<Instrument>(Instrument instrument)) {
            String sent = rules.spell(instrument);
            boolean certain = rules.isCertain(isSeparated(text) ? sent : text) && !isMixedCase(text);
            if (!certain
                    && first.findSoon().isEmpty()
                    && !isSeparated(text)
                    && !KnownCoins.isUsualBase(instrument.base())) {
                List<Instrument> readings = rules.readings(text);
                if (readings.size() > 1) {
                    return ambiguous(text, readings);
                }
            }
            return confirmed(text, instrument, sent, inMemory());
        }
        return first.findSoon()
                .map(own -> byList(SymbolText.canonical(text), own, byRule))
                .orElse(byRule);
    }

    /**
     * The contract that a symbol names which neither the rules nor the first list know, such as one with a new pattern. Waits once
     * for the first fetch of the lists that have contracts.
     */
    Optional<Instrument> findContract(String symbol) {
        List<SymbolListCache> further = lists.stream()
                .filter(list -> list != first
                        && (list.terms().mayHave(InstrumentType.SWAP)
                                || list.terms().mayHave(InstrumentType.FUTURE)))
                .toList();
        if (further.isEmpty()) {
            return Optional.empty();
        }
        further.forEach(SymbolListCache::startFetch);
        Deadline deadline = first.longestWait();
        return find(
                further.stream().flatMap(list -> list.findBy(deadline).stream()).toList(), symbol);
    }

    private boolean isListed(Instrument instrument) {
        return inMemory().stream().anyMatch(table -> table.instruments().contains(instrument));
    }

    /** Whether the first list, whose first fetch is waited for, or another one in memory has an instrument. */
    boolean isListedSoon(Instrument instrument) {
        return first.findSoon().isPresent() && isListed(instrument);
    }

    /** Whether the first list, whose first fetch is waited for, and those in memory lack an instrument. */
    boolean isMissing(Instrument instrument) {
        return first.findSoon().isPresent() && !isListed(instrument);
    }

    /** Whether the first list is in memory, so that candidates are from it. */
    boolean isInMemory() {
        return first.findHeld().isPresent();
    }

    private List<SymbolTable> inMemory() {
        return lists.stream()
                .flatMap(list -> (list == first ? list.findNow() : list.findHeld()).stream())
                .toList();
    }

    private static Optional<Instrument> find(List<SymbolTable> listed, String symbol) {
        return listed.stream().flatMap(table -> table.find(symbol).stream()).findFirst();
    }

    /** The instrument by the rules, if the list does not have another one under the text or under the symbol to send. */
    private Outcome<Instrument> confirmed(String text, Instrument instrument, String sent, List<SymbolTable> listed) {
        // Only unified forms have a slash, never the symbols of a list.
        Optional<Instrument> exact = text.indexOf('/') >= 0 ? Optional.empty() : find(listed, text);
        return exact.map(Outcome::success)
                .orElseGet(() -> find(listed, sent)
                        .map(other -> underOneSymbol(text, instrument, other))
                        .orElseGet(() -> Outcome.success(instrument)));
    }

    private Outcome<Instrument> byList(String text, SymbolTable own, Outcome<Instrument> byRule) {
        List<SymbolTable> listed = inMemory();
        Optional<Instrument> exact = find(listed, text);
        if (exact.isPresent()) {
            return Outcome.success(exact.get());
        }
        if (!(byRule instanceof Outcome.Failed<Instrument>(Failure.AmbiguousInstrument ambiguous))) {
            return listed.stream()
                    .flatMap(table -> table.findUnified(text).stream())
                    .findFirst()
                    .map(Outcome::success)
                    .orElse(byRule);
        }
        String base = rules.canonicalCode(text);
        // The letters of a bare code may name an asset that the provider has under another code. They mean the same
        // whether or not
        // a search has fetched further lists.
        List<Instrument> candidates = own.instruments().stream()
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
        return ambiguous(ambiguous.symbol(), candidates);
    }

    private static Outcome<Instrument> ambiguous(String text, List<Instrument> candidates) {
        return Outcome.failed(new Failure.AmbiguousInstrument(
                text,
                candidates.stream()
                        .map(Instrument::unified)
                        .distinct()
                        .limit(MAX_CANDIDATES)
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

    /** The lists that can have instruments of a type; all, if it is null. */
    List<SymbolListCache> listsOf(@Nullable InstrumentType type) {
        return lists.stream().filter(list -> list.terms().mayHave(type)).toList();
    }

    /** What the lists say about an instrument; empty if they are not in memory. */
    public Optional<SymbolFacts> findFacts(Instrument instrument) {
        return inMemory().stream()
                .flatMap(table -> table.findFacts(instrument).stream())
                .findFirst();
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
        return first.toString();
    }
}
