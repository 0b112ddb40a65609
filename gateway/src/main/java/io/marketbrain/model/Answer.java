package io.marketbrain.model;

/** Market data with its provenance and with what the cache did to deliver it. */
public record Answer(MarketData data, Provenance provenance, CacheNote cache) {
    /** A response that has not passed through a cache. */
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
