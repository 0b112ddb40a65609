package io.marketbrain.model;

/** Market data together with where it came from and what the cache had to do with it. */
public record Answer(MarketData data, Provenance provenance, CacheNote cache) {
    /** An answer that has not met a cache. */
    public Answer(MarketData data, Provenance provenance) {
        this(data, provenance, CacheNote.NONE);
    }

    public Answer with(Provenance provenance) {
        return new Answer(data, provenance, cache);
    }

    public Answer with(CacheNote cache) {
        return new Answer(data, provenance, cache);
    }
}
