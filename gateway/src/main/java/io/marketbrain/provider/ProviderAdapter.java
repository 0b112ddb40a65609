package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is particular to one provider, as pure functions: no clock, no network, no state. Thread-safe. */
public interface ProviderAdapter {

    /** The operations it supports. Called once; only operations in the provider's descriptor are used. */
    OperationAdapters operations();

    /** The lists of instruments, the first one without a name; empty if there is one with everything that the provider has. */
    default List<SymbolListTerms> symbolLists() {
        return List.of();
    }

    /**
     * The names of the forms of responses that it reads by rules, each of which changes with its rules; empty if its code reads
     * them.
     */
    default Set<String> responseForms() {
        return Set.of();
    }

    /** Whether it can be asked what a series is ({@code SeriesQuery.description()}), because the values do not say it. */
    default boolean describesSeries() {
        return false;
    }

    /** Why no request is sent for this query, although the provider offers its operation; usually empty. */
    default Optional<Failure> findRejection(MarketQuery query) {
        return Optional.empty();
    }

    /**
     * The failure that this payload represents, if any. Called before the payload is parsed; the default knows HTTP
     * statuses, an adapter adds its provider's error bodies.
     */
    default Optional<Failure> findFailure(MarketQuery query, RawPayload raw) {
        return HttpStatusFailures.find(query, raw);
    }

    /**
     * Why valid data of a payload may be less than what was asked for, in words for people who read the answer; usually empty.
     *
     * @throws MalformedPayload never for a payload that has been parsed
     */
    default Optional<String> findLimitation(MarketQuery query, RawPayload raw, MarketData data)
            throws MalformedPayload {
        return Optional.empty();
    }
}
