package io.marketbrain.provider.transport;

import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;

/** Receives what was exchanged with a provider. Thread-safe. */
@FunctionalInterface
public interface ExchangeRecorder {
    /**
     * Called for every response that arrived whole, on the thread of the call. Must neither block nor throw.
     *
     * @param request without credentials
     * @param response must not be closed; its body is not changed afterwards
     * @param credentials the credentials that the request carried
     */
    void record(ProviderRequest request, RawPayload response, SentCredentials credentials);
}
