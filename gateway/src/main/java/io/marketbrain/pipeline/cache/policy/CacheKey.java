package io.marketbrain.pipeline.cache.policy;

import io.marketbrain.model.Call.MockChoice;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;

/**
 * The key of an entry: the query, the current mode of its provider, and what the caller says about mock data. The mode is part of the key so that a provider that changes it never serves data from the other mode.
 */
public record CacheKey(MarketQuery query, String variant, MockChoice mockChoice) {

    /** The key for a caller that does not decline mock data. */
    public CacheKey(MarketQuery query, String variant, boolean mockWhenDown) {
        this(query, variant, mockWhenDown ? MockChoice.ACCEPTED : MockChoice.DEFAULT);
    }

    /** Whether {@code answer} is mock data that replaces the answer of a live provider. */
    public boolean isStandIn(QueryResult answer) {
        return !variant.equals(answer.provenance().mode().wire())
                && !query.provider().equals(ProviderId.AUTO);
    }
}
