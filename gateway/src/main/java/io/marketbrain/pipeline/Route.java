package io.marketbrain.pipeline;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * One way to get data for a query: a provider in one mode.
 *
 * @param when the condition under which the route may be used
 * @param reason why the route returns mock data; null for live routes
 */
public record Route(
        ProviderId provider, Mode mode, When when, @Nullable String reason, MarketDataSource source) {

    /** The condition under which a route may be used. */
    public enum When {
        /** Always, in order of preference. */
        ALWAYS,
        /** Always, except for callers that decline mock data: the settings neither make the provider live nor mock. */
        UNLESS_DECLINED,
        /** Only while the provider rejects the configured credentials, or where the caller accepts mock data. */
        STAND_IN,
        /** Only where the caller accepts mock data. */
        ON_REQUEST;

        /** Whether routes with this condition replace another route that failed. */
        public boolean isStandIn() {
            return this == STAND_IN || this == ON_REQUEST;
        }
    }
}
