package io.marketbrain.pipeline;

import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * One way to an answer: a provider in one mode.
 *
 * @param when under which circumstances the route may be taken
 * @param reason why the route is mock; null when it is not
 */
public record Route(
        ProviderId provider, Mode mode, When when, @Nullable String reason, MarketDataSource source) {

    /** When a route may be taken. */
    public enum When {
        /** In its turn. */
        ALWAYS,
        /** Only while the provider rejects the configured credentials, or where the caller accepts mock data. */
        STAND_IN
    }
}
