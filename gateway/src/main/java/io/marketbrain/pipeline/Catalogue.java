package io.marketbrain.pipeline;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.ProviderMode;
import java.util.List;

/** What providers there are, and what their symbols mean. Thread-safe. */
public interface Catalogue {
    /**
     * The instrument that {@code symbol} names at {@code provider}: the unified form or the provider's own spelling.
     * Fails with UnknownProvider, UnknownInstrument or AmbiguousInstrument.
     */
    Outcome<Instrument> resolve(ProviderId provider, String symbol);

    /** Which mode each provider is in, by id; reads no descriptor. */
    List<ProviderMode> modes();

    /** Every provider, by id. */
    List<ProviderInfo> providers();

    /** One provider; fails with UnknownProvider. */
    Outcome<ProviderInfo> provider(String id);
}
