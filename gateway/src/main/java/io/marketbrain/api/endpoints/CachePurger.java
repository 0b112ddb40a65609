package io.marketbrain.api.endpoints;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;

/**
 * Removes everything about an instrument from the cache, here and in every gateway that shares the cache. Thread-safe;
 * returns at once.
 */
@FunctionalInterface
public interface CachePurger {
    void purge(ProviderId provider, Instrument instrument);
}
