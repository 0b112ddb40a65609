package io.marketbrain.api;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.ProviderId;

/** What forgets all about an instrument, here and in every gateway that shares the cache. Thread-safe; returns at once. */
@FunctionalInterface
public interface Purging {
    void purge(ProviderId provider, Instrument instrument);
}
