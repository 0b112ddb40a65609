package io.marketbrain.provider.registry;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.ListedSymbol.Delisting;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.size.ObjectSize;
import io.marketbrain.model.text.SymbolText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A provider's instruments by symbol, in a third of the memory of a map: all symbols in one array in ascending order, each
 * instrument and each code once. A symbol is found by binary search, in upper or lower case. Immutable.
 */
final class SymbolTable {
    /** The facts about an instrument with their numbers, estimated; many instruments share them. */
    private static final long FACT_BYTES = 200;

    private static final long FACT_ENTRY_BYTES = 4L * ObjectSize.REFERENCE;

    private final byte[] symbols;
    /** Where each symbol ends in {@link #symbols}. */
    private final int[] ends;
    /** The index of each symbol's instrument. */
    private final int[] meanings;

    private final List<Instrument> instruments;
    private final Map<Instrument, SymbolFacts> facts;
    private final boolean cut;
    private final long bytes;

    private SymbolTable(
            byte[] symbols,
            int[] ends,
            int[] meanings,
            List<Instrument> instruments,
            Map<Instrument, SymbolFacts> facts,
            boolean cut) {
        this.facts = facts;
        this.cut = cut;
        this.symbols = symbols;
        this.ends = ends;
        this.meanings = meanings;
        this.instruments = instruments;
        this.bytes = ObjectSize.object(5 * ObjectSize.REFERENCE + Long.BYTES + 1)
                + ObjectSize.array(symbols.length)
                + 2 * ObjectSize.array((long) Integer.BYTES * ends.length)
                + ObjectSize.list(instruments.size())
                + instrumentBytes(instruments)
                + FACT_ENTRY_BYTES * facts.size()
                + FACT_BYTES * new HashSet<>(facts.values()).size();
    }

    /** The table of a complete list. */
    static SymbolTable of(List<ListedSymbol> listed) {
        return of(listed, false);
    }

    /**
     * The table of a list; if symbols differ only in case, the last one counts. What was delisted before its symbol was used
     * again is a fact about what has the symbol now.
     *
     * @param cut whether the provider has more
     */
    static SymbolTable of(List<ListedSymbol> all, boolean cut) {
        Collection<ListedSymbol> listed = oneForEachSymbol(all);
        Map<Instrument, SymbolFacts> facts = new HashMap<>();
        listed.forEach(symbol -> {
            if (symbol.facts() != null) {
                facts.put(symbol.instrument(), symbol.facts());
            }
        });
        Map<byte[], Instrument> sorted = new TreeMap<>(Arrays::compareUnsigned);
        listed.forEach(symbol -> sorted.put(key(symbol.providerSymbol()), symbol.instrument()));
        Map<Instrument, Integer> numbers = new HashMap<>();
        Map<String, String> codes = new HashMap<>();
        Instrument[] instruments = new Instrument[sorted.size()];
        byte[] symbols =
                new byte[sorted.keySet().stream().mapToInt(key -> key.length).sum()];
        int[] ends = new int[sorted.size()];
        int[] meanings = new int[sorted.size()];
        int at = 0;
        int end = 0;
        for (Map.Entry<byte[], Instrument> entry : sorted.entrySet()) {
            byte[] key = entry.getKey();
            System.arraycopy(key, 0, symbols, end, key.length);
            end += key.length;
            ends[at] = end;
            int next = numbers.size();
            int number = numbers.computeIfAbsent(entry.getValue(), _ -> next);
            if (number == next) {
                instruments[next] = withSharedCodes(entry.getValue(), codes);
            }
            meanings[at++] = number;
        }
        return new SymbolTable(
                symbols,
                ends,
                meanings,
                List.of(Arrays.copyOf(instruments, numbers.size())),
                byTheSameKeys(instruments, numbers.size(), facts),
                cut);
    }

    /**
     * The list with one instrument for each symbol: the one that is traded, with the delisting of the one before it, or the one that
     * was delisted last. Of several such ones, the last in the list counts.
     */
    private static Collection<ListedSymbol> oneForEachSymbol(List<ListedSymbol> all) {
        Map<String, Delisting> delistings = new HashMap<>();
        for (ListedSymbol one : all) {
            Delisting delisting = one.delisting();
            if (delisting != null) {
                delistings.merge(SymbolText.canonical(one.providerSymbol()), delisting, Delisting::later);
            }
        }
        SequencedMap<String, ListedSymbol> current = new LinkedHashMap<>();
        for (ListedSymbol one : all) {
            String symbol = SymbolText.canonical(one.providerSymbol());
            Delisting last = delistings.get(symbol);
            if (!one.isDelisted()) {
                current.put(symbol, last == null ? one : one.after(last));
            } else if (Objects.equals(one.delisting(), last)) {
                current.merge(symbol, one, (known, same) -> known.isDelisted() ? same : known);
            }
        }
        return current.values();
    }

    /** The facts with the instruments of the table as keys, so that each instrument is in memory once. */
    private static Map<Instrument, SymbolFacts> byTheSameKeys(
            Instrument[] instruments, int count, Map<Instrument, SymbolFacts> facts) {
        Map<Instrument, SymbolFacts> same = new HashMap<>();
        for (int i = 0; i < count; i++) {
            SymbolFacts known = facts.get(instruments[i]);
            if (known != null) {
                same.put(instruments[i], known);
            }
        }
        return Map.copyOf(same);
    }

    private static Instrument withSharedCodes(Instrument instrument, Map<String, String> codes) {
        return new Instrument(
                instrument.type(),
                codes.computeIfAbsent(instrument.base(), same -> same),
                codes.computeIfAbsent(instrument.quote(), same -> same),
                instrument.settle(),
                instrument.mic(),
                instrument.expiry(),
                instrument.rolling());
    }

    private static byte[] key(String symbol) {
        return SymbolText.canonical(symbol).getBytes(StandardCharsets.UTF_8);
    }

    private static long instrumentBytes(List<Instrument> instruments) {
        Set<String> codes = new HashSet<>();
        long bytes = 0;
        for (Instrument instrument : instruments) {
            codes.add(instrument.base());
            codes.add(instrument.quote());
            bytes += ObjectSize.object(7 * ObjectSize.REFERENCE)
                    + (instrument.expiry() == null ? 0 : ObjectSize.object(2 * Integer.BYTES))
                    + ObjectSize.text(instrument.settle())
                    + ObjectSize.text(instrument.mic());
        }
        return bytes + codes.stream().mapToLong(ObjectSize::text).sum();
    }

    Optional<Instrument> find(String symbol) {
        byte[] key = key(symbol);
        int low = 0;
        int high = ends.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int from = middle == 0 ? 0 : ends[middle - 1];
            int order = Arrays.compareUnsigned(symbols, from, ends[middle], key, 0, key.length);
            if (order == 0) {
                return Optional.of(instruments.get(meanings[middle]));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /** The instrument with a unified form, whatever characters its codes have. Looks at every instrument. */
    Optional<Instrument> findUnified(String text) {
        return text.indexOf('/') < 0
                ? Optional.empty()
                : instruments.stream()
                        .filter(instrument -> instrument.base().length()
                                                + 1
                                                + instrument.quote().length()
                                        == text.length()
                                && SymbolText.canonical(instrument.unified()).equals(text))
                        .findFirst();
    }

    /** Every instrument once. */
    List<Instrument> instruments() {
        return instruments;
    }

    /** What the list says about an instrument besides what it is. */
    Optional<SymbolFacts> findFacts(Instrument instrument) {
        return Optional.ofNullable(facts.get(instrument));
    }

    /** The securities with an ISIN, on whichever markets. Looks at every fact. */
    List<Instrument> findByIsin(String isin) {
        return facts.entrySet().stream()
                .filter(entry -> isin.equals(entry.getValue().isin()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the provider has more than the list. */
    boolean isCut() {
        return cut;
    }

    /** How many symbols there are. */
    int size() {
        return ends.length;
    }

    /** The memory that the table takes, in bytes, estimated. */
    long bytes() {
        return bytes;
    }
}
