package io.marketbrain.provider.mapping;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of operations, and of the kinds of series about instruments, which have a mapping each: {@code {"quote": …,
 * "funding_rate": …}}. Immutable.
 */
record OperationMappings(Map<Operation, OperationMapping> operations, Map<SeriesKind, OperationMapping> series) {
    static final OperationMappings NONE = new OperationMappings(Map.of(), Map.of());

    /** Those of the descriptor's operations and kinds of series that are here. */
    static OperationMappings readSome(Descriptor descriptor, DescriptorObject json) {
        var operations = new EnumMap<Operation, OperationMapping>(Operation.class);
        for (Operation operation : descriptor.operations()) {
            if (json.has(operation.wire())) {
                operations.put(operation, read(descriptor, json, operation.wire(), operation));
            }
        }
        return new OperationMappings(operations, readKinds(descriptor, json));
    }

    /** Those of the descriptor's kinds of series that are here. */
    static Map<SeriesKind, OperationMapping> readKinds(Descriptor descriptor, DescriptorObject json) {
        var series = new EnumMap<SeriesKind, OperationMapping>(SeriesKind.class);
        for (SeriesKind kind : descriptor.terms(Operation.SERIES).kinds()) {
            if (json.has(kind.wire())) {
                series.put(kind, read(descriptor, json, kind.wire(), Operation.SERIES));
            }
        }
        return series;
    }

    private static OperationMapping read(
            Descriptor descriptor, DescriptorObject json, String name, Operation operation) {
        DescriptorObject own = json.object(name);
        OperationMapping mapping =
                OperationMapping.read(descriptor, own.object("request"), own.object("response"), operation);
        own.end();
        return mapping;
    }

    /** The mapping of a query's operation, or of its kind of series. */
    Optional<OperationMapping> find(MarketQuery query) {
        return Optional.ofNullable(get(query));
    }

    private @Nullable OperationMapping get(MarketQuery query) {
        Optional<SeriesKind> kind = query instanceof SeriesQuery asked
                ? InstrumentSeries.find(asked.id()).map(InstrumentSeries::kind)
                : Optional.empty();
        return kind.isPresent() ? series.get(kind.get()) : operations.get(query.operation());
    }

    Stream<OperationMapping> all() {
        return Stream.concat(operations.values().stream(), series.values().stream());
    }
}
