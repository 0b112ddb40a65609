package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The operations of one provider, each with its pure functions. A new kind of operation is one more entry in the providers
 * that have it and does not affect the others. Immutable: {@code on} returns a larger map.
 */
public final class OperationAdapters {
    private static final OperationAdapters NONE = new OperationAdapters(Map.of());

    private final Map<Operation, OperationAdapter<?>> byOperation;

    private OperationAdapters(Map<Operation, OperationAdapter<?>> byOperation) {
        this.byOperation = byOperation;
    }

    /** An empty map. */
    public static OperationAdapters none() {
        return NONE;
    }

    /** A copy with one more operation, whose requests have the descriptor's weight. */
    public <Q extends MarketQuery> OperationAdapters on(
            Operation operation, Class<Q> type, Function<Q, ProviderRequest> request, ResponseParser<Q> parser) {
        return with(operation, new OperationAdapter<>(type, request, parser, null));
    }

    /** A copy with one more operation, whose requests have the weight that {@code weight} calculates from the query. */
    public <Q extends MarketQuery> OperationAdapters on(
            Operation operation,
            Class<Q> type,
            Function<Q, ProviderRequest> request,
            ResponseParser<Q> parser,
            ToIntFunction<Q> weight) {
        return with(operation, new OperationAdapter<>(type, request, parser, weight));
    }

    private OperationAdapters with(Operation operation, OperationAdapter<?> adapter) {
        var more = new EnumMap<Operation, OperationAdapter<?>>(Operation.class);
        more.putAll(byOperation);
        if (more.put(operation, adapter) != null) {
            throw new IllegalArgumentException(operation + " is defined twice");
        }
        return new OperationAdapters(Collections.unmodifiableMap(more));
    }

    public Set<Operation> operations() {
        return byOperation.keySet();
    }

    /** The provider request for a query. */
    public ProviderRequest request(MarketQuery query) {
        return of(query).request(query);
    }

    /** The data in a payload that is not a failure. */
    public MarketData parse(MarketQuery query, RawPayload raw) throws MalformedPayload {
        return of(query).parse(query, raw);
    }

    /** The weight of the query's request, if it is calculated. */
    OptionalInt findWeight(MarketQuery query) {
        return of(query).findWeight(query);
    }

    private OperationAdapter<?> of(MarketQuery query) {
        OperationAdapter<?> adapter = byOperation.get(query.operation());
        if (adapter == null) {
            throw new IllegalArgumentException("the adapter has no " + query.operation());
        }
        return adapter;
    }
}
