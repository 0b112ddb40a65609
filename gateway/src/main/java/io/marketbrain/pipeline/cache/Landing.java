package io.marketbrain.pipeline.cache;

import io.marketbrain.model.CacheNote.Tier;
import io.marketbrain.model.Failure;

/** The result of a load. */
sealed interface Landing {

    /** An answer was found in {@code tier}. */
    record Loaded(Entry entry, Tier tier) implements Landing {}

    record Failed(Failure failure) implements Landing {}

    /** No answer: another gateway is loading the key, and this load was a background refresh, so that nobody has to wait. */
    record LoadingElsewhere() implements Landing {}
}
