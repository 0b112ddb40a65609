package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Failure;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.OperationTerms;
import io.marketbrain.provider.descriptor.RequestMethod;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One provider: its descriptor, its symbol rules, and its adapter for the provider's API. Pure,
 * thread-safe.
 */
public final class ProviderModule {
    private final Descriptor descriptor;
    private final ProviderAdapter adapter;
    private final OperationAdapters operations;

    /** @throws IllegalArgumentException if the descriptor offers an operation that the adapter does not have */
    public ProviderModule(Descriptor descriptor, ProviderAdapter adapter) {
        this.descriptor = descriptor;
        this.adapter = adapter;
        this.operations = adapter.operations();
        Set<Operation> missing = EnumSet.noneOf(Operation.class);
        missing.addAll(descriptor.operations());
        missing.removeAll(operations.operations());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the descriptor of " + descriptor.id()
                    + " offers operations that its adapter does not have: " + missing);
        }
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    public ProviderId id() {
        return descriptor.id();
    }

    public SymbolRules symbols() {
        return descriptor.symbols();
    }

    /** The lists of its instruments, the first one without a name; empty if it has none. */
    public List<SymbolListTerms> symbolLists() {
        if (!descriptor.operations().contains(Operation.SYMBOLS)) {
            return List.of();
        }
        List<SymbolListTerms> lists = adapter.symbolLists();
        return lists.isEmpty()
                ? List.of(new SymbolListTerms(
                        null,
                        descriptor.assetTypes().stream().map(InstrumentType::of).toList(),
                        descriptor.terms(Operation.SYMBOLS).weight(),
                        descriptor.terms(Operation.SYMBOLS).minTtl()))
                : lists;
    }

    /** Whether it can be asked what a series is ({@code SeriesQuery.description()}), because the values do not say it. */
    public boolean describesSeries() {
        return adapter.describesSeries();
    }

    /** The provider request for a query, on the terms of its operation. Built once per attempt. */
    ProviderRequest request(MarketQuery query) {
        return operations.request(query).on(descriptor.terms(query.operation()), query);
    }

    /** How much of the response to the query is read. */
    PayloadLimits limits(MarketQuery query) {
        return descriptor.payloads().of(query);
    }

    /** What the query's request counts against the provider's quota, without building the request. */
    public int weight(MarketQuery query) {
        return operations
                .findWeight(query)
                .orElseGet(() -> descriptor.terms(query.operation()).weight());
    }

    /** Whether the query may be sent again although it may have arrived. */
    public boolean isRepeatable(MarketQuery query) {
        OperationTerms terms = descriptor.terms(query.operation());
        return terms.method() == RequestMethod.GET || terms.repeatable();
    }

    /** The names of the forms of responses that are read by rules, each of which changes with its rules. */
    public Set<String> responseForms() {
        return adapter.responseForms();
    }

    /** Why no request is sent for this query; usually empty. */
    public Optional<Failure> findRejection(MarketQuery query) {
        return adapter.findRejection(query);
    }

    Optional<Failure> findFailure(MarketQuery query, RawPayload raw) {
        return adapter.findFailure(query, raw);
    }

    /** The flag of data that may be less than what was asked for, as a list of one; usually empty. */
    List<QualityFlag> limitations(MarketQuery query, RawPayload raw, MarketData data) throws MalformedPayload {
        return adapter.findLimitation(query, raw, data).stream()
                .map(QualityFlag::historyLimited)
                .toList();
    }

    MarketData parse(MarketQuery query, RawPayload raw) throws MalformedPayload {
        return operations.parse(query, raw);
    }
}
