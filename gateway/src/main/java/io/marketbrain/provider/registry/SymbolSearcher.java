package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.FoundSymbols;
import io.marketbrain.pipeline.FoundSymbols.AtProvider;
import io.marketbrain.pipeline.FoundSymbols.Match;
import io.marketbrain.pipeline.FoundSymbols.ProviderList;
import io.marketbrain.pipeline.FoundSymbols.Source;
import io.marketbrain.pipeline.SymbolSearch;
import io.marketbrain.provider.descriptor.SymbolRules;
import io.marketbrain.provider.symbols.KnownInstrument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
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
    private final Map<ProviderId, Listed> listed = new HashMap<>();
    private final List<ProviderList> lists = new ArrayList<>();
    private final SequencedMap<Instrument, Known> known = new LinkedHashMap<>();
    private final Set<Instrument> named = new HashSet<>();

    /**
     * A provider's list.
     *
     * @param types the types of what it lists; about others it says nothing
     */
    private record Listed(SymbolTable table, Set<Instrument> instruments, Set<AssetType> types) {
        static Listed of(SymbolTable table) {
            var types = EnumSet.noneOf(AssetType.class);
            table.instruments().forEach(instrument -> types.add(instrument.type()));
            return new Listed(table, new HashSet<>(table.instruments()), types);
        }

        /** Whether what is not listed does not exist at the provider. */
        boolean isComplete(AssetType type) {
            return !table.isCut() && types.contains(type);
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
            if (search.type() == null || search.type() == instrument.type()) {
                rank(instrument, what).ifPresent(rank -> ranked.add(new Ranked(instrument, what, rank)));
            }
        });
        ranked.sort(Comparator.comparingInt(Ranked::rank)); // stable: the well-known ones stay first
        List<Match> matches = ranked.stream()
                .limit(search.limit())
                .map(one -> new Match(
                        one.instrument(), one.known().name(), one.known().source(), providersOf(one.instrument())))
                .toList();
        return new FoundSymbols(matches, ranked.size() > matches.size(), lists);
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
        if (search.online()) {
            lists(ListedSymbols::startFetch);
        }
        List<Instrument> all = new ArrayList<>();
        for (Provider provider : providers) {
            if (provider.symbols() instanceof ListedSymbols symbols) {
                Optional<SymbolTable> list = symbols.findListed(search.online());
                ProviderId id = provider.descriptor().id();
                lists.add(new ProviderList(
                        id,
                        list.isPresent(),
                        list.map(table -> table.instruments().size()).orElse(0)));
                list.ifPresent(table -> {
                    listed.put(id, Listed.of(table));
                    all.addAll(table.instruments());
                });
            }
        }
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

    private void lists(Consumer<ListedSymbols> action) {
        for (Provider provider : providers) {
            if (provider.symbols() instanceof ListedSymbols symbols) {
                action.accept(symbols);
            }
        }
    }

    /** A well-known instrument counts if a provider can have it. */
    private void addKnown(Instrument instrument, String name) {
        if (providers.stream().anyMatch(provider -> has(provider, instrument))) {
            known.putIfAbsent(instrument, new Known(name, Source.BUILT_IN));
        }
    }

    private void addByRules(Provider provider) {
        if (!search.text().isEmpty()
                && reader.by(rules(provider), provider.descriptor().id(), search.text())
                        instanceof Outcome.Success<Instrument>(Instrument instrument)
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
                        Optional.ofNullable(listed.get(provider.descriptor().id()))
                                .flatMap(list -> list.table().findFacts(instrument))
                                .orElse(null)))
                .toList();
    }

    /** Whether a provider has an instrument: by its list if that is in memory, else by its rules. */
    private boolean has(Provider provider, Instrument instrument) {
        Listed list = listed.get(provider.descriptor().id());
        if (list != null && list.instruments().contains(instrument)) {
            return true;
        }
        if (list != null && list.isComplete(instrument.type())) {
            return false;
        }
        return provider.descriptor().assetTypes().contains(instrument.type())
                && rules(provider).parse(instrument.unified()) instanceof Outcome.Success<Instrument>(Instrument meant)
                && meant.equals(instrument);
    }

    /** The rules of spelling, which never fetch a list. */
    private static SymbolRules rules(Provider provider) {
        return provider.symbols() instanceof ListedSymbols
                ? provider.descriptor().symbols()
                : provider.symbols();
    }
}
