package io.marketbrain.provider.registry;

import io.marketbrain.model.Deadline;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.FoundSymbols.AtProvider;
import io.marketbrain.pipeline.FoundSymbols.Change;
import io.marketbrain.pipeline.FoundSymbols.Match;
import io.marketbrain.pipeline.FoundSymbols.ProviderList;
import io.marketbrain.pipeline.FoundSymbols.Source;
import io.marketbrain.pipeline.SymbolSearch;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.KnownInstrument;
import io.marketbrain.provider.symbols.TickerChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One search for instruments: in the lists that live providers have sent, among the well-known instruments, and by the
 * providers' rules of spelling. Nothing is requested unless the search is online. Used by one thread.
 */
final class SymbolSearcher {
    private final List<Provider> providers;
    private final SymbolReader reader;
    private final SymbolSearch search;
    private final SymbolMatch match;
    private final Map<ProviderId, List<Listed>> listed = new HashMap<>();
    private final List<ProviderList> lists = new ArrayList<>();
    private final SequencedMap<Instrument, Known> known = new LinkedHashMap<>();
    private final Set<Instrument> named = new HashSet<>();

    /**
     * A list of a provider.
     *
     * @param isFirst whether it is the one that the provider is asked for first
     * @param types the types of what it lists; about others it says nothing
     */
    private record Listed(SymbolTable table, boolean isFirst, Set<Instrument> instruments, Set<InstrumentType> types) {
        static Listed of(SymbolTable table, boolean isFirst) {
            return new Listed(
                    table,
                    isFirst,
                    new HashSet<>(table.instruments()),
                    table.instruments().stream().map(InstrumentType::of).collect(Collectors.toSet()));
        }
    }

    /** What is known about an instrument. */
    private record Known(@Nullable String name, Source source) {}

    /** An instrument with how well it matches. */
    private record Ranked(Instrument instrument, Known known, int rank) {}

    SymbolSearcher(List<Provider> providers, SymbolReader reader, SymbolSearch search) {
        this.providers = providers;
        this.reader = reader;
        this.search = search;
        this.match = new SymbolMatch(search.text());
    }

    FoundSymbols found() {
        readLists();
        KnownInstrument.all().forEach(one -> addKnown(one.instrument(), one.name()));
        providers.forEach(this::addByRules);
        List<Ranked> ranked = new ArrayList<>();
        known.forEach((instrument, what) -> {
            if (search.type() == null || search.type().includes(InstrumentType.of(instrument))) {
                rank(instrument, what).ifPresent(rank -> ranked.add(new Ranked(instrument, what, rank)));
            }
        });
        ranked.sort(Comparator.comparingInt(Ranked::rank)); // stable: the well-known ones stay first
        List<Match> matches = ranked.stream()
                .limit(search.limit())
                .map(one -> new Match(
                        one.instrument(), one.known().name(), one.known().source(), providersOf(one.instrument())))
                .toList();
        return new FoundSymbols(matches, ranked.size() > matches.size(), lists, changes());
    }

    /** What became of a ticker, and of the instruments that the text names. */
    private List<Change> changes() {
        return search.text().isEmpty()
                ? List.of()
                : Stream.concat(
                                TickerChange.findAll(SymbolText.canonical(search.text())).stream(),
                                named.stream().flatMap(one -> TickerChange.find(one).stream()))
                        .distinct()
                        .map(change -> new Change(
                                change.ticker(),
                                change.market(),
                                change.kind().wire(),
                                change.successor(),
                                change.on(),
                                change.reuse() == null ? null : change.reuse().since(),
                                change.text(),
                                change.sources()))
                        .toList();
    }

    /**
     * A text that a provider reads as an instrument names it, whatever its letters are. One that nothing but the rules of
     * spelling knows comes last, because some rules read any word as a ticker.
     */
    private Optional<Integer> rank(Instrument instrument, Known what) {
        if (!named.contains(instrument)) {
            return match.find(instrument, what.name());
        }
        return Optional.of(what.source() == Source.RULES ? SymbolMatch.ANY : SymbolMatch.EXACT);
    }

    private void readLists() {
        List<Instrument> all = new ArrayList<>();
        String text = SymbolText.canonical(search.text());
        boolean isin = OtherIdentifier.isIsin(text);
        Map<SymbolListCache, ProviderId> caches = new LinkedHashMap<>();
        for (Provider provider : providers) {
            if (provider.symbols() instanceof ListedSymbols symbols) {
                symbols.listsOf(search.type())
                        .forEach(list -> caches.put(list, provider.descriptor().id()));
            }
        }
        if (search.online()) {
            caches.keySet().forEach(SymbolListCache::startFetch);
        }
        // One wait for all of them.
        Optional<Deadline> deadline = caches.keySet().stream()
                .findFirst()
                .filter(_ -> search.online())
                .map(SymbolListCache::longestWait);
        caches.forEach((cache, id) -> {
            Optional<SymbolTable> list = deadline.isPresent() ? cache.findBy(deadline.get()) : cache.findHeld();
            lists.add(new ProviderList(
                    id,
                    cache.terms().name(),
                    list.isPresent(),
                    list.map(table -> table.instruments().size()).orElse(0),
                    list.filter(table -> !table.isCut()).isPresent(),
                    cache.findProblem().orElse(null)));
            list.ifPresent(table -> {
                listed.computeIfAbsent(id, _ -> new ArrayList<>())
                        .add(Listed.of(table, cache.terms().name() == null));
                all.addAll(table.instruments());
                if (isin) {
                    named.addAll(table.findByIsin(text));
                }
            });
        });
        // The well-known ones come first; they are listed all the same.
        var everything = new HashSet<>(all);
        KnownInstrument.all().forEach(one -> {
            if (everything.contains(one.instrument())) {
                known.put(one.instrument(), new Known(one.name(), Source.LIST));
            }
        });
        all.stream()
                .sorted(Comparator.comparing(Instrument::unified))
                .forEach(instrument -> known.putIfAbsent(instrument, new Known(null, Source.LIST)));
    }

    /** A well-known instrument counts if a provider can have it. */
    private void addKnown(Instrument instrument, String name) {
        if (providers.stream().anyMatch(provider -> has(provider, instrument))) {
            known.putIfAbsent(instrument, new Known(name, Source.BUILT_IN));
        }
    }

    private void addByRules(Provider provider) {
        if (!search.text().isEmpty()
                && reader.by(rules(provider), provider.descriptor(), search.text())
                        instanceof Outcome.Success<Instrument>(Instrument instrument)
                && !MeantInstruments.isAnyWord(search.text(), instrument)
                && has(provider, instrument)) {
            named.add(instrument);
            known.putIfAbsent(instrument, new Known(null, Source.RULES));
        }
    }

    private List<AtProvider> providersOf(Instrument instrument) {
        return providers.stream()
                .filter(provider -> has(provider, instrument))
                .map(provider -> new AtProvider(
                        provider.descriptor().id(),
                        rules(provider).spell(instrument),
                        provider.decision().mode(),
                        findFacts(provider, instrument).orElse(null)))
                .toList();
    }

    /**
     * What the first list with the instrument says. A list of delisted instruments does not tell whether their symbols are in use
     * again; only the whole first list does.
     */
    private Optional<SymbolFacts> findFacts(Provider provider, Instrument instrument) {
        List<Listed> own = listsOf(provider);
        boolean firstIsWhole =
                own.stream().anyMatch(list -> list.isFirst() && !list.table().isCut());
        return own.stream()
                .filter(list -> list.instruments().contains(instrument))
                .findFirst()
                .flatMap(list -> list.table()
                        .findFacts(instrument)
                        .filter(facts -> list.isFirst() || firstIsWhole || facts.delisting() == null));
    }

    private List<Listed> listsOf(Provider provider) {
        return listed.getOrDefault(provider.descriptor().id(), List.of());
    }

    /** Whether a provider has an instrument: by its lists if they are in memory, else by its rules. */
    private boolean has(Provider provider, Instrument instrument) {
        List<Listed> own = listsOf(provider);
        if (own.stream().anyMatch(list -> list.instruments().contains(instrument))) {
            return true;
        }
        if (excludes(provider, own, InstrumentType.of(instrument))) {
            return false;
        }
        return provider.descriptor().assetTypes().contains(instrument.type())
                && rules(provider).parse(instrument.unified()) instanceof Outcome.Success<Instrument>(Instrument meant)
                && meant.equals(instrument);
    }

    /** Whether a provider has nothing of a type that its lists do not have: they are all in memory, and whole. */
    private static boolean excludes(Provider provider, List<Listed> own, InstrumentType type) {
        return own.stream().anyMatch(list -> list.types().contains(type))
                && provider.symbols() instanceof ListedSymbols symbols
                && symbols.listsOf(type).stream()
                        .allMatch(list ->
                                list.findHeld().filter(table -> !table.isCut()).isPresent());
    }

    /** The rules of spelling, which never fetch a list. */
    private static SymbolRules rules(Provider provider) {
        return provider.symbols() instanceof ListedSymbols
                ? provider.descriptor().symbols()
                : provider.symbols();
    }
}
