package io.marketbrain.provider;

import io.marketbrain.model.Call;
import io.marketbrain.model.Outcome;

/**
 * Sends a request to a provider. Ends within the call's deadline with the whole payload or an upstream failure; a
 * payload is returned for every HTTP status, because only the adapter knows what the provider means by it. Thread-safe.
 */
public interface Transport {
    Outcome<RawPayload> exchange(ProviderRequest request, Call call);
}
