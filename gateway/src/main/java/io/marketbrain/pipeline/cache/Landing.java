package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Failure;

/** How a load ended. */
sealed interface Landing {

    /** With an answer, found in {@code tier}. */
    record Arrived(Entry entry, Tier tier) implements Landing {}

    record Failed(Failure failure) implements Landing {}

    /** Without: another gateway is loading, and whoever started this has something to serve meanwhile. */
    record Left() implements Landing {}
}
