package io.marketbrain.pipeline;

import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * A search for instruments.
 *
 * @param text a part of a code or name, or a symbol in any accepted form; empty for everything
 * @param type the type of the instruments; null for any
 * @param provider the provider that has them; null for any
 * @param online whether lists of live providers that are not in memory are fetched, which may cost calls
 * @param limit the most matches to return
 */
public record SymbolSearch(
        String text,
        @Nullable InstrumentType type,
        @Nullable ProviderId provider,
        boolean online,
        int limit) {}
