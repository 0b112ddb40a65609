package io.marketbrain.model;

/** Market data with its provenance and with what the cache did to deliver it. */
public record QueryResult(MarketData data, Provenance provenance, CacheStatus cache) {
    /** A response that has not passed through a cache. */
    public QueryResult(MarketData data, Provenance provenance) {
        this(data, provenance, CacheStatus.NONE);
    }

    public QueryResult with(Provenance provenance) {
        return new QueryResult(data, provenance, cache);
    }

    public QueryResult with(CacheStatus cache) {
        return new QueryResult(data, provenance, cache);
    }
}
