package io.marketbrain.pipeline;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol.SymbolFacts;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search for instruments.
 *
 * @param matches the best matches first
 * @param more whether there are more than were requested
 * @param lists the lists of instruments that live providers have, in memory or not
 */
public record FoundSymbols(List<Match> matches, boolean more, List<ProviderList> lists) {
    public FoundSymbols {
        matches = List.copyOf(matches);
        lists = List.copyOf(lists);
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
     * The list of a live provider.
     *
     * @param instruments how many it has; 0 if it is not in memory
     */
    public record ProviderList(ProviderId provider, boolean inMemory, int instruments) {}
}
