package io.marketbrain.provider.registry;

import io.marketbrain.model.ProviderId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the symbol lists of all providers may take together, in symbols and in bytes. A list that does not fit is
 * refused, and the provider keeps its older one. Thread-safe.
 */
public final class SymbolListBudget {
    /** The part of the heap that symbol lists may take: 1/32, 4 MiB of 128 MiB. */
    private static final int PART_OF_HEAP = 32;

    /** Several times what all venues of the world list that one gateway is likely to use. */
    static final int MAX_SYMBOLS = 500_000;

    private final long maxBytes;
    private final Map<ListKey, Held> lists = new HashMap<>();
    private long refused;
    private long rejected;

    SymbolListBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The budget of a process whose heap can grow to so many bytes. */
    public static SymbolListBudget ofHeap(long most) {
        return new SymbolListBudget(most / PART_OF_HEAP);
    }

    /** One list of a provider. */
    private record ListKey(ProviderId provider, @Nullable String name) {}

    /**
     * What the lists of one provider take.
     *
     * @param bytes estimated
     */
    public record Held(int symbols, long bytes) {}

    /**
     * The state of the budget.
     *
     * @param lists by provider
     * @param refused how many lists did not fit
     * @param rejected how many symbols in lists were not valid
     */
    public record Figures(Map<ProviderId, Held> lists, long maxBytes, long refused, long rejected) {
        public Figures {
            lists = Map.copyOf(lists);
        }
    }

    /**
     * Takes a provider's new list in place of its old one; the reason if it does not fit, and the old one stays.
     *
     * @param name which of the provider's lists; null for the first
     */
    synchronized Optional<String> replace(ProviderId provider, @Nullable String name, SymbolTable list, int invalid) {
        var key = new ListKey(provider, name);
        rejected += invalid;
        long bytes = list.bytes();
        long symbols = list.size();
        for (Map.Entry<ListKey, Held> other : lists.entrySet()) {
            if (!other.getKey().equals(key)) {
                bytes += other.getValue().bytes();
                symbols += other.getValue().symbols();
            }
        }
        if (bytes > maxBytes || symbols > MAX_SYMBOLS) {
            refused++;
            return Optional.of("it has " + list.size() + " symbols in " + list.bytes()
                    + " bytes; the lists of all providers may have " + MAX_SYMBOLS + " symbols in " + maxBytes
                    + " bytes");
        }
        lists.put(key, new Held(list.size(), list.bytes()));
        return Optional.empty();
    }

    public synchronized Figures figures() {
        Map<ProviderId, Held> byProvider = new HashMap<>();
        lists.forEach((key, held) -> byProvider.merge(
                key.provider(),
                held,
                (one, other) -> new Held(one.symbols() + other.symbols(), one.bytes() + other.bytes())));
        return new Figures(byProvider, maxBytes, refused, rejected);
    }
}
