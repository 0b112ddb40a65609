package io.marketbrain.pipeline.cache;

import io.marketbrain.model.Answer;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.ProviderId;

/**
 * What an entry answers: the question, the mode in which its provider answers, and whether mock data will do. A
 * provider that changes its mode thus never serves what it said in another.
 */
record CacheKey(MarketQuery query, String variant, boolean mockWhenDown) {

    /** Whether {@code answer} stands in for a provider that should have answered itself. */
    boolean isStandIn(Answer answer) {
        return !variant.equals(answer.provenance().mode().wire())
                && !query.provider().equals(ProviderId.AUTO);
    }
}
