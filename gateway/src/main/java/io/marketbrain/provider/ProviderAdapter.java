package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import java.util.Optional;

/** What is particular to one provider, as pure functions: no clock, no network, no state. Thread-safe. */
public interface ProviderAdapter {

    /** The request that asks the provider this. Only called for operations in the provider's descriptor. */
    ProviderRequest request(MarketQuery query);

    /**
     * The failure that this payload stands for, if it is one. Called before {@link #parse}; the default knows HTTP
     * statuses, an adapter adds its provider's error bodies.
     */
    default Optional<Failure> findFailure(MarketQuery query, RawPayload raw) {
        return HttpFailures.find(query, raw);
    }

    /** The data in a payload that is no failure, numbers exactly as sent. */
    MarketData parse(MarketQuery query, RawPayload raw) throws MalformedPayload;
}
