package io.marketbrain.pipeline;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search for instruments.
 *
 * @param matches the best matches first
 * @param more whether there are more than were requested
 * @param lists the lists of instruments that live providers have, in memory or not
 * @param changes what became of the ticker that was searched for, if it was renamed or delisted
 */
public record FoundSymbols(List<Match> matches, boolean more, List<ProviderList> lists, List<Change> changes) {
    public FoundSymbols {
        matches = List.copyOf(matches);
        lists = List.copyOf(lists);
        changes = List.copyOf(changes);
    }

    /**
     * What became of the ticker that was searched for.
     *
     * @param what {@code renamed}, {@code replaced} or {@code delisted}
     * @param successor the ticker to use instead; null for none
     * @param on the first day of the change
     * @param reusedSince since when the ticker has meant something else; null if it is not in use
     * @param text the same as part of a sentence
     * @param sources addresses of who says so
     */
    public record Change(
            String symbol,
            String market,
            String what,
            @Nullable String successor,
            LocalDate on,
            @Nullable LocalDate reusedSince,
            String text,
            List<String> sources) {
        public Change {
            sources = List.copyOf(sources);
        }
    }

    /** How it is known that there is such an instrument. */
    public enum Source {
        /** A provider lists it. */
        LIST,
        /** It is one of the well-known instruments. */
        BUILT_IN,
        /** The text follows the rules of a provider's symbols; whether there is such an instrument, only a request can tell. */
        RULES
    }

    /**
     * An instrument.
     *
     * @param name what it is called; null where that is unknown
     * @param providers those that have it, as far as is known
     */
    public record Match(Instrument instrument, @Nullable String name, Source source, List<AtProvider> providers) {
        public Match {
            providers = List.copyOf(providers);
        }
    }

    /**
     * An instrument at a provider.
     *
     * @param symbol the provider's own spelling
     * @param facts what the provider's list says about it; null for nothing
     */
    public record AtProvider(
            ProviderId provider,
            String symbol,
            Mode mode,
            @Nullable SymbolFacts facts) {
        public AtProvider(ProviderId provider, String symbol, Mode mode) {
            this(provider, symbol, mode, null);
        }
    }

    /**
     * A list of a live provider.
     *
     * @param name which one, if the provider has several; null for the first, or the only one
     * @param instruments how many it has; 0 if it is not in memory
     * @param complete whether it is in memory with everything that the provider lists
     * @param problem why the last attempt to fetch it, or a page of it, failed; null if it did not
     */
    public record ProviderList(
            ProviderId provider,
            @Nullable String name,
            boolean inMemory,
            int instruments,
            boolean complete,
            @Nullable String problem) {}
}
