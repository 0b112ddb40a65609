package io.marketbrain.api.endpoints;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.PurgeReach;

/**
 * Removes everything about an instrument from the cache, here and in every gateway that shares the cache. Thread-safe;
 * waits for the other gateways for a short time.
 */
@FunctionalInterface
public interface CachePurger {
    PurgeReach purge(ProviderId provider, Instrument instrument);
}
