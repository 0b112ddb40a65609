package io.marketbrain.provider.feed;

import io.marketbrain.model.Outcome;
import io.marketbrain.provider.ProviderRequest;

/**
 * Sends the requests of {@link FeedAdapter#addressRequest} over the provider's HTTP connections, within the limits and budgets of
 * its other requests. Thread-safe.
 */
@FunctionalInterface
public interface AddressRequests {
    /** Waits for the body of a successful response. */
    Outcome<byte[]> send(ProviderRequest request);
}
