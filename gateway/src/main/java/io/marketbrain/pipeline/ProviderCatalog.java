package io.marketbrain.pipeline;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.ProviderMode;
import java.util.List;

/** The configured providers and their symbols. Thread-safe. */
public interface ProviderCatalog {
    /**
     * The instrument that {@code symbol} identifies at {@code provider}, in unified form or in the provider's own
     * notation. Fails with UnknownProvider, UnknownInstrument or AmbiguousInstrument.
     */
    Outcome<Instrument> resolve(ProviderId provider, String symbol);

    /** Whether both codes of a pair are well-known, or the pair is configured: the mock market has a price for any two. */
    boolean isKnownPair(Instrument pair);

    /** The instruments that match a search; fails with UnknownProvider. */
    Outcome<FoundSymbols> search(SymbolSearch search);

    /** Which mode each provider is in, by id; reads no descriptor. */
    List<ProviderMode> modes();

    /** Every provider, by id. */
    List<ProviderInfo> providers();

    /** One provider; fails with UnknownProvider. */
    Outcome<ProviderInfo> provider(String id);
}
