package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;

/**
 * The key of an entry: the query, the current mode of its provider, and whether the caller accepts mock data. The mode is part of the key so that a provider that changes it never serves data from the other mode.
 */
record CacheKey(MarketQuery query, String variant, boolean mockWhenDown) {

    /** Whether {@code answer} is mock data that replaces the answer of a live provider. */
    boolean isStandIn(Answer answer) {
        return !variant.equals(answer.provenance().mode().wire())
                && !query.provider().equals(ProviderId.AUTO);
    }
}
